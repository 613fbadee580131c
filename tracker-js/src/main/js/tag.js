/** The script tag: `<script defer src="https://host/t.js" data-site="1"></script>`. */
import {start} from './core.js';

/**
 * Makes the page's `millrace` of what stands on the tag; `then` is called with it. Does nothing on a second tag.
 * @param {function(!Tracker.Millrace): void} then
 */
export const fromTag = (then) => {
  // Of a module nothing tells which tag it is.
  const {dataset: options = {}, src} = /** @type {?} */ (
    document.currentScript || document.querySelector('[data-site]') || 0
  );
  const url = options.api || (src && new URL('api/collect', src));
  /** What the stub has gathered; 0: a tracker runs here already. */
  const {q = []} = window.millrace || 0;
  if (q) {
    const millrace = start(options, /** @type {!Array<!Array<?>>} */ (q), url);
    window.millrace = millrace;
    then(millrace);
  }
};
