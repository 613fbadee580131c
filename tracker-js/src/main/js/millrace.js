/** The ES module for bundlers: nothing runs, and nothing of the page is touched, before `init`. */
import {start} from './core.js';

/** Starts the tracker; described in millrace.d.ts. */
export function init(options) {
  const given = {};
  for (const name in options) {
    // As an attribute is there or is not: false is like absent, true like empty.
    if (options[name] || options[name] === 0) {
      given[name] = options[name];
    }
  }
  return start(given, given.api);
}

exported.init = init;
