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
/** How long a page view within the page waits for its title. */
const TITLE_MS = 300;

/**
 * Why nothing is sent; false: all is well; undefined: the page is not shown yet.
 * @type {string|number|boolean|undefined}
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
 * The page view on show: its id, the address that was sent, what is stored of the page's own, its totals.
 * @type {string}
 */
let view;
/** @type {{url: string, pathname: (string|undefined)}|undefined} */
let address;
/** @type {string} */
let place;
/** @type {string} */
let stored;
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

/**
 * What is said of the page view on show while it waits for its title; falsy: it is sent.
 * @type {?}
 */
let waiting;
/** @type {number|undefined} */
let timer;

/**
 * What is sent of an address. Of its fragment only a route counts, and of that what can be no secret; campaigns and
 * affiliates are read there, too. Leaves in `stored` what is stored of it: another query alone is no other page.
 * @param {string=} given without a host, it takes the page's
 * @return {{url: string, pathname: (string|undefined)}}
 */
const read = (given) => {
  const here = /** @type {?} */ (location);
  const url = new URL(given || here, here);
  const {hash} = url;
  const route = options.hash != null && /^#[!/][^?&=]*/.exec(hash);
  url.hash = '';
  hash.match(/\b(utm_\w+|ref|via)=[^&#]+/g)?.map((field) => (url.search += '&' + field));
  stored = url.pathname + route + options.keep?.split(',').map((name) => url.searchParams.getAll(name));
  return {url: url.href, pathname: route ? url.pathname + route : undefined};
};

const send = safe((type, more) => {
  let event = /** @type {!Tracker.Event} */ ({...common, type, ...read(), ...more});
  if (addition) {
    Object.assign(event, addition());
  }
  event = beforeSend(event);
  if (event && !silent) {
    push(event);
  }
});

/** Sends the page view that waits for its title, if one does. */
const settle = () => {
  if (waiting) {
    send('pageview', {
      id: view,
      title: document.title,
      language: navigator.language,
      screen_width: screen.width,
      screen_height: screen.height,
      ...waiting,
      ...address,
    });
  }
  waiting = clearTimeout(timer);
};

/**
 * @param {?=} more what is said of it instead
 * @param {number=} wait milliseconds until its title is there
 */
const page = (more, wait) => {
  settle();
  report();
  engaged = reported = scroll = 0;
  waiting = {referrer: address?.url || document.referrer, ...more};
  read();
  place = stored;
  address = read(/** @type {?} */ (waiting).url);
  view = randomId();
  timer = setTimeout(settle, wait);
};

const measure = () => {
  const now = Date.now();
  engaged += since && Math.min(now - /** @type {number} */ (since), STRETCH_MS);
  // A window may have the focus while another of its tabs is shown.
  since = !document.hidden && document.hasFocus() && now;
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

/** Routers change the address in steps, and set the title after it. */
const moved = () => {
  setTimeout(() => {
    read();
    if (stored != place) {
      page(0, TITLE_MS);
    }
  });
};

const begin = () => {
  silent = reasonForSilence();
  if (silent) {
    console.info('millrace:', silent);
  } else {
    common = {webdriver: options.dev == null && navigator.webdriver, site_id: options.site, ...identity()};
    // Of the calls that came early, this one is meant for the first page view too.
    calls.map((call) => call[0] == 'beforeSend' && millrace(...call));
    page();

    on('popstate', moved);
    if (window.navigation) {
      navigation.addEventListener('currententrychange', moved);
    } else {
      ['pushState', 'replaceState'].map((method) => {
        const original = history[method];
        history[method] = (...args) => (moved(), original.apply(history, args));
      });
    }
    on('pageshow', (event) => event.persisted && page());
    on('online', restore);
    on('focus blur scroll', measure);
    on('pagehide visibilitychange', (event) => {
      settle();
      report();
      leave();
      // Not hidden yet, and it may come back out of the back-forward cache.
      if (event.persisted != null) {
        since = 0;
      }
    });
    setInterval(
      () => {
        measure();
        if (!document.hidden && !retry()) {
          send('heartbeat');
        }
      },
      Math.max(HEARTBEAT_MIN_S, Math.min(HEARTBEAT_S, options.heartbeat || HEARTBEAT_S)) * 1000,
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
    settle();
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
const millrace = safe((...call) =>
  silent == null
    ? calls.push(call)
    : /** @type {!Object<string, function(...?): ?>} */ (/** @type {?} */ (commands))[call.shift()](...call),
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
