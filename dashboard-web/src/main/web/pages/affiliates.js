/** What affiliates brought, who they are, and the links to share their figures. */
import {html, nothing} from '../lib/element.js';
import {send} from '../lib/http.js';
import {asked} from '../lib/filters.js';
import {withParams} from '../lib/route.js';
import {t} from '../strings.js';
import * as format from '../lib/format.js';
import {EditingPage} from '../ui/editing.js';
import {figures, visits} from '../ui/figures.js';
import {icons} from '../ui/icons.js';
import {copyable, empty, once} from '../ui/states.js';
import {sorted} from '../ui/sorted.js';
import {scrolling} from '../ui/table.js';
import '../ui/graph.js';
import '../ui/statement.js';

class Affiliates extends EditingPage {
  static properties = {made: {state: true}};

  constructor() {
    super('affiliates', t.affiliates, 'affiliate');
    /**
     * The share link that was made, to be shown once.
     * @type {?string}
     */
    this.made = null;
  }

  willUpdate() {
    const path = `${this.app.base}/affiliates${this.chosen ? `/${this.chosen}` : ''}`;
    if (this.loading.ask(path, asked(this.app.route.params))) this.made = null;
  }

  render() {
    return this.page(
      this.chosen ? this.loading.data?.affiliate?.name : null,
      this.app.site?.may_edit && !this.chosen
        ? html`<button class="button primary" data-add-affiliate @click=${() => this.edit({})}>
            ${icons.plus()}<span>${t.affiliates.add}</span>
          </button>`
        : nothing,
      (data) => (this.chosen ? this.one(data) : this.list(data)),
    );
  }

  /** @param {!Api.Affiliates} data */
  list(data) {
    if (!data.affiliates.length) return empty(t.affiliates.empty, t.affiliates.emptyHint);
    const {currency} = data.totals;
    const running = Date.parse(data.period.to) > Date.now();
    const shared = this.app.base.startsWith('/api/shared/');
    const of = t.affiliates;
    const heads = [of.name, of.rate, of.visits, of.visitors, of.conversions, of.revenue, of.commission];
    /** @param {!Api.AffiliateRow} a */
    const name = (a) =>
      html`${shared ? a.name : html`<a href=${withParams({affiliate: a.id})}>${a.name}</a>`}
        <span class="muted">?ref=${a.slug}</span>`;
    /** @type {function({visits: number, unique_visitors: number, conversions: number, revenues: !Array<?>}): !Array<string>} */
    const brought = (row) => [
      ...[row.visits, row.unique_visitors, row.conversions].map(format.whole),
      ...['revenue', 'commission'].map((name) => format.amounts(row.revenues, name, currency)),
    ];
    const rows = data.affiliates.map((a) => [name(a), format.percent(100 * a.commission_rate), ...brought(a)]);
    const keys = data.affiliates.map((a) => [
      a.name,
      a.commission_rate,
      ...[a.visits, a.unique_visitors, a.conversions, a.revenue, a.commission],
    ]);
    const total = [html`<b>${t.affiliates.total}</b>`, '', ...brought(data.totals)];
    return html`<section class="box">
        <h2>${t.affiliates.graph}</h2>
        <mr-graph
          .rows=${visits(data.timeSeries)}
          .label=${t.affiliates.visits}
          .show=${format.compact}
          .running=${running}
        ></mr-graph>
      </section>
      <section class="box">
        ${scrolling(t.affiliates.title, sorted('data', heads, rows, keys, true, [total]))}
      </section>`;
  }

  /** @param {!Api.Affiliate} data */
  one(data) {
    const a = data.affiliate;
    const {site} = this.app;
    return html`<section class="box">
        <h2>${t.affiliates.link}</h2>
        ${copyable(`https://${site?.domain}/?ref=${a.slug}`, t.affiliates.link)}
        ${site?.may_edit ? html`<p class="inline actions"><button class="button" @click=${() => this.edit(a)}>${t.affiliates.edit}</button><button class="button" data-share @click=${() => this.share(a)}>${t.affiliates.makeShare}</button></p>` : nothing}
        ${once(this.made, t.affiliates.shareHint, t.affiliates.share)}
      </section>
      ${figures(data)}
      <mr-statement
        .route=${this.app.route}
        .report=${`${this.app.base}/affiliates/${a.id}/statement`}
        .payouts=${site?.may_edit ? `/api/sites/${this.app.route.site}/affiliates/${a.id}/payouts` : null}
      ></mr-statement>`;
  }

  /** @param {!Api.AffiliateHead} affiliate */
  async share(affiliate) {
    const link = await send('POST', `/api/sites/${this.app.route.site}/links`, {
      name: affiliate.name,
      affiliate_id: affiliate.id,
    });
    this.made = location.origin + link.path;
  }

  body({name, slug, rate, window}) {
    return {name, slug, rate: Number(rate) / 100, window_days: Number(window)};
  }

  fields() {
    const a = this.edited;
    return html`<label>${t.affiliates.name}<input name="name" required maxlength="120" .value=${a.name ?? ''} /></label>
      <label
        >${t.affiliates.slug}<input
          name="slug"
          required
          maxlength="64"
          pattern="[A-Za-z0-9_\\-]+"
          autocapitalize="off"
          .value=${a.slug ?? ''}
          aria-describedby="slug-hint"
      /></label>
      <p class="muted" id="slug-hint">${t.affiliates.slugHint}</p>
      <div class="pair">
        <label
          >${t.affiliates.rate}, %<input
            name="rate"
            type="number"
            min="0"
            max="100"
            step="0.1"
            required
            .value=${String(Math.round(1000 * (a.commission_rate ?? 0.2)) / 10)}
        /></label>
        <label
          >${t.affiliates.window}<input
            name="window"
            type="number"
            min="1"
            max="3650"
            required
            .value=${String(a.window_days ?? 60)}
        /></label>
      </div>`;
  }
}
customElements.define('mr-affiliates', Affiliates);
