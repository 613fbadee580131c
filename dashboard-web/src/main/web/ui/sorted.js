/** A table all of whose rows are here: a click on a column's head orders them by it, another one the other way round. */
import {Element, html} from '../lib/element.js';
import {sortable, table} from './table.js';

class Sorted extends Element {
  static properties = {
    kind: {},
    heads: {attribute: false},
    rows: {attribute: false},
    keys: {attribute: false},
    last: {attribute: false},
    at: {state: true},
    up: {state: true},
  };

  constructor() {
    super();
    this.kind = 'data';
    /** @type {!Array<string>} */
    this.heads = [];
    /** @type {!Array<!Array<?>>} */
    this.rows = [];
    /**
     * What the rows are ordered by, for each cell.
     * @type {!Array<!Array<(string|number)>>}
     */
    this.keys = [];
    /**
     * Rows that stay below the others.
     * @type {!Array<!Array<?>>}
     */
    this.last = [];
    /** By which column they are ordered; less than 0: as they came. */
    this.at = -1;
    /** Whether the least comes first. */
    this.up = false;
  }

  /** @param {number} at */
  sort(at) {
    this.up = at === this.at ? !this.up : typeof this.keys[0]?.[at] === 'string';
    this.at = at;
  }

  get ordered() {
    const places = this.rows.map((_, i) => i);
    if (this.at < 0) return places;
    /** @type {function(number): (string|number)} */
    const key = (place) => this.keys[place][this.at];
    const way = this.up ? 1 : -1;
    return places.sort((a, b) => (key(a) === key(b) ? a - b : key(a) < key(b) ? -way : way));
  }

  render() {
    const heads = this.heads.map((label, i) => sortable(label, i === this.at ? this.up : null, () => this.sort(i)));
    const rows = [...this.ordered.map((place) => this.rows[place]), ...this.last];
    return html`${table(this.kind, heads, rows, 1, this.at, this.up)}`;
  }
}
customElements.define('mr-sorted', Sorted);

/**
 * A table of names with figures.
 * @param {string} kind its class
 * @param {!Array<string>} heads
 * @param {!Array<!Array<?>>} rows
 * @param {!Array<!Array<(string|number)>>} keys what each cell is ordered by
 * @param {boolean} all whether these are all rows that there are; some cannot be ordered by themselves
 * @param {!Array<!Array<?>>=} last rows that stay below the others
 */
export const sorted = (kind, heads, rows, keys, all, last = []) =>
  all
    ? html`<mr-sorted .kind=${kind} .heads=${heads} .rows=${rows} .keys=${keys} .last=${last}></mr-sorted>`
    : table(kind, heads, [...rows, ...last]);
