/** The main graph: one metric over time, its predecessor as a ghost, a read-out under the pointer or the arrow keys. */
import {Element, html, svg, nothing} from '../lib/element.js';
import {t} from '../strings.js';
import * as format from '../lib/format.js';
import {scrolling, table} from './table.js';

const HEIGHT = 264;
const PAD = {top: 14, right: 14, bottom: 30, left: 46};

/**
 * About four round numbers from 0 up to at least the greatest.
 * @param {number} greatest
 * @return {!Array<number>}
 */
export function ticks(greatest) {
  const rough = Math.max(greatest, 4) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step =
    [1, 2, 2.5, 5, 10].map((m) => m * power).find((s) => s >= rough && (s >= 1 || greatest < 4)) ?? 10 * power;
  const count = Math.max(1, Math.ceil(greatest / step));
  return Array.from({length: count + 1}, (_, i) => i * step);
}

export class Graph extends Element {
  static properties = {
    rows: {attribute: false},
    before: {attribute: false},
    notes: {attribute: false},
    label: {},
    show: {attribute: false},
    interval: {},
    running: {type: Boolean},
    at: {state: true},
    width: {state: true},
  };

  constructor() {
    super();
    /** @type {!Array<!Page.Point>} */
    this.rows = [];
    /** @type {!Array<!Page.Point>|undefined} */
    this.before = undefined;
    /**
     * What was noted, by time.
     * @type {!Array<!Api.AnnotationHead>}
     */
    this.notes = [];
    this.label = '';
    /** @type {function(number): string} */
    this.show = String;
    /** @type {?string} */
    this.interval = null;
    this.running = false;
    this.width = 0;
    /** @type {?number} */
    this.at = null;
    /** The value at the upper edge. */
    this.top = 0;
    this.sizes = new ResizeObserver(([entry]) => (this.width = Math.round(entry.contentRect.width)));
  }

  connectedCallback() {
    super.connectedCallback();
    this.sizes.observe(this);
  }

  disconnectedCallback() {
    this.sizes.disconnect();
    super.disconnectedCallback();
  }

  /** @param {number} i */
  x(i) {
    const room = this.width - PAD.left - PAD.right;
    return PAD.left + (this.rows.length === 1 ? room / 2 : (i * room) / (this.rows.length - 1));
  }

  /** @param {number} value */
  y(value) {
    return HEIGHT - PAD.bottom - (value / this.top) * (HEIGHT - PAD.top - PAD.bottom);
  }

  /**
   * @param {!Array<number>} values
   * @param {number=} from the row of the first
   */
  line(values, from = 0) {
    return values.map((v, i) => `${i ? 'L' : 'M'}${this.x(i + from).toFixed(1)} ${this.y(v).toFixed(1)}`).join('');
  }

  /**
   * What was noted of the times of a row.
   * @param {number} i
   */
  noted(i) {
    return this.notes.filter(({time}) => {
      const local = time.slice(0, 16);
      return this.rows[i].date <= local && !(i + 1 < this.rows.length && this.rows[i + 1].date <= local);
    });
  }

  render() {
    const values = this.rows.map((r) => r.value);
    const ghost = (this.before ?? []).slice(0, values.length).map((r) => r.value);
    const marks = ticks(Math.max(...values, ...ghost, 0));
    this.top = marks[marks.length - 1];
    return html`<div
        class="graph"
        tabindex="0"
        role="img"
        aria-label=${t.graph.label(this.label)}
        @pointermove=${this.point}
        @pointerleave=${this.leave}
        @keydown=${this.keys}
        @blur=${this.leave}
      >
        <svg width="100%" height=${HEIGHT} aria-hidden="true">
          ${this.width ? this.drawing(values, ghost, marks) : nothing}
        </svg>
        ${this.at === null || !this.width || this.at >= values.length ? nothing : this.readOut(this.at, values, ghost)}
      </div>
      ${this.table(ghost)}`;
  }

  /**
   * @param {!Array<number>} values
   * @param {!Array<number>} ghost
   * @param {!Array<number>} marks
   */
  drawing(values, ghost, marks) {
    const whole = this.running && values.length > 1 ? values.slice(0, -1) : values;
    const floor = this.y(0).toFixed(1);
    return svg`
      ${marks.map(
        (m) => svg`<line class="grid" x1=${PAD.left} x2=${this.width - PAD.right} y1=${this.y(m)} y2=${this.y(m)} />
        <text class="tick" x=${PAD.left - 10} y=${this.y(m) + 4} text-anchor="end">${this.show(m)}</text>`,
      )}
      ${this.labels()}
      ${this.rows.map((_, i) => (this.noted(i).length ? svg`<g class="note"><line x1=${this.x(i)} x2=${this.x(i)} y1=${PAD.top} y2=${floor} /><circle cx=${this.x(i)} cy=${PAD.top} r="4" /></g>` : nothing))}
      ${ghost.length > 1 ? svg`<path class="ghost" d=${this.line(ghost)} />` : nothing}
      ${values.length > 1 ? svg`<path class="area" d="${this.line(values)}L${this.x(values.length - 1)} ${floor}L${this.x(0)} ${floor}Z" />` : nothing}
      <path class="line" d=${this.line(whole)} />
      ${whole === values ? nothing : svg`<path class="line partial" d=${this.line(values.slice(-2), values.length - 2)} />`}
      ${values.length === 1 ? svg`<circle class="dot" cx=${this.x(0)} cy=${this.y(values[0])} r="4" />` : nothing}
      ${
        this.at === null || this.at >= values.length
          ? nothing
          : svg`<line class="cross" x1=${this.x(this.at)} x2=${this.x(this.at)} y1=${PAD.top} y2=${floor} />
        <circle class="dot" cx=${this.x(this.at)} cy=${this.y(values[this.at])} r="4.5" />`
      }`;
  }

