/** The tracker: page views, engagement, heartbeats, the site's own events. */
import {connect, forget, leave, push} from './delivery.js';
import {on, randomId, safe} from './page.js';
import {identity, reasonForSilence} from './visitor.js';

const HEARTBEAT_S = 15;
const HEARTBEAT_MIN_S = 5;
/** Less than this is not worth a request: leaving fires two events a few milliseconds apart. */
const REPORT_MS = 100;
/** Time is measured at every heartbeat at least; a longer stretch is a machine that slept. */
const STRETCH_MS = 60000;

/**
 * Starts a tracker and returns the function `millrace(command, ...)`. Neither ever throws.
 *
 * @param options the script tag's `data-` attributes, or the same names given to the ES module
 * @param url where events are posted
 * @param calls commands that were given before the script arrived
 */
export function start(options, url, calls = []) {
  let silent;
  let beforeSend = event => event;
  let common;

  /** The page view on show: its id, its address, its totals. */
  let view;
  let address;
  let engaged;
  let reported;
  let scroll;
  /** When the running stretch of engaged time began; 0: hidden, or the focus is elsewhere. */
  let since = 0;

  const here = () => location.href.replace(options.hash == null ? /#.*/ : '', '');

  const send = (type, more) => silent || push({
    ...common,
    type,
    url: here(),
    pathname: options.hash != null ? location.pathname + location.hash : undefined,
    ...more,
  });

  function page(more) {
    report();
    engaged = reported = scroll = 0;
    send('pageview', {
      id: view = randomId(),
      referrer: address || document.referrer,
      language: navigator.language,
      screen_width: screen.width,
      screen_height: screen.height,
      ...more,
    });
    address = here();
  }

  function measure() {
    const now = Date.now();
    engaged += since && Math.min(now - since, STRETCH_MS);
    since = !document.hidden && document.hasFocus() && now;
    scroll = Math.max(scroll, Math.min(100, (scrollY + innerHeight) / document.documentElement.scrollHeight * 100 | 0));
  }

  /** Says how long and how far the page view on show was read. */
  function report() {
    measure();
    if (engaged - reported > REPORT_MS) {
      send('engagement', {view, engaged_ms: reported = engaged, scroll});
    }
  }

  const moved = safe(() => here() != address && page());

  function followNavigation() {
    page();
    on(window.navigation || window, 'currententrychange popstate hashchange', moved);
    if (!window.navigation) {
      for (const method of ['pushState', 'replaceState']) {
        const original = history[method];
        history[method] = function (...args) {
          const result = original.apply(this, args);
          moved();
          return result;
        };
      }
    }
    on(window, 'pageshow', event => event.persisted && page());
  }

  function run() {
    common = {site_id: options.site, ...identity(options)};
    connect(url, event => {
      if (event.id == view) {
        // Routers set the title after the address.
        event.title ??= document.title;
      }
      return beforeSend(event);
    });
    if (options.manual == null) {
      followNavigation();
    }
    on(window, 'focus blur scroll', measure);
    on(window, 'pagehide visibilitychange', () => {
      report();
      leave();
    });
    setInterval(() => {
      measure();
      if (!document.hidden && options.heartbeat != 0) {
        send('heartbeat');
      }
    }, Math.min(HEARTBEAT_S, Math.max(HEARTBEAT_MIN_S, options.heartbeat || HEARTBEAT_S)) * 1000);
  }

  const begin = safe(() => {
    silent = reasonForSilence(options) || 0;
    if (silent) {
      console.info('millrace off: ' + silent);
    } else {
      run();
    }
    calls.map(call => millrace(...call));
  });

  const commands = {
    page,
    event(name, props, more) {
      send('event', {id: randomId(), name, props, ...more});
    },
    beforeSend(hook) {
      beforeSend = hook;
    },
    optout() {
      silent = 1;
      forget();
      localStorage.millrace_off = 1;
    },
    optin() {
      delete localStorage.millrace_off;
    },
  };

  const millrace = safe((command, ...args) => silent == null ? calls.push([command, ...args]) : commands[command](...args));

  if (document.prerendering) {
    on(document, 'prerenderingchange', begin);
  } else {
    begin();
  }
  return millrace;
}
