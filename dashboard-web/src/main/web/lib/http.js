/** The API over fetch: JSON in, JSON out, failures as one kind of error. */

/** How long a server may take, in milliseconds: longer than any answer of ours that comes at all. */
const PATIENCE = 60_000;

/** A request that failed; status 0: there was no answer. */
export class HttpError extends Error {
  /**
   * @param {number} status
   * @param {?Api.ErrorBody=} error
   */
  constructor(status, error) {
    super(error?.message ?? '');
    this.status = status;
    this.code = error?.code;
    this.field = error?.field;
  }
}

/**
 * A query string of what is set; a list repeats its name.
 * @param {!Object<string, ?>=} params
 */
export function query(params = {}) {
  const out = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    for (const one of [value].flat()) {
      if (one !== undefined && one !== null && one !== '') out.append(name, one);
    }
  }
  const text = out.toString();
  return text ? `?${text}` : '';
}

/**
 * @param {string} path
 * @param {!Object<string, ?>=} params
 * @param {!RequestInit=} options
 * @return {!Promise<?>}
 */
export const get = (path, params, options) => ask('GET', path + query(params), options);

/**
 * Changes something, and tells the page when it is done, with the path of what was removed.
 * @param {string} method
 * @param {string} path
 * @param {!Object=} body
 * @return {!Promise<?>}
 */
export async function send(method, path, body = {}) {
  const headers = {'Content-Type': 'application/json'};
  const answer = await ask(method, path, {body: JSON.stringify(body), headers});
  dispatchEvent(new CustomEvent('mr-changed', {detail: method === 'DELETE' ? path : null}));
  return answer;
}

/**
 * What is no JSON: metrics, probes.
 * @param {string} path
 * @return {!Promise<string>}
 */
export async function text(path) {
  const answer = await reach(path, {});
  if (!answer.ok && answer.status !== 503) throw new HttpError(answer.status);
  return answer.text();
}

/**
 * Always asks the server, which answers 304 when nothing is new: what was changed a moment ago must show.
 * @param {string} method
 * @param {string} path
 * @param {!RequestInit=} options
 * @return {!Promise<?>}
 */
async function ask(method, path, options = {}) {
  const answer = await reach(path, {method, credentials: 'same-origin', cache: 'no-cache', ...options});
  const body = await json(answer);
  if (answer.ok) return body;
  if (answer.status === 401 && path !== '/api/login') dispatchEvent(new Event('mr-signed-out'));
  throw new HttpError(answer.status, body?.error);
}

/**
 * @param {string} path
 * @param {!RequestInit} options
 * @return {!Promise<!Response>}
 */
async function reach(path, options) {
  const signals = [AbortSignal.timeout(PATIENCE), ...(options.signal ? [options.signal] : [])];
  try {
    return await fetch(path, {...options, signal: AbortSignal.any(signals)});
  } catch (e) {
    if (options.signal?.aborted) throw e;
    throw new HttpError(0);
  }
}

/**
 * @param {!Response} answer
 * @return {!Promise<?>} null where there is nothing to read
 */
async function json(answer) {
  try {
    const body = await answer.text();
    return body ? JSON.parse(body) : null;
  } catch (e) {
    if (e.name === 'AbortError') throw e;
    // Half an answer is none, and neither is what somebody between has said instead.
    if (answer.ok) throw new HttpError(0);
    return null;
  }
}
