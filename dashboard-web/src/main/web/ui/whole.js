/** The whole table behind a panel: search, sort, more rows, CSV. */
import {Element, Loading, html, nothing} from '../lib/element.js';
import {t} from '../strings.js';
import * as format from '../lib/format.js';
import {query} from '../lib/http.js';
import {asked, ofProperty, toggled} from '../lib/filters.js';
import {change, withParams} from '../lib/route.js';
import {searchField} from './form.js';
import {mark} from './mark.js';
import {lines, shown} from './states.js';
import {cut, leaveOut, sortable, table} from './table.js';
import './dialog.js';

const PAGE = 100;

/** How many rows the API answers with at most. */
export const MOST_ROWS = {breakdown: 10_000, properties: 1_000};

/**
 * @param {string} id
 * @param {function(!Api.BreakdownRow): string} show
 * @return {!Page.Column}
 */
const column = (id, show) => ({id, show});

const VISITORS = column('visitors', (r) => format.whole(r.visitors));
const SESSIONS = column('sessions', (r) => format.whole(r.sessions));
const EVENTS = column('events', (r) => format.whole(r.events));

/** The columns of a dimension's values. */
const COLUMNS = [
  VISITORS,
  SESSIONS,
  column('page_views', (r) => format.whole(r.page_views)),
  column('bounce_rate', (r) => format.percent(r.bounce_rate)),
  column('avg_duration', (r) => format.duration(r.avg_duration)),
];
export const PAGE_COLUMNS = [
  ...COLUMNS,
  column('time_on_page', (r) => (r.time_on_page == null ? '–' : format.duration(r.time_on_page))),
  column('scroll_depth', (r) => (r.scroll_depth == null ? '–' : format.percent(r.scroll_depth))),
];
export const EVENT_COLUMNS = [EVENTS, VISITORS, SESSIONS];

/** Of properties, whose report has an order of its own. */
const PROPERTY_COLUMNS = [EVENTS, VISITORS];

/** What the column of the values themselves is called. */
const NAME = 'name';

export class Whole extends Element {
  static properties = {
    route: {attribute: false},
    base: {},
    search: {state: true},
    order: {state: true},
    up: {state: true},
    limit: {state: true},
  };

  constructor() {
    super();
    /** @type {!Page.Route} */
    this.route;
    this.base = '';
    this.search = '';
    /** @type {?string} */
    this.order = null;
    /** Whether the least comes first. */
    this.up = false;
    this.limit = PAGE;
    /** @type {!Loading<(!Api.Breakdown|!Api.Properties)>} */
    this.loading = new Loading(this);
  }

  get dimension() {
    return this.route.params.get('more') ?? '';
  }

  /** Properties are another report, with neither search nor order. */
  get properties() {
    return this.dimension === 'property';
  }

  /** How many rows there are at most in one answer. */
  get most() {
    return this.properties ? MOST_ROWS.properties : MOST_ROWS.breakdown;
  }

  get columns() {
    if (this.properties) return PROPERTY_COLUMNS;
    return {event: EVENT_COLUMNS, page: PAGE_COLUMNS}[this.dimension] ?? COLUMNS;
  }

  /** By which column: of pages those with most views stand first, as events happen on paths that nobody viewed. */
  get ordered() {
    return this.order ?? (this.dimension === 'page' ? 'page_views' : this.columns[0].id);
  }

  /** @param {string} id */
  sort(id) {
    this.up = id === this.ordered ? !this.up : id === NAME;
    this.order = id;
    this.limit = PAGE;
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
      sort: `${this.ordered}:${this.up ? 'asc' : 'desc'}`,
    };
  }

  willUpdate() {
    this.loading.ask(this.report, {...this.params, limit: this.limit});
  }

  render() {
    return html`<mr-dialog
      wide
      .heading=${this.heading}
      .content=${(close) => this.body(close)}
      @closed=${() => change({more: null}, {replace: true})}
    ></mr-dialog>`;
  }

  get heading() {
    const key = this.properties && this.route.params.get('key');
    return key ? t.panel.valuesOf(key) : t.panel.moreOf(t.panel[this.dimension] ?? t.dimension[this.dimension]);
  }

  /** @param {string} text */
  find(text) {
    this.search = text;
    this.limit = PAGE;
  }

  /** @param {function(): void} close */
  body(close) {
    const csv = `${this.report}${query({...this.params, limit: this.most, format: 'csv'})}`;
    return html`<div class="tools">
        ${this.properties ? nothing : searchField(t.table.search, (text) => this.find(text))}
        <a class="button" href=${csv} download="${this.dimension}.csv">${t.table.csv}</a>
      </div>
      ${cut(this.loading.data?.total ?? 0, this.most)}
      <div class="whole ${this.loading.stale ? 'stale' : ''}">
        ${shown(this.loading, lines(10), (data) => this.table(data, close))}
      </div>`;
  }

  /**
   * @param {string} value
   * @param {function(): void} close
   */
  linked(value, close) {
    if (this.properties && value === '(other)') return value;
    const key = this.properties ? this.route.params.get('key') : null;
    const filter = key === null ? this.dimension : ofProperty(key);
    const change =
      this.properties && key === null ? {key: value} : {[filter]: toggled(this.route.params, filter, value)};
    return html`<span class="row-line" @click=${() => close()}
      ><a href=${withParams({...change, more: null})}
        >${mark(filter, value)} <bdi>${format.name(filter, value)}</bdi></a
      >
      ${this.properties && key === null ? nothing : leaveOut(this.route.params, filter, value)}</span
    >`;
  }

  /**
   * @param {(!Api.Breakdown|!Api.Properties)} data
   * @param {function(): void} close
   */
  table(data, close) {
    const {columns, ordered} = this;
    const named = Math.min(data.rows.length, this.limit); // properties have a row more for the rest
    if (!data.rows.length) return html`<p class="empty">${t.table.none}</p>`;
    /** @type {function(string, string): ?} */
    const head = (id, label) =>
      this.properties ? label : sortable(label, id === ordered ? this.up : null, () => this.sort(id));
    const heads = [
      head(NAME, t.dimension[this.dimension] ?? t.table.name),
      ...columns.map((c) => head(c.id, t.metric[c.id])),
    ];
    const rows = data.rows.map((r) => [this.linked(r.name, close), ...columns.map((c) => c.show(r))]);
    const sorted = this.properties ? -1 : [NAME, ...columns.map((c) => c.id)].indexOf(ordered);
    return html`${table('data', heads, rows, 1, sorted, this.up)}
      <p class="muted foot">
        ${t.table.rows(format.whole(named), format.whole(data.total))}
        ${named < data.total && this.limit < this.most ? html` <button class="button" @click=${() => (this.limit = Math.min(this.most, this.limit + 400))}>${t.panel.more}</button>` : nothing}
      </p>
      ${!this.properties && /** @type {!Api.Breakdown} */ (data).approximate ? html`<p class="muted">${t.table.approximate}</p>` : nothing}`;
  }
}
customElements.define('mr-whole', Whole);
