/** A month to choose the first and the last day from. */
import {Element, html} from '../lib/element.js';
import {t} from '../strings.js';
import {icons} from './icons.js';

/** @type {function(!Date): string} */
const iso = (date) => date.toISOString().slice(0, 10);
/** @type {function(string): !Date} */
const utc = (text) => new Date(`${text}T00:00Z`);
const NAMES = new Intl.DateTimeFormat('en', {month: 'long', year: 'numeric', timeZone: 'UTC'});
const FULL = new Intl.DateTimeFormat('en', {dateStyle: 'full', timeZone: 'UTC'});
const WEEKDAYS = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'];

export class Calendar extends Element {
  static properties = {from: {}, to: {}, zone: {}, month: {state: true}, first: {state: true}, focused: {state: true}};

  constructor() {
    super();
    /** @type {?string} */
    this.from = null;
    /** @type {?string} */
    this.to = null;
    /** @type {string|undefined} */
    this.zone = undefined;
    /** @type {string} */
    this.month = '';
    /** @type {string} */
    this.focused = '';
    /** @type {?string} */
    this.first = null;
  }

  /** Today on the site's clock. */
  get today() {
    const parts = new Intl.DateTimeFormat('en-CA', {
      timeZone: this.zone || 'UTC',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    return parts.format(new Date());
  }

  willUpdate() {
    this.focused ||= this.to ?? this.today;
    this.month ||= this.focused.slice(0, 7);
  }

  /** @param {number} months */
  turn(months) {
    const date = utc(`${this.month}-01`);
    date.setUTCMonth(date.getUTCMonth() + months);
    this.month = iso(date).slice(0, 7);
    this.focused = `${this.month}-01`;
  }

  /** @param {string} day */
  pick(day) {
    if (!this.first) {
      this.first = day;
      return;
    }
    const [from, to] = [this.first, day].sort();
    this.dispatchEvent(new CustomEvent('chosen', {detail: {from, to}}));
  }

  /** @param {!KeyboardEvent} event */
  async keys(event) {
    const step = {ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7}[event.key];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    this.focused = iso(new Date(utc(this.focused).getTime() + step * 86_400_000));
    this.month = this.focused.slice(0, 7);
    await this.updateComplete;
    const focused = /** @type {?HTMLElement} */ (this.querySelector('[tabindex="0"]'));
    focused?.focus();
  }

  /** The days to show: whole weeks. */
  days() {
    const date = utc(`${this.month}-01`);
    date.setUTCDate(1 - ((date.getUTCDay() + 6) % 7));
    const days = [];
    do {
      for (let i = 0; i < 7; i++) {
        days.push(iso(date));
        date.setUTCDate(date.getUTCDate() + 1);
      }
    } while (iso(date).slice(0, 7) === this.month);
    return days;
  }

  render() {
    return html`<div class="calendar">
      <div class="calendar-head">
        <button type="button" class="quiet" aria-label=${t.period.earlier} @click=${() => this.turn(-1)}>
          ${icons.left()}
        </button>
        <b aria-live="polite">${NAMES.format(utc(`${this.month}-01`))}</b>
        <button type="button" class="quiet" aria-label=${t.period.later} @click=${() => this.turn(1)}>
          ${icons.right()}
        </button>
      </div>
      <div
        class="calendar-days"
        role="group"
        aria-label=${this.first ? t.period.last : t.period.first}
        @keydown=${this.keys}
      >
        ${WEEKDAYS.map((d) => html`<span class="muted" aria-hidden="true">${d}</span>`)}
        ${this.days().map((day) => this.day(day))}
      </div>
      <p class="muted">${this.first ? t.period.last : t.period.first}</p>
    </div>`;
  }

  /** @param {string} day */
  day(day) {
    const from = this.first ?? this.from;
    const to = this.first ? this.first : this.to;
    const within = from && day >= from && day <= (to ?? from);
    return html`<button
      type="button"
      class="day ${within ? 'within' : ''} ${day.startsWith(this.month) ? '' : 'other'}"
      aria-label=${FULL.format(utc(day))}
      aria-pressed=${within ? 'true' : 'false'}
      tabindex=${day === this.focused ? 0 : -1}
      data-day=${day}
      ?disabled=${day > this.today}
      @click=${() => this.pick(day)}
    >
      ${Number(day.slice(8))}
    </button>`;
  }
}
customElements.define('mr-calendar', Calendar);
