/** The tracker: page views, engagement, heartbeats, the site's own events. One a page. */
import {connect, forget, leave, push, restore, retry} from './delivery.js';
import {on, randomId, safe} from './page.js';
import {configure, identity, options, reasonForSilence} from './visitor.js';

const HEARTBEAT_S = 15;
const HEARTBEAT_MIN_S = 5;
/** Less than this is not worth a request: leaving fires two events a few milliseconds apart. */
const REPORT_MS = 100;
/** Time is measured at every heartbeat at least; a longer stretch is a machine that slept. */
const STRETCH_MS = 60000;

/**
 * Why nothing is sent; 0: all is well; undefined: the page is not shown yet.
 * @type {string|number|undefined}
 */
let silent;
/**
 * Commands that came before the page was shown.
 * @type {!Array<!Array<?>>}
 */
let calls;
/** @type {function(!Tracker.Event): ?Tracker.Event} */
let beforeSend = (event) => event;
/**
 * What every event says.
 * @type {!Object}
 */
let common;

/** @type {(function(): !Object)|undefined} */
let addition;

/**
 * Lets every event say what `more` returns as well.
 * @param {function(): !Object} more
 */
export const add = (more) => {
  addition = more;
};

/**
 * The page view on show: its id, its address, its totals.
 * @type {string}
 */
let view;
/** @type {string} */
let address;
/** @type {number} */
let engaged;
/** @type {number} */
let reported;
/** @type {number} */
let scroll;
/**
 * When the running stretch of engaged time began; falsy: hidden, or the focus is elsewhere.
 * @type {number|boolean}
 */
let since = 0;

/** The address as the server takes it: of at most 4,096 bytes. */
const here = () => location.href.replace(options.hash == null ? /#.*/ : '', '').slice(0, 4096);

const send = safe((type, more) => {
  let event = /** @type {!Tracker.Event} */ ({
    ...common,
    type,
    url: here(),
    pathname: options.hash == null ? undefined : location.pathname + location.hash,
    ...more,
  });
  if (addition) {
    Object.assign(event, addition());
  }
  event = beforeSend(event);
  if (event && !silent) {
    push(event);
  }
});

/** @param {!Object=} more what is said of it instead */
const page = (more) => {
  report();
  engaged = reported = scroll = 0;
  send('pageview', {
    id: (view = randomId()),
    referrer: address || document.referrer,
    title: document.title,
    language: navigator.language,
    screen_width: screen.width,
    screen_height: screen.height,
    ...more,
  });
  address = here();
};

const measure = () => {
  const now = Date.now();
  engaged += since && Math.min(now - /** @type {number} */ (since), STRETCH_MS);
  since = document.hasFocus() && now;
  scroll = Math.max(
    scroll,
    Math.min(100, (((scrollY + innerHeight) / document.documentElement.scrollHeight) * 100) | 0),
  );
};

/** Says how long and how far the page view on show was read. */
const report = () => {
  measure();
  if (engaged - reported > REPORT_MS) {
    send('engagement', {view, engaged_ms: (reported = engaged), scroll});
  }
};

/** Waits a moment: routers set the title after the address. */
const moved = () => {
  setTimeout(
    safe(() => {
      if (here() != address) {
        page();
      }
    }),
  );
};

const begin = () => {
  silent = reasonForSilence() || 0;
  if (silent) {
    console.info('millrace off:', silent);
  } else {
    common = {site_id: options.site, ...identity()};
    // Of the calls that came early, this one is meant for the first page view too.
    calls.map((call) => call[0] == 'beforeSend' && millrace(...call));
    page();

    on('popstate', moved);
    if (window.navigation) {
      navigation.addEventListener('currententrychange', moved);
    } else {
      ['pushState', 'replaceState'].map((method) => {
        const original = history[method];
        history[method] = function (...args) {
          moved();
          return original.apply(this, args);
        };
      });
    }
    on('online', restore);
    on('pageshow', (event) => event.persisted && page());
    on('focus blur scroll', measure);
    on('pagehide visibilitychange', () => {
      report();
      leave();
    });
    setInterval(
      safe(() => {
        measure();
        if (!document.hidden && !retry()) {
          send('heartbeat');
        }
      }),
      Math.min(HEARTBEAT_S, Math.max(HEARTBEAT_MIN_S, options.heartbeat || HEARTBEAT_S)) * 1000,
    );
  }
  calls.map((call) => millrace(...call));
};

/** @type {!Tracker.Commands} */
const commands = {
  page,
  /**
   * @param {string} name
   * @param {!Object=} props
   * @param {!Object=} more
   */
  event(name, props, more) {
    send('event', {id: randomId(), name, props, ...more});
  },
  beforeSend(hook) {
    beforeSend = hook;
  },
  optout() {
    forget();
    silent = 1;
    localStorage.millrace_off = 1;
  },
};

/**
 * What the page calls; never throws.
 * @type {!Tracker.Millrace}
 */
const millrace = safe((command, ...args) =>
  silent == null
    ? calls.push([command, ...args])
    : /** @type {!Object<string, function(...?): ?>} */ (/** @type {?} */ (commands))[command](...args),
);

/** Tells a second script tag, which looks for what the stub has gathered, that there is a tracker already. */
millrace.q = 0;

/**
 * Starts the tracker and returns the function `millrace(command, ...)`.
 *
 * @param {!Tracker.Options} given
 * @param {!Array<!Array<?>>} early commands that were given before the script arrived
 * @param {string|!URL} url where events are posted
 * @return {!Tracker.Millrace}
 */
export const start = (given, early, url) => {
  configure(given);
  calls = early;
  connect(url);
  if (document.prerendering) {
    on('prerenderingchange', begin);
  } else {
    begin();
  }
  return millrace;
};
