/** The few things that the other parts ask of the page. Nothing here throws. */

/**
 * The same function, but one that never throws: a script that breaks the page it measures is worse than none.
 * @param {function(...?): ?} fn
 * @return {function(...?): ?}
 */
export const safe =
  (fn) =>
  (...args) => {
    try {
      return fn(...args);
    } catch {}
  };

/**
 * Runs `fn` whenever one of the space-separated `types` happens to the window or, as this captures, to its document.
 * @param {string} types
 * @param {function(?): ?} fn
 */
export const on = (types, fn) => types.split(' ').map((type) => addEventListener(type, safe(fn), /** @type {?} */ (1)));

/**
 * An id: some 50 random bits, which is plenty among the events that a server compares it with. (crypto.randomUUID needs a
 * secure context.)
 * @return {string}
 * @noinline
 */
export const randomId = () => Math.random().toString(36).slice(2, 12);
