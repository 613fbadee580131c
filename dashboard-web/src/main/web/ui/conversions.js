/** The conversions behind the panel of that name, one by one: search, CSV, and the journeys that led to them. */
import {Element, Loading, html, nothing} from '../lib/element.js';
import {t} from '../strings.js';
import * as format from '../lib/format.js';
import {query} from '../lib/http.js';
import {asked} from '../lib/filters.js';
import {change} from '../lib/route.js';
import {searchField} from './form.js';
import {lines, shown} from './states.js';
import {cut, journey, scrolling, table} from './table.js';
import './dialog.js';

const PAGE = 100;

/** How many conversions the API answers with at most. */
export const MOST = 10_000;

export class Conversions extends Element {
  static properties = {
    route: {attribute: false},
    base: {},
    inline: {type: Boolean},
    search: {state: true},
    page: {state: true},
  };

  constructor() {
    super();
    /** @type {!Page.Route} */
    this.route;
    this.base = '';
    /** Whether it stands in the page, and not in a window. */
    this.inline = false;
    this.search = '';
    this.page = 1;
    /** @type {!Loading<!Api.Conversions>} */
    this.loading = new Loading(this);
  }

  get params() {
    return {...asked(this.route.params, {paged: true}), search: this.search, limit: PAGE, page: this.page};
  }

  willUpdate() {
    this.loading.ask(`${this.base}/conversions`, this.params);
  }

  /** @param {string} text */
  find(text) {
    this.search = text;
    this.page = 1;
  }

  render() {
    if (this.inline) return this.body();
    return html`<mr-dialog
      wide
      .heading=${t.panel.moreOf(t.panel.conversions)}
      .content=${() => this.body()}
      @closed=${() => change({more: null}, {replace: true})}
    ></mr-dialog>`;
  }

  body() {
    return html`<div class="tools">
        ${searchField(t.table.search, (text) => this.find(text))}
        <a
          class="button"
          href=${`${this.base}/conversions${query({...this.params, page: 1, limit: MOST, format: 'csv'})}`}
          download="conversions.csv"
          >${t.table.csv}</a
        >
      </div>
      ${cut(this.loading.data?.pagination.total ?? 0, MOST)}
      <div class="whole ${this.loading.stale ? 'stale' : ''}">
        ${shown(this.loading, lines(10), (data) => this.table(data))}
      </div>`;
  }

  /** @param {!Api.Conversions} page */
  table({conversions, pagination, visitsFrom}) {
    if (!conversions.length) return html`<p class="empty">${t.table.none}</p>`;
    /** @type {function(number, string): !Page.Template} */
    const to = (step, label) =>
      html` <button class="button" type="button" @click=${() => (this.page += step)}>${label}</button>`;
    const of = t.conversions;
    /** @type {function(!Api.Conversion): *} */
    const refunded = (c) => {
      if (!c.refunded && c.status !== 'refunded') return nothing;
      const part = c.refunded < c.amount ? ` ${format.money(c.refunded, c.currency)}` : '';
      return html` <span class="muted">${of.refunded}${part}</span>`;
    };
    const rows = conversions.map((c) => [
      c.external_id,
      format.moment(c.occurred_at),
      c.source ?? '–',
      c.visitor_id ? journey(this.route.home, c.visitor_id) : '–',
      c.entry_page ?? '–',
      c.timeToComplete === null ? '–' : format.duration(c.timeToComplete),
      html`${format.money(c.amount, c.currency)}${refunded(c)}`,
    ]);
    return html`${scrolling(t.panel.conversions, table('data', [of.order, of.time, of.source, of.visitor, of.landing, of.after, of.amount], rows, 5))}
      ${visitsFrom ? html`<p class="muted">${of.since(format.moment(visitsFrom))}</p>` : nothing}
      <p class="muted foot">
        ${t.conversions.page(pagination.page, pagination.totalPages, format.whole(pagination.total))}${pagination.page > 1 ? to(-1, t.conversions.newer) : nothing}${pagination.page < pagination.totalPages ? to(1, t.conversions.older) : nothing}
      </p>`;
  }
}
customElements.define('mr-conversions', Conversions);
