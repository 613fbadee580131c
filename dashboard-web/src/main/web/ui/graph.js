/**
 * The main graph: one metric over time, its predecessor as a ghost, perhaps another metric. What is under the pointer or the arrow keys
 * is read out; a click opens it, dragging selects what to look at closely, a tap keeps the read-out.
 */
import {Element, html, svg, nothing} from '../lib/element.js';
import {t} from '../strings.js';
import * as format from '../lib/format.js';
import {scrolling, table} from './table.js';

const HEIGHT = 264;
const PAD = {top: 14, right: 14, bottom: 30, left: 46};

/** How far a pointer moves before it drags, in pixels. */
const SLACK = 6;

/** Days of the week that are no working days where the reader is, Sunday being 7. */
const REST = new Intl.Locale(navigator.language).getWeekInfo?.().weekend ?? [6, 7];

/** @type {function(string): boolean} */
const rests = (date) => date.length > 7 && REST.includes(new Date(`${date.slice(0, 10)}T00:00Z`).getUTCDay() || 7);

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
    second: {attribute: false},
    opens: {type: Boolean},
    at: {state: true},
    from: {state: true},
    pinned: {state: true},
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
    /**
     * Another metric.
     * @type {?Page.Second}
     */
    this.second = null;
    /** Whether points lead to days. */
    this.opens = false;
    /** @type {?number} */
    this.at = null;
    /**
     * Where a selection begins that ends at the point.
     * @type {?number}
     */
    this.from = null;
    /** Whether the read-out stays when the finger is gone. */
    this.pinned = false;
    /** @type {?{x: number, at: number, touch: boolean}} */
    this.down = null;
    /** The values at the upper edge. */
    this.top = 0;
    this.secondTop = 0;
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

  /** Where the right edge is; another metric has its numbers there. */
  get right() {
    return this.width - (this.second ? PAD.left : PAD.right);
  }

  get room() {
    return this.right - PAD.left;
  }

  /** @param {number} i */
  x(i) {
    return PAD.left + (this.rows.length === 1 ? this.room / 2 : (i * this.room) / (this.rows.length - 1));
  }

  /**
   * @param {number} value
   * @param {number=} top the value at the upper edge
   */
  y(value, top = this.top) {
    return HEIGHT - PAD.bottom - (value / top) * (HEIGHT - PAD.top - PAD.bottom);
  }

  /**
   * @param {!Array<number>} values
   * @param {number=} from the row of the first
   * @param {number=} top
   */
  line(values, from = 0, top = this.top) {
    return values.map((v, i) => `${i ? 'L' : 'M'}${this.x(i + from).toFixed(1)} ${this.y(v, top).toFixed(1)}`).join('');
  }

  /**
   * From one point to another, and half of the way to their neighbours.
   * @param {number} a
   * @param {number} b
   * @param {string} kind
   */
  band(a, b, kind) {
    const half = this.room / Math.max(1, this.rows.length - 1) / 2;
    const [from, to] = [Math.max(PAD.left, this.x(a) - half), Math.min(this.right, this.x(b) + half)];
    return svg`<rect class=${kind} x=${from} y=${PAD.top} width=${to - from} height=${HEIGHT - PAD.top - PAD.bottom} />`;
  }

  /** Days on which most people do not work, each run of them once. */
  weekends() {
    const found = [];
    if (this.interval === 'week') return found;
    for (let i = 0; i < this.rows.length; i++) {
      const first = i;
      while (i < this.rows.length && rests(this.rows[i].date)) i++;
      if (i > first && i - first < this.rows.length) found.push(this.band(first, i - 1, 'weekend'));
    }
    return found;
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
    const others = this.second ? ticks(Math.max(...this.second.values, 0)) : [];
    this.secondTop = others[others.length - 1] ?? 0;
    return html`<div
        class="graph ${this.opens ? 'opens' : ''}"
        tabindex="0"
        role=${this.opens ? 'application' : 'img'}
        aria-label=${this.opens ? t.graph.label(this.label) : t.graph.plainLabel(this.label)}
        @pointerdown=${this.press}
        @pointermove=${this.point}
        @pointerup=${this.release}
        @pointercancel=${this.forget}
        @pointerleave=${() => this.pinned || this.down || this.forget()}
        @keydown=${this.keys}
        @focusout=${this.left}
      >
        <svg width="100%" height=${HEIGHT} aria-hidden="true">
          ${this.width ? this.drawing(values, ghost, marks, others) : nothing}
        </svg>
        ${this.at === null || !this.width || this.at >= values.length ? nothing : this.readOut(this.at, values, ghost)}
      </div>
      ${this.table(ghost)}`;
  }

  /**
   * @param {!Array<number>} values
   * @param {!Array<number>} ghost
   * @param {!Array<number>} marks
   * @param {!Array<number>} others the marks of the other metric
   */
  drawing(values, ghost, marks, others) {
    const whole = this.running && values.length > 1 ? values.slice(0, -1) : values;
    const floor = this.y(0).toFixed(1);
    const other = this.second?.values ?? [];
    return svg`
      ${this.weekends()}
      ${this.from === null || this.at === null ? nothing : this.band(Math.min(this.from, this.at), Math.max(this.from, this.at), 'selection')}
      ${others.map((m) => svg`<text class="tick other" x=${this.right + 10} y=${this.y(m, this.secondTop) + 4}>${this.second?.show(m)}</text>`)}
      ${marks.map(
        (m) => svg`<line class="grid" x1=${PAD.left} x2=${this.right} y1=${this.y(m)} y2=${this.y(m)} />
        <text class="tick" x=${PAD.left - 10} y=${this.y(m) + 4} text-anchor="end">${this.show(m)}</text>`,
      )}
      ${this.labels()}
      ${this.rows.map((_, i) => (this.noted(i).length ? svg`<g class="note"><line x1=${this.x(i)} x2=${this.x(i)} y1=${PAD.top} y2=${floor} /><circle cx=${this.x(i)} cy=${PAD.top} r="4" /></g>` : nothing))}
      ${ghost.length > 1 ? svg`<path class="ghost" d=${this.line(ghost)} />` : nothing}
      ${values.length > 1 ? svg`<path class="area" d="${this.line(values)}L${this.x(values.length - 1)} ${floor}L${this.x(0)} ${floor}Z" />` : nothing}
      ${other.length > 1 ? svg`<path class="line other" d=${this.line(other.slice(0, whole.length), 0, this.secondTop)} />` : nothing}
      ${other.length > whole.length ? svg`<path class="line other partial" d=${this.line(other.slice(-2), other.length - 2, this.secondTop)} />` : nothing}
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
    const every = Math.max(1, Math.ceil((n * 74) / this.room));
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
    const from = this.from === null || this.from === i ? null : Math.min(this.from, i);
    const name = (/** number */ at) => format.bucket(this.rows[at].date, this.interval);
    if (from !== null)
      return html`<div class="read-out ${side}" role="status" .style=${`left:${this.x(i)}px`}>
        <b>${t.period.range(name(from), name(Math.max(this.from ?? i, i)))}</b>
        <div class="muted">${t.graph.zoom}</div>
      </div>`;
    return html`<div
      class="read-out ${side} ${this.pinned ? 'pinned' : ''}"
      role="status"
      .style=${`left:${this.x(i)}px`}
    >
      <b>${name(i)}</b>${partial ? html` <span class="muted">${t.graph.partial}</span>` : nothing}
      <div><i class="key"></i>${this.label} <b>${this.show(values[i])}</b></div>
      ${this.second ? html`<div><i class="key other-key"></i>${this.second.label} <b>${this.second.show(this.second.values[i])}</b></div>` : nothing}
      ${this.noted(i).map((n) => html`<div class="noted">${n.text} <span class="muted">${n.author}</span></div>`)}
      ${i < ghost.length ? html`<div class="muted"><i class="key ghost-key"></i>${format.bucket(this.before[i].date, this.interval)} <b>${this.show(ghost[i])}</b></div>` : nothing}
      ${this.pinned && this.opens ? html`<button class="button" type="button" data-open @click=${() => this.chosen(i, i)}>${t.graph.open}</button>` : nothing}
    </div>`;
  }

  /** @param {!Array<number>} ghost */
  table(ghost) {
    const heads = [
      t.graph.period,
      this.label,
      ...(this.second ? [this.second.label] : []),
      ...(ghost.length ? [t.graph.previous] : []),
      ...(this.notes.length ? [t.annotations.title] : []),
    ];
    const rows = this.rows.map((r, i) => [
      format.bucket(r.date, this.interval),
      this.show(r.value),
      ...(this.second ? [this.second.show(this.second.values[i])] : []),
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

  /**
   * The point under a pointer.
   * @param {!PointerEvent} event
   */
  under(event) {
    const box = /** @type {!HTMLElement} */ (event.currentTarget).getBoundingClientRect();
    const share = (event.clientX - box.left - PAD.left) / this.room;
    return Math.max(0, Math.min(this.rows.length - 1, Math.round(share * (this.rows.length - 1))));
  }

  /** @param {!PointerEvent} event */
  press(event) {
    if (event.button || /** @type {!Element} */ (event.target).closest('.read-out')) return;
    this.down = {x: event.clientX, at: this.under(event), touch: event.pointerType === 'touch'};
  }

  /** @param {!PointerEvent} event */
  point(event) {
    if (this.pinned && !this.down) return;
    this.at = this.under(event);
    const {down} = this;
    if (!down || down.touch || !this.opens || Math.abs(event.clientX - down.x) < SLACK) return;
    /** @type {!Element} */ (event.currentTarget).setPointerCapture(event.pointerId);
    this.from = down.at;
  }

  /** @param {!PointerEvent} event */
  release(event) {
    const {down, from} = this;
    if (!down) return;
    const at = this.under(event);
    this.forget();
    if (down.touch) {
      this.at = at;
      this.pinned = true;
    } else this.chosen(from ?? at, at);
  }

  forget() {
    this.at = null;
    this.from = null;
    this.down = null;
    this.pinned = false;
  }

  /** @param {!FocusEvent} event */
  left(event) {
    if (!this.contains(/** @type {?Node} */ (event.relatedTarget))) this.forget();
  }

  /**
   * Tells which points somebody wants to look at closely.
   * @param {number} a
   * @param {number} b
   */
  chosen(a, b) {
    this.forget();
    if (!this.opens) return;
    const detail = {first: this.rows[Math.min(a, b)].date, last: this.rows[Math.max(a, b)].date};
    this.dispatchEvent(new CustomEvent('chosen', {detail}));
  }

  /** @param {!KeyboardEvent} event */
  keys(event) {
    const last = this.rows.length - 1;
    const {at} = this;
    if (event.key === 'Escape' && at !== null) {
      event.stopPropagation();
      return this.forget();
    }
    if (event.key === 'Enter' && at !== null && event.target === event.currentTarget)
      return this.chosen(this.from ?? at, at);
    const to = {ArrowLeft: (at ?? last + 1) - 1, ArrowRight: (at ?? -1) + 1, Home: 0, End: last}[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.from = event.shiftKey && this.opens ? (this.from ?? at) : null;
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
