/** The payments behind the panel of conversions, one by one: search, CSV, and the journeys that led to them. */
import {Element, Loading, html, nothing} from '../lib/element.js';
import {t} from '../strings.js';
import * as format from '../lib/format.js';
import {get, query} from '../lib/http.js';
import {asked} from '../lib/filters.js';
import {change} from '../lib/route.js';
import {lines, shown} from './states.js';
import './dialog.js';

const PAGE = 100;

/** How many payments the API answers with at most. */
const MOST = 10_000;

export class Payments extends Element {
  static properties = {route: {attribute: false}, base: {}, search: {state: true}, page: {state: true}};

  constructor() {
    super();
    /** @type {!Page.Route} */
    this.route;
    this.base = '';
    this.search = '';
    this.page = 1;
    this.key = '';
    /** @type {number|undefined} */
    this.typing = undefined;
    /** @type {!Loading<!Api.Conversions>} */
    this.loading = new Loading(this);
  }

  get params() {
    return {...asked(this.route.params, {paged: true}), search: this.search, limit: PAGE, page: this.page};
  }

  willUpdate() {
    const key = JSON.stringify(this.params);
    if (key === this.key) return;
    this.key = key;
    this.loading.run((signal) => get(`${this.base}/conversions`, this.params, {signal}), key);
  }

  /** @param {string} text */
  type(text) {
    clearTimeout(this.typing);
    this.typing = setTimeout(() => {
      this.search = text.trim();
      this.page = 1;
    }, 250);
  }

  render() {
    return html`<mr-dialog
      wide
      .heading=${t.panel.moreOf(t.panel.conversions)}
      .content=${() => this.body()}
      @closed=${() => change({more: null}, {replace: true})}
    ></mr-dialog>`;
  }

  body() {
    return html`<div class="tools">
        <input
          type="search"
          placeholder=${t.table.search}
          aria-label=${t.table.search}
          @input=${(/** ? */ event) => this.type(event.target.value)}
        />
        <a
          class="button"
          href=${`${this.base}/conversions${query({...this.params, page: 1, limit: MOST, format: 'csv'})}`}
          download="conversions.csv"
          >${t.table.csv}</a
        >
      </div>
      ${this.cut()}
      <div class="whole ${this.loading.busy ? 'stale' : ''}">
        ${shown(this.loading, lines(10), (data) => this.table(data))}
      </div>`;
  }

  /** Says what the CSV lacks. */
  cut() {
    const total = this.loading.data?.pagination.total ?? 0;
    if (total <= MOST) return nothing;
    return html`<p class="muted">${t.table.cut(format.whole(MOST), format.whole(total))}</p>`;
  }

  /** @param {!Api.Conversions} page */
  table({conversions, pagination}) {
    if (!conversions.length) return html`<p class="empty">${t.table.none}</p>`;
    /** @type {function(number, string): !Page.Template} */
    const to = (step, label) =>
      html` <button class="button" type="button" @click=${() => (this.page += step)}>${label}</button>`;
    return html`<table class="data">
        <thead>
          <tr>
            ${['order', 'time', 'source', 'visitor'].map((c) => html`<th scope="col">${t.payments[c]}</th>`)}
            <th scope="col" class="n">${t.payments.amount}</th>
          </tr>
        </thead>
        <tbody>
          ${conversions.map(
            (c) =>
              html`<tr>
                <th scope="row">${c.external_id}</th>
                <td>${format.moment(c.occurred_at)}</td>
                <td>${c.source ?? '–'}</td>
                <td>
                  ${c.visitor_id ? html`<a href="${this.route.home}/journey?visitor=${encodeURIComponent(c.visitor_id)}" title=${t.realtime.journey}>${c.visitor_id.slice(0, 12)}</a>` : '–'}
                </td>
                <td class="n">
                  ${format.money(c.amount, c.currency)}${c.status === 'refunded' ? html` <span class="muted">${t.payments.refunded}</span>` : nothing}
                </td>
              </tr>`,
          )}
        </tbody>
      </table>
      <p class="muted foot">
        ${t.payments.page(pagination.page, pagination.totalPages, format.whole(pagination.total))}${pagination.page > 1 ? to(-1, t.payments.newer) : nothing}${pagination.page < pagination.totalPages ? to(1, t.payments.older) : nothing}
      </p>`;
  }
}
customElements.define('mr-payments', Payments);
