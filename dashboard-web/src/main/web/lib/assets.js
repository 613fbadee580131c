/** The page's own files, which lie in a directory that is named after the content of all of them. */

/**
 * Where one of them is.
 * @param {string} path
 * @return {string}
 */
export function asset(path) {
  const main = /** @type {!HTMLScriptElement} */ (document.querySelector('script[type=module]'));
  return new URL(path, main.src).href;
}
