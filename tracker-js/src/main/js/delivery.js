/**
 * Delivery: gathers events, sends at most ten a request, tries again, and keeps on the device what cannot be sent now.
 *
 *   push --> queue --(gather)--> request --+--> settled: 2xx, or a 4xx, which would only fail again
 *              ^                           |
 *              +--------- retry -----------+--> exhausted, or the page goes: kept in localStorage
 *
 * One request is in flight at a time, so that a struggling server sees one retry and not fifty. An event leaves the queue
 * when it is settled: what is in flight when the page goes is sent again, and the server knows a repeat by its id.
 */
import {safe} from './page.js';
import {options} from './visitor.js';

const GATHER_MS = 200;
const BATCH = 10;
const RETRIES = 3;
const KEPT = 100;
/** The server answers within 10 s, if only to say that it cannot confirm. */
const TIMEOUT_MS = 20000;

/** @type {string|!URL} */
let url;
/**
 * [event, time, attempts]; what is kept in localStorage has the same form.
 * @type {!Array<!Array<?>>}
 */
let queue = [];
/**
 * Of the next request, or the deadline of the one in flight: while it is set nothing else is sent.
 * @type {?}
 */
let timer;
let failures = 0;
/** No request leaves before this time. */
let notBefore = 0;
/**
 * Whether to use XMLHttpRequest: the last fetch brought nothing.
 * @type {boolean|undefined}
 */
let fallback;

/** @param {string|!URL} endpoint */
export const connect = (endpoint) => {
  url = endpoint;
};

/** Tries again whatever waits or was kept; truthy: something does. */
export const retry = () => (load(), queue[0] && wake());

/** JSON of a value; undefined: there is none. */
const json = safe(JSON.stringify);

/**
 * Leaves out what JSON cannot say: a BigInt, a circle.
 * @param {string} name
 * @param {?} value
 */
const sayable = (name, value) => (/^(props|)$/.test(name) || json(value)) && value;

/**
 * Takes a copy: what the page changes later is not sent.
 * @param {!Tracker.Event} event
 */
export const push = (event) => {
  queue.push([JSON.parse(json(event, sayable)), Date.now(), 0]);
  wake();
};

const wake = () => (timer ||= setTimeout(flush, Math.max(GATHER_MS, notBefore - Date.now())));

/**
 * @param {!Array<!Array<?>>} items
 * @return {string}
 */
const body = (items) =>
  json(
    items.map((item) => {
      const age = Date.now() - item[1];
      return {...item[0], attempt: item[2]++, age: age * /** @type {?} */ (age > 999)};
    }),
  );

const flush = () => {
  const items = queue.slice(0, BATCH);

  /**
   * Anything but a number stands for no answer.
   * @param {?=} status
   * @param {?=} retryAfter seconds
   */
  const settle = (status, retryAfter) => {
    timer = clearTimeout(timer);
    if (status > 0 && status < 500 && status != 429) {
      queue = queue.filter((item) => !items.includes(item));
      restore();
    } else {
      // Where this way is blocked, the other one may get through.
      fallback = !fallback;
      // 1, 2, 4 seconds and up to a quarter more, so that clients do not come back in step.
      notBefore = Date.now() + Math.max((4 + Math.random()) * 125 * 2 ** ++failures, retryAfter * 1000 || 0);
      if (failures > RETRIES) {
        failures = RETRIES;
        keep();
      } else {
        wake();
      }
    }
  };

  timer = items[0] && setTimeout(settle, TIMEOUT_MS);
  if (timer)
    try {
      // A string is sent as text/plain: no preflight.
      if (fallback) {
        const request = new XMLHttpRequest();
        request.open('POST', url);
        request.onloadend = () => settle(request.status, request.getResponseHeader('Retry-After'));
        request.send(body(items));
      } else {
        fetch(url, {method: 'POST', body: body(items), keepalive: /** @type {?} */ (1)}).then((response) => {
          settle(response.status, response.headers.get('Retry-After'));
          // Who sets a page up sees what the server refused, left out or changed.
          if (options.dev != null) {
            response.text().then((text) => text && console.info('millrace:', text));
          }
        }, settle);
      }
    } catch {
      settle();
    }
};

/** Takes back what was kept. */
const load = safe(() => {
  const kept = /** @type {string} */ (localStorage.millrace_queue);
  queue = /** @type {!Array<!Array<?>>} */ (JSON.parse(kept)).concat(queue);
  delete localStorage.millrace_queue;
});

/** Keeps all that waits, where that is possible; else it stays in memory, for as long as the page lives. */
const keep = safe(() => {
  load();
  queue = queue.slice(-KEPT);
  if (queue[0]) {
    localStorage.millrace_queue = json(queue);
    queue = [];
  }
});

/** Begins anew with what waits or was kept. */
export const restore = () => {
  failures = 0;
  load();
  wake();
};

/** The page may be gone after this: hands over all that waits without waiting for answers, or keeps it. */
export const leave = () => {
  while (
    queue[0] &&
    Date.now() >= notBefore &&
    navigator.onLine &&
    navigator.sendBeacon?.(url, body(queue.slice(0, BATCH)))
  ) {
    queue.splice(0, BATCH);
  }
  keep();
};

/** Drops all that waits. */
export const forget = () => {
  load();
  queue = [];
};
