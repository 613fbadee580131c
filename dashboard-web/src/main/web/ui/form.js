/** What is typed into forms. */

/**
 * The fields of the form that is submitted; the browser itself does not send it.
 * @param {!Event} event
 * @return {?} text by the field's name
 */
export function submitted(event) {
  event.preventDefault();
  return Object.fromEntries(new FormData(/** @type {!HTMLFormElement} */ (event.target)));
}

/**
 * A list that was written one entry a line.
 * @param {string} text
 * @return {!Array<string>}
 */
export const lines = (text) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