  /** As many labels below as fit. */
  labels() {
    const n = this.rows.length;
    const every = Math.max(1, Math.ceil((n * 74) / (this.width - PAD.left - PAD.right)));
    return this.rows.map((r, i) => {
      if (i % every) return nothing;
      const anchor = i === 0 && n > 1 ? 'start' : i === n - 1 && n > 1 ? 'end' : 'middle';
      return svg`<text class="tick" x=${this.x(i)} y=${HEIGHT - 8} text-anchor=${anchor}>${format.tick(r.date)}</text>`;
    });
  }

  /**
   * @param {number} i
   * @param {!Array<number>} values
   * @param {!Array<number>} ghost
   */
  readOut(i, values, ghost) {
    const partial = this.running && i === values.length - 1;
    const side = this.x(i) > this.width / 2 ? 'to-left' : '';
    return html`<div class="read-out ${side}" role="status" .style=${`left:${this.x(i)}px`}>
      <b>${format.bucket(this.rows[i].date, this.interval)}</b
      >${partial ? html` <span class="muted">${t.graph.partial}</span>` : nothing}
      <div><i class="key"></i>${this.label} <b>${this.show(values[i])}</b></div>
      ${this.noted(i).map((n) => html`<div class="noted">${n.text} <span class="muted">${n.author}</span></div>`)}
      ${i < ghost.length ? html`<div class="muted"><i class="key ghost-key"></i>${format.bucket(this.before[i].date, this.interval)} <b>${this.show(ghost[i])}</b></div>` : nothing}
    </div>`;
  }

  /** @param {!Array<number>} ghost */
  table(ghost) {
    const heads = [
      t.graph.period,
      this.label,
      ...(ghost.length ? [t.graph.previous] : []),
      ...(this.notes.length ? [t.annotations.title] : []),
    ];
    const rows = this.rows.map((r, i) => [
      format.bucket(r.date, this.interval),
      this.show(r.value),
      ...(ghost.length ? [i < ghost.length ? this.show(ghost[i]) : '–'] : []),
      ...(this.notes.length
        ? [
            this.noted(i)
              .map((n) => n.text)
              .join('; '),
          ]
        : []),
    ]);
    return html`<details class="as-table">
      <summary>${t.graph.table}</summary>
      ${scrolling(t.graph.table, table('', heads, rows))}
    </details>`;
  }

  /** @param {!PointerEvent} event */
  point(event) {
    const box = /** @type {!HTMLElement} */ (event.currentTarget).getBoundingClientRect();
    const room = this.width - PAD.left - PAD.right;
    const share = (event.clientX - box.left - PAD.left) / room;
    this.at = Math.max(0, Math.min(this.rows.length - 1, Math.round(share * (this.rows.length - 1))));
  }

  leave() {
    this.at = null;
  }

  /** @param {!KeyboardEvent} event */
  keys(event) {
    const last = this.rows.length - 1;
    const to = {ArrowLeft: (this.at ?? last + 1) - 1, ArrowRight: (this.at ?? -1) + 1, Home: 0, End: last}[event.key];
    if (event.key === 'Escape') this.at = null;
    if (to === undefined) return;
    event.preventDefault();
    this.at = Math.max(0, Math.min(last, to));
  }
}
customElements.define('mr-graph', Graph);

/**
 * A small line without axes.
 * @param {!Array<number>} values
 * @param {string} label
 */
export function spark(values, label) {
  const top = Math.max(...values, 1);
  /** @type {function(number, number): string} */
  const point = (v, i) =>
    `${((i * 100) / Math.max(1, values.length - 1)).toFixed(1)} ${(31 - (v / top) * 28).toFixed(1)}`;
  const line = values.map((v, i) => `${i ? 'L' : 'M'}${point(v, i)}`).join('');
  return html`<svg class="spark" viewBox="0 0 100 32" preserveAspectRatio="none" role="img" aria-label=${label}>
    <path class="area" d="${line}L100 32L0 32Z" />
    <path class="line" d=${line} vector-effect="non-scaling-stroke" />
  </svg>`;
}
