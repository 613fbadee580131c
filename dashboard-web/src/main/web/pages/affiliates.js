/** What affiliates brought, who they are, and the links to share their figures. */
import {Loading, PageElement, html, nothing} from '../lib/element.js';
import {send} from '../lib/http.js';
import {asked} from '../lib/filters.js';
import {change, withParams} from '../lib/route.js';
import {t} from '../strings.js';
import * as format from '../lib/format.js';
import {figures, visits} from '../ui/figures.js';
import {submitted} from '../ui/form.js';
import {icons} from '../ui/icons.js';
import {copyable, empty, lines, once, say, shown} from '../ui/states.js';
import {scrolling, table} from '../ui/table.js';
import '../ui/dialog.js';
import '../ui/filterbar.js';
import '../ui/graph.js';
import '../ui/period.js';

class Affiliates extends PageElement {
  static properties = {edited: {state: true}, made: {state: true}};

  constructor() {
    super();
    /**
     * The affiliate in the window; without an id, one to add.
     * @type {?{id: (number|undefined), name: (string|undefined), slug: (string|undefined), commission_rate: (number|undefined), window_days: (number|undefined)}}
     */
    this.edited = null;
    /**
     * The share link that was made, to be shown once.
     * @type {?string}
     */
    this.made = null;
    /** @type {!Loading<?>} */
    this.loading = new Loading(this);
  }

  get chosen() {
    return Number(this.app.route.params.get('affiliate')) || null;
  }

  willUpdate() {
    const path = `${this.app.base}/affiliates${this.chosen ? `/${this.chosen}` : ''}`;
    if (this.loading.ask(path, asked(this.app.route.params))) this.made = null;
  }

  render() {
    const {route, base, site} = this.app;
    const one = this.chosen ? this.loading.data?.affiliate : null;
    return html`<div class="toolbar">
        <h1>${one?.name ?? t.affiliates.title}</h1>
        ${this.chosen ? html`<a class="button" href=${withParams({affiliate: null})}>${icons.left()}<span>${t.affiliates.all}</span></a>` : nothing}
        <mr-filter-bar .route=${route} .base=${base} .site=${this.app.site} .link=${this.app.link}></mr-filter-bar
        ><span class="spring"></span
        ><mr-period plain .route=${route} .report=${this.loading.data?.period} .zone=${site?.timezone}></mr-period>
        ${site?.may_edit && !this.chosen ? html`<button class="button primary" data-add-affiliate @click=${() => this.edit({})}>${icons.plus()}<span>${t.affiliates.add}</span></button>` : nothing}
      </div>
      ${shown(this.loading, lines(8), (data) => (this.chosen ? this.one(data) : this.all(data)))}
      ${this.edited ? html`<mr-dialog .heading=${this.edited.id ? t.affiliates.edit : t.affiliates.add} .content=${(close) => this.form(close)} @closed=${() => (this.edited = null)}></mr-dialog>` : nothing}`;
  }

  /** @param {!Api.Affiliates} data */
  all(data) {
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
    rows.push([html`<b>${t.affiliates.total}</b>`, '', ...brought(data.totals)]);
    return html`<section class="box">
        <h2>${t.affiliates.graph}</h2>
        <mr-graph
          .rows=${visits(data.timeSeries)}
          .label=${t.affiliates.visits}
          .show=${format.compact}
          .running=${running}
        ></mr-graph>
      </section>
      <section class="box">${scrolling(t.affiliates.title, table('data', heads, rows))}</section>`;
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
      ${figures(data)}`;
  }

  /** @param {?} affiliate */
  edit(affiliate) {
    this.refused = null;
    this.edited = affiliate;
  }

  /** @param {!Api.AffiliateHead} affiliate */
  async share(affiliate) {
    const link = await send('POST', `/api/sites/${this.app.route.site}/links`, {
      name: affiliate.name,
      affiliate_id: affiliate.id,
    });
    this.made = location.origin + link.path;
  }

  /**
   * @param {!Event} event
   * @param {function(): void} close
   */
  submit(event, close) {
    const {name, slug, rate, window} = submitted(event);
    const {id} = this.edited;
    const path = `/api/sites/${this.app.route.site}/affiliates${id ? `/${id}` : ''}`;
    return this.attempt(async () => {
      await send(id ? 'PUT' : 'POST', path, {name, slug, rate: Number(rate) / 100, window_days: Number(window)});
      close();
      say(t.state.saved);
      await this.loading.again();
    });
  }

  /** @param {function(): void} close */
  async removeEdited(close) {
    if (!confirm(t.state.sure)) return;
    await this.attempt(async () => {
      await send('DELETE', `/api/sites/${this.app.route.site}/affiliates/${this.edited.id}`);
      close();
      change({affiliate: null});
    });
  }

  /** @param {function(): void} close */
  form(close) {
    const a = this.edited;
    return html`<form class="form" @submit=${(event) => this.submit(event, close)}>
      <label>${t.affiliates.name}<input name="name" required maxlength="120" .value=${a.name ?? ''} /></label>
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
      </div>
      ${this.failed()}
      <footer>
        ${a.id ? html`<button class="button danger" type="button" @click=${() => this.removeEdited(close)}>${t.state.remove}</button><span class="spring"></span>` : nothing}<button
          class="button"
          type="button"
          @click=${close}
        >
          ${t.state.cancel}</button
        ><button class="button primary">${t.state.save}</button>
      </footer>
    </form>`;
  }
}
customElements.define('mr-affiliates', Affiliates);
