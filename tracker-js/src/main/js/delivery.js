/**
 * Delivery: gathers events, sends at most ten a request, tries again, and keeps on the device what cannot be sent now.
 *
 *   push --> queue --(gather, finish)--> request --+--> settled: 2xx, or a 4xx, which would only fail again
 *              ^                                   |
 *              +------------- retry ---------------+--> offline or exhausted: kept in localStorage
 *
 * One request is in flight at a time, so that a struggling server sees one retry and not fifty. An event leaves the queue
 * when it is settled: what is in flight when the page goes is sent again, and the server knows a repeat by its id.
 */
import {on, safe} from './page.js';

const GATHER_MS = 200;
const BATCH = 10;
const RETRIES = 3;
const KEPT = 100;
/** The server answers within 10 s, if only to say that it cannot confirm. */
const TIMEOUT_MS = 15000;

let url;
/** Given each event once before it leaves: returns what to send, or nothing to drop it. */
let finish;

/** [event, time], and once finished [event, time, attempts]. What is kept in localStorage has the same form. */
let queue = [];
/** Of the next request; set until the one in flight is settled. */
let timer;
let failures = 0;
/** No request leaves before this time. */
let notBefore = 0;
/** Whether to use XMLHttpRequest: the last fetch was blocked. */
let fallback;

export function connect(endpoint, finisher) {
  url = endpoint;
  finish = finisher;
  on(window, 'online', restore);
  restore();
}

export function push(event) {
  queue.push([event, Date.now()]);
  wake();
}

function wake() {
  timer ||= setTimeout(flush, Math.max(GATHER_MS, notBefore - Date.now()));
}

function hold(ms) {
  notBefore = Math.max(notBefore, Date.now() + ms);
}

/** Finishes what is new. It is copied: later changes by the page are not sent, and what JSON cannot say is lost alone. */
function ready() {
  queue = queue.filter(safe(item => item[2] >= 0
    || (item[0] = JSON.parse(JSON.stringify(finish(item[0]))), item[2] = 0, item[0])));
}

const body = items => JSON.stringify(items.map(item => {
  const age = Date.now() - item[1];
  return {...item[0], attempt: item[2]++, age: age > 999 ? age : undefined};
}));

async function flush() {
  ready();
  const items = queue.slice(0, BATCH);
  const settled = items[0] && await post(body(items));
  timer = 0;
  if (settled) {
    queue = queue.filter(item => !items.includes(item));
    restore();
  } else if (items[0] && navigator.onLine && failures++ < RETRIES) {
    // 1, 2, 4 seconds and up to a quarter more, so that clients do not come back in step.
    hold((4 + Math.random()) * 125 * 2 ** failures);
    wake();
  } else {
    keep();
  }
}

/** Posts a body; resolves to whether it is settled, be it taken or refused for good. */
async function post(text) {
  try {
    const [status, retryAfter] = await new Promise((resolve, reject) => {
      setTimeout(reject, TIMEOUT_MS);
      // A string is sent as text/plain: no preflight.
      if (fallback) {
        const request = new XMLHttpRequest();
        request.open('POST', url);
        request.onload = () => resolve([request.status, request.getResponseHeader('Retry-After')]);
        request.onerror = reject;
        request.send(text);
      } else {
        fetch(url, {method: 'POST', body: text, keepalive: true})
          .then(response => resolve([response.status, response.headers.get('Retry-After')]), reject);
      }
    });
    hold(retryAfter * 1000 || 0);
    return status < 500 && status != 429;
  } catch {
    // Blocked or broken: the other way may get through.
    fallback = !fallback;
  }
}

/** Takes back what was kept. */
const load = safe(() => {
  queue = [].concat(JSON.parse(localStorage.millrace_queue), queue);
  delete localStorage.millrace_queue;
});

/** Keeps all that waits, where that is possible; else it stays in memory, for as long as the page lives. */
const keep = safe(() => {
  load();
  ready();
  queue = queue.filter(item => item[0].type != 'heartbeat').slice(-KEPT);
  if (queue[0]) {
    localStorage.millrace_queue = JSON.stringify(queue);
    queue = [];
  }
});

function restore() {
  failures = 0;
  load();
  if (queue[0]) {
    wake();
  }
}

/** The page may be gone after this: hands over all that waits without waiting for answers, or keeps it. */
export function leave() {
  ready();
  while (queue[0] && Date.now() >= notBefore && navigator.onLine && navigator.sendBeacon?.(url, body(queue.slice(0, BATCH)))) {
    queue.splice(0, BATCH);
  }
  keep();
}

export function forget() {
  queue = [];
  delete localStorage.millrace_queue;
}
