/** The statement of an affiliate: what was earned, lost by refunds and paid, and what is due. */
import {FormElement, Loading, html, nothing} from '../lib/element.js';
import {get, query, send} from '../lib/http.js';
import {dates} from '../lib/filters.js';
import {t} from '../strings.js';
import * as format from '../lib/format.js';
import {submitted} from './form.js';
import {lines, say, shown} from './states.js';
import {scrolling, table} from './table.js';
import './dialog.js';

class Statement extends FormElement {
  static properties = {route: {attribute: false}, report: {}, payouts: {}, paid: {state: true}, adding: {state: true}};

  constructor() {
    super();
    /** @type {!Page.Route} */
    this.route;
    this.report = '';
    /**
     * Where payouts are recorded, for those who may.
     * @type {?string}
     */
    this.payouts = null;
    /** @type {!Array<!Api.PaidOut>} */
    this.paid = [];
    this.adding = false;
    /** @type {!Loading<!Api.Statement>} */
    this.loading = new Loading(this);
  }

  willUpdate() {
    if (this.loading.ask(this.report, dates(this.route.params))) this.list();
  }

  async list() {
    if (this.payouts) this.paid = /** @type {!Api.PayoutList} */ (await get(this.payouts)).payouts;
  }

  render() {
    const csv = `${this.report}${query({...dates(this.route.params), format: 'csv'})}`;
    return html`<section class="box">
      <h2>${t.statement.title}</h2>
      ${shown(this.loading, lines(4), (data) => this.months(data))}
      <p class="inline actions">
        <a class="button" href=${csv} download="statement.csv">${t.table.csv}</a>
        ${this.payouts ? html`<button class="button" data-add-payout @click=${() => (this.adding = true)}>${t.statement.add}</button>` : nothing}
      </p>
      ${this.paid.length ? this.listed() : nothing}
      ${this.adding ? html`<mr-dialog .heading=${t.statement.add} .content=${(close) => this.form(close)} @closed=${() => (this.adding = false)}></mr-dialog>` : nothing}
    </section>`;
  }

  /** @param {!Api.Statement} data */
  months({balances, months}) {
    const of = t.statement;
    if (!balances.length) return html`<p class="muted">${t.state.nothing}</p>`;
    const heads = [of.month, t.metric.conversions, of.revenue, of.commission, of.refunded, of.paid, of.due];
    const rows = months.map((m) => [
      format.bucket(m.month, 'month'),
      format.whole(m.conversions),
      ...[m.revenue, m.commission, m.refunded, m.paid, m.due].map((minor) => format.money(minor, m.currency)),
    ]);
    return html`<p data-due>${of.due}: <b>${format.amounts(balances, 'due', null)}</b></p>
      ${rows.length ? scrolling(of.title, table('data', heads, rows)) : html`<p class="muted">${t.state.nothing}</p>`}`;
  }

  listed() {
    const of = t.statement;
    const rows = this.paid.map((p) => [
      p.reference,
      format.moment(p.paid_at),
      html`<button class="button" aria-label=${`${t.state.remove}: ${p.reference}`} @click=${() => this.takeBack(p)}>
        ${t.state.remove}
      </button>`,
      format.money(p.amount, p.currency),
    ]);
    return html`<h3>${of.payouts}</h3>
      ${scrolling(of.payouts, table('data', [of.reference, of.date, '', of.amount], rows, 3))}`;
  }

  /** @param {!Api.PaidOut} payout */
  async takeBack(payout) {
    if (!confirm(t.state.sure)) return;
    await send('DELETE', `${this.payouts}/${payout.id}`);
    await this.again();
  }

  async again() {
    await Promise.all([this.loading.again(), this.list()]);
  }

  /**
   * @param {!Event} event
   * @param {function(): void} close
   */
  submit(event, close) {
    const {reference, amount, currency, date} = submitted(event);
    return this.attempt(async () => {
      await send('POST', /** @type {string} */ (this.payouts), {
        reference,
        amount: format.minor(amount, currency) ?? amount,
        currency,
        ...(date ? {paid_at: `${date}T12:00:00Z`} : {}),
      });
      close();
      say(t.state.saved);
      await this.again();
    });
  }

  /** @param {function(): void} close */
  form(close) {
    const of = t.statement;
    const currency = this.loading.data?.balances[0]?.currency ?? '';
    return html`<form class="form" @submit=${(event) => this.submit(event, close)}>
      <div class="pair">
        <label>${of.amount}<input name="amount" required inputmode="decimal" /></label>
        <label>${of.currency}<input name="currency" required pattern="[A-Za-z]{3}" .value=${currency} /></label>
      </div>
      <label
        >${of.reference}<input name="reference" required maxlength="200" aria-describedby="reference-hint"
      /></label>
      <p class="muted" id="reference-hint">${of.referenceHint}</p>
      <label>${of.date}<input name="date" type="date" /></label>
      ${this.failed()}
      <footer>
        <button class="button" type="button" @click=${close}>${t.state.cancel}</button
        ><button class="button primary">${t.state.save}</button>
      </footer>
    </form>`;
  }
}
customElements.define('mr-statement', Statement);
