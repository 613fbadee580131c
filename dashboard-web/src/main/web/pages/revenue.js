/** What payments are credited to, and the payments one by one. */
import {Loading, PageElement, html} from '../lib/element.js';
import {query} from '../lib/http.js';
import {asked} from '../lib/filters.js';
import {change} from '../lib/route.js';
import {t} from '../strings.js';
import * as format from '../lib/format.js';
import {lines, shown} from '../ui/states.js';
import {sorted} from '../ui/sorted.js';
import {scrolling, stats} from '../ui/table.js';
import '../ui/conversions.js';
import '../ui/filterbar.js';
import '../ui/period.js';

/** What the server credits, and how. */
export const CREDITED = ['source', 'channel', 'utm_source', 'utm_medium', 'utm_campaign', 'affiliate'];
export const ATTRIBUTIONS = ['last', 'first', 'linear'];

class Revenue extends PageElement {
  /** @type {!Loading<!Api.Attribution>} */
  loading = new Loading(this);

  get params() {
    const {params} = this.app.route;
    return {
      ...asked(params),
      attribution: params.get('attribution') ?? ATTRIBUTIONS[0],
      dimension: params.get('by') ?? CREDITED[0],
    };
  }

  get report() {
    return `${this.app.base}/attribution`;
  }

  willUpdate() {
    this.loading.ask(this.report, this.params);
  }

  render() {
    const {route, base, site} = this.app;
    const csv = `${this.report}${query({...this.params, limit: 10_000, format: 'csv'})}`;
    return html`<div class="toolbar">
        <h1>${t.revenue.title}</h1>
        <mr-filter-bar .route=${route} .base=${base} .site=${site} .link=${this.app.link}></mr-filter-bar
        ><span class="spring"></span
        ><mr-period plain .route=${route} .report=${this.loading.data?.period} .zone=${site?.timezone}></mr-period>
        <a class="button" href=${csv} download="attribution.csv">${t.table.csv}</a>
      </div>
      ${shown(this.loading, lines(8), (data) => this.credited(data))}
      <section class="box">
        <h2>${t.revenue.list}</h2>
        <mr-conversions inline .route=${route} .base=${base}></mr-conversions>
      </section>`;
  }

  /**
   * @param {string} name
   * @param {string} label
   * @param {!Array<string>} values
   * @param {string} chosen
   * @param {!Object<string, string>} words
   */
  select(name, label, values, chosen, words) {
    return html`<label
      >${label}
      <select name=${name} @change=${(/** ? */ event) => change({[name]: event.target.value}, {replace: true})}>
        ${values.map((v) => html`<option value=${v} ?selected=${v === chosen}>${words[v]}</option>`)}
      </select></label
    >`;
  }

  /** @param {!Api.Attribution} data */
  credited(data) {
    const of = t.revenue;
    // Amounts of several currencies are no order: by currency first.
    const mixed = data.revenues.length > 1;
    const keys = data.rows.map((r) => [r.name, r.conversions, mixed ? r.currency + (1e15 + r.revenue) : r.revenue]);
    const rows = data.rows.map((r) => [
      format.name(data.dimension, r.name),
      format.decimal(r.conversions),
      format.money(r.revenue, r.currency),
    ]);
    return html`${stats([
        [t.metric.conversions, format.whole(data.conversions)],
        ...data.revenues.map((r) => [`${of.revenue}, ${r.currency}`, format.money(r.revenue, r.currency)]),
      ])}
      <section class="box">
        <div class="inline">
          ${this.select('attribution', of.attribution, ATTRIBUTIONS, data.attribution, of.attributions)}
          ${this.select('by', of.by, CREDITED, data.dimension, {...t.dimension, affiliate: of.affiliate})}
        </div>
        <p class="muted">${of.hint[data.attribution]}</p>
        ${
          rows.length
            ? scrolling(
                of.title,
                sorted(
                  'data',
                  [t.table.name, t.metric.conversions, of.revenue],
                  rows,
                  keys,
                  rows.length === data.total,
                ),
              )
            : html`<p class="muted">${t.state.nothing}</p>`
        }
        <p class="muted foot">${t.table.rows(format.whole(rows.length), format.whole(data.total))}</p>
      </section>`;
  }
}
customElements.define('mr-revenue', Revenue);
