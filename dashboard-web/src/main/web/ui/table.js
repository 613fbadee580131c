/** Tables of figures, and figures that stand alone. */
import {html, nothing} from '../lib/element.js';
import {t} from '../strings.js';
import * as format from '../lib/format.js';
import {isOut, without} from '../lib/filters.js';
import {withParams} from '../lib/route.js';
import {icons} from './icons.js';
import {mark} from './mark.js';

/**
 * @param {string} kind its class
 * @param {!Array<?>} heads
 * @param {!Array<!Array<?>>} rows the first cell of each is its name
 * @param {number=} texts how many columns are texts; figures follow
 * @param {number=} sorted by which column, counted from 0, the rows are ordered
 * @param {boolean=} up whether the least comes first
 */
export const table = (kind, heads, rows, texts = 1, sorted = -1, up = false) => {
  const kinds = heads.map(() => /** @type {?} */ ('n')).fill(nothing, 0, texts);
  return html`<table class=${kind}>
    <thead>
      <tr>
        ${heads.map((head, i) => html`<th scope="col" class=${kinds[i]} aria-sort=${i === sorted ? (up ? 'ascending' : 'descending') : nothing}>${head}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        ([name, ...cells]) =>
          html`<tr>
            <th scope="row">${name}</th>
            ${cells.map((cell, i) => html`<td class=${kinds[i + 1]}>${cell}</td>`)}
          </tr>`,
      )}
    </tbody>
  </table>`;
};

/**
 * The head of a column by which the rows can be ordered, both ways.
 * @param {string} label
 * @param {?boolean} up null: the rows are ordered by another
 * @param {function(): void} choose
 */
export const sortable = (label, up, choose) =>
  html`<button type="button" aria-label=${t.table.sort(label)} @click=${choose}>
    ${label}${up === null ? '' : up ? ' ↑' : ' ↓'}
  </button>`;

/**
 * Says what a CSV lacks that has no more than so many rows.
 * @param {number} total
 * @param {number} most
 */
export const cut = (total, most) =>
  total > most ? html`<p class="muted">${t.table.cut(format.whole(most), format.whole(total))}</p>` : nothing;

/**
 * What may be wider than the page, and can be scrolled by keys, too.
 * @param {string} label
 * @param {?} content
 * @param {string=} kind
 */
export const scrolling = (label, content, kind = '') =>
  html`<div class="scroll ${kind}" tabindex="0" role="region" aria-label=${label}>${content}</div>`;

/**
 * A visitor, with a link to all that they did.
 * @param {string|undefined} home the path of the site's first page
 * @param {string} visitor
 */
export const journey = (home, visitor) =>
  html`<a href="${home}/journey?visitor=${encodeURIComponent(visitor)}" title=${t.realtime.journey}
    >${visitor.slice(0, 12)}</a
  >`;

/**
 * Names with a bar each, the longest where there are most.
 * @param {!Array<{name: string}>} rows
 * @param {function(?): number} value
 * @param {string=} dimension
 */
export const bars = (rows, value, dimension) => {
  const top = Math.max(...rows.map(value), 1);
  return html`<ul class="rows">
    ${rows.map((r) => html`<li class="row"><i class="bar" .style=${`width:${(100 * value(r)) / top}%`}></i>${mark(dimension, r.name)}<bdi class="row-name">${format.name(dimension, r.name)}</bdi><span class="row-value">${format.whole(value(r))}</span></li>`)}
  </ul>`;
};

/** @param {!Array<!Array<?>>} figures each with its label before it */
export const stats = (figures) =>
  html`<section class="box">
    <dl class="stats">
      ${figures.map(
        ([label, value]) =>
          html`<div>
            <dt>${label}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
    </dl>
  </section>`;

/**
 * Leaves a row out: under the pointer, by the keyboard, and always there for fingers.
 * @param {!URLSearchParams} params
 * @param {string} filter
 * @param {string} value
 */
export function leaveOut(params, filter, value) {
  const shown = format.name(filter, value);
  const label = isOut(params, filter, value) ? t.filter.notUndo(shown) : t.filter.not(shown);
  return html`<a
    class="row-not"
    href=${withParams({[filter]: without(params, filter, value), more: null})}
    aria-label=${label}
    title=${label}
    >${icons.not()}</a
  >`;
}
