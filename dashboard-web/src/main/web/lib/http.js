/** The API over fetch: JSON in, JSON out, failures as one kind of error. */

export class HttpError extends Error {
  constructor(status, error = {}) {
    super(error.message || '');
    this.status = status;
    this.code = error.code;
    this.field = error.field;
  }
}

/** A query string of what is set; a list repeats its name. */
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

export const get = (path, params, options) => ask('GET', path + query(params), options);

export const send = (method, path, body = {}) =>
  ask(method, path, {body: JSON.stringify(body), headers: {'Content-Type': 'application/json'}});

/** What is no JSON: metrics, probes. */
export async function text(path) {
  const answer = await reach(path, {});
  if (!answer.ok && answer.status !== 503) throw new HttpError(answer.status);
  return answer.text();
}

/** Always asks the server, which answers 304 when nothing is new: what was changed a moment ago must show. */
async function ask(method, path, options = {}) {
  const answer = await reach(path, {method, credentials: 'same-origin', cache: 'no-cache', ...options});
  const body = await json(answer);
  if (answer.ok) return body;
  if (answer.status === 401 && path !== '/api/login') dispatchEvent(new Event('mr-signed-out'));
  throw new HttpError(answer.status, body?.error);
}

async function reach(path, options) {
  try {
    return await fetch(path, options);
  } catch (e) {
    if (e.name === 'AbortError') throw e;
    throw new HttpError(0);
  }
}

async function json(answer) {
  try {
    return await answer.json();
  } catch {
    return null;
  }
}
