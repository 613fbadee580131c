/** What is typed into forms. */
import {html} from '../lib/element.js';

/**
 * The fields of the form that is submitted; the browser itself does not send it.
 * @param {!Event} event
 * @return {?} text by the field's name
 */
export function submitted(event) {
  event.preventDefault();
  return Object.fromEntries(new FormData(/** @type {!HTMLFormElement} */ (event.target)));
}

/** @type {number|undefined} */
let typing;

/**
 * A field to search in.
 * @param {string} label
 * @param {function(string): void} found told what is typed when nobody has typed for a moment
 */
export const searchField = (label, found) =>
  html`<input
    type="search"
    placeholder=${label}
    aria-label=${label}
    @input=${(/** ? */ event) => {
      const text = event.target.value.trim();
      clearTimeout(typing);
      typing = setTimeout(() => found(text), 250);
    }}
  />`;

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
