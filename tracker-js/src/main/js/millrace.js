/** The ES module for bundlers: nothing runs, and nothing of the page is touched, before `init`. */
import {start} from './core.js';
import {safe} from './page.js';
import './affiliate.js';
import {watch} from './extras.js';

/**
 * Starts the tracker; described in millrace.d.ts.
 * @param {!Object<string, ?>} given
 * @return {!Tracker.Millrace}
 */
export const init = (given) => {
  /** @type {!Object<string, ?>} */
  const options = {};
  for (const name in given) {
    // As an attribute is there or is not: false is like absent, true like empty.
    if (given[name] !== false) {
      options[name] = given[name];
    }
  }
  let millrace = () => {};
  safe(() => {
    const all = /** @type {!Tracker.Options} */ (/** @type {?} */ (options));
    millrace = start(all, [], /** @type {string} */ (all.api));
    if (all.extras) {
      watch(millrace);
    }
  })();
  return millrace;
};

exported.init = init;
