/** The whole table behind a panel: search, sort, more rows, CSV. */
import {Element, Loading, html, nothing} from '../lib/element.js';
import {t} from '../strings.js';
import * as format from '../lib/format.js';
import {get, query} from '../lib/http.js';
import {asked, toggled} from '../lib/filters.js';
import {change, withParams} from '../lib/route.js';
import {lines, shown} from './states.js';
import './dialog.js';

const PAGE = 100;
const COLUMNS = [
  {id: 'visitors', order: true, show: format.number},
  {id: 'sessions', order: true, show: format.number},
  {id: 'page_views', order: true, show: format.number},
  {id: 'bounce_rate', show: format.percent},
  {id: 'avg_duration', show: format.duration},
];
const PROPERTY_COLUMNS = [
  {id: 'events', show: format.number},
  {id: 'visitors', show: format.number},
];
const EVENT_COLUMNS = [{id: 'events', order: true, show: format.number}, COLUMNS[0], COLUMNS[1]];

export class Whole extends Element {
  static properties = {
    route: {attribute: false},
    base: {},
    search: {state: true},
    order: {state: true},
    limit: {state: true},
  };

  constructor() {
    super();
    this.loading = new Loading(this);
    Object.assign(this, {search: '', order: null, limit: PAGE});
  }

  get dimension() {
    return this.route.params.get('more');
  }

  /** Properties are another report: nothing filters by them, so there is neither search nor order. */
  get properties() {
    return this.dimension === 'property';
  }

  /** How many rows there are at most in one answer. */
  get most() {
    return this.properties ? 1_000 : 10_000;
  }

  get columns() {
    return this.properties ? PROPERTY_COLUMNS : this.dimension === 'event' ? EVENT_COLUMNS : COLUMNS;
  }

  get report() {
    return `${this.base}/${this.properties ? 'properties' : 'breakdown'}`;
  }

  get params() {
    if (this.properties) return {...asked(this.route.params), key: this.route.params.get('key')};
    return {
      ...asked(this.route.params),
      dimension: this.dimension,
      search: this.search,
      order: this.order ?? this.columns[0].id,
    };
  }

  willUpdate() {
    const params = {...this.params, limit: this.limit};
    const key = JSON.stringify(params);
    if (key === this.key) return;
    this.key = key;
    this.loading.run((signal) => get(this.report, params, {signal}));
  }

  render() {
    return html`<mr-dialog
      wide
      .heading=${this.heading}
      .content=${(close) => this.body(close)}
      .state=${this.loading.data}
      @closed=${() => change({more: null}, {replace: true})}
    ></mr-dialog>`;
  }

  get heading() {
    const key = this.properties && this.route.params.get('key');
    return key ? t.panel.valuesOf(key) : t.panel.moreOf(t.panel[this.dimension] ?? t.dimension[this.dimension]);
  }

  updated() {
    this.querySelector('mr-dialog').requestUpdate();
  }

  type(event) {
    clearTimeout(this.typing);
    const text = event.target.value;
    this.typing = setTimeout(() => {
      this.search = text.trim();
      this.limit = PAGE;
    }, 250);
  }

  body(close) {
    const csv = `${this.report}${query({...this.params, limit: this.most, format: 'csv'})}`;
    return html`<div class="tools">
        ${this.properties ? nothing : html`<input type="search" placeholder=${t.table.search} aria-label=${t.table.search} @input=${(event) => this.type(event)} />`}
        <a class="button" href=${csv} download="${this.dimension}.csv">${t.table.csv}</a>
      </div>
      <div class="whole ${this.loading.busy ? 'stale' : ''}">
        ${shown(this.loading, lines(10), (data) => this.table(data, close))}
      </div>`;
  }

  name(value, close) {
    if (this.properties && (this.route.params.has('key') || value === '(other)')) return value;
    const change = this.properties
      ? {key: value}
      : {[this.dimension]: toggled(this.route.params, this.dimension, value)};
    return html`<a href=${withParams({...change, more: null})} @click=${() => close()}
      >${format.name(this.dimension, value)}</a
    >`;
  }

  table(data, close) {
    const order = this.order ?? this.columns[0].id;
    const named = Math.min(data.rows.length, this.limit); // properties have a row more for the rest
    if (!data.rows.length) return html`<p class="empty">${t.table.none}</p>`;
    return html`<table class="data">
        <thead>
          <tr>
            <th scope="col">${t.dimension[this.dimension] ?? t.table.name}</th>
            ${this.columns.map(
              (c) =>
                html` <th scope="col" class="n" aria-sort=${c.order && c.id === order ? 'descending' : nothing}>
                  ${
                    c.order
                      ? html`<button
                          type="button"
                          aria-label=${t.table.sort(t.metric[c.id])}
                          @click=${() => (this.order = c.id)}
                        >
                          ${t.metric[c.id]}${c.id === order ? ' ↓' : ''}
                        </button>`
                      : t.metric[c.id]
                  }
                </th>`,
            )}
          </tr>
        </thead>
        <tbody>
          ${data.rows.map(
            (r) =>
              html`<tr>
                <th scope="row">${this.name(r.name, close)}</th>
                ${this.columns.map((c) => html`<td class="n">${c.show(r[c.id])}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
      <p class="muted foot">
        ${t.table.rows(format.number(named), format.number(data.total))}
        ${named < data.total && this.limit < this.most ? html` <button class="button" @click=${() => (this.limit = Math.min(this.most, this.limit + 400))}>${t.panel.more}</button>` : nothing}
      </p>`;
  }
}
customElements.define('mr-whole', Whole);
