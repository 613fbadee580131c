/** The ES module for bundlers: nothing runs, and nothing of the page is touched, before `init`. */
import {start} from './core.js';
import {safe} from './page.js';
import './affiliate.js';
import {watch} from './extras.js';

/** Starts the tracker; described in millrace.d.ts. */
export const init = (given) => {
  const options = {};
  for (const name in given) {
    // As an attribute is there or is not: false is like absent, true like empty.
    if (given[name] !== false) {
      options[name] = given[name];
    }
  }
  let millrace = () => {};
  safe(() => {
    millrace = start(options, [], options.api);
    if (options.extras) {
      watch(millrace);
    }
  })();
  return millrace;
};

exported.init = init;
