/** Who comes back: for each day, week or month those whose first visit it was, and their share in each one after it. */
import {Loading, PageElement, html, nothing} from '../lib/element.js';
import {query} from '../lib/http.js';
import {asked} from '../lib/filters.js';
import {change} from '../lib/route.js';
import {t} from '../strings.js';
import * as format from '../lib/format.js';
import {lines as skeleton, shown} from '../ui/states.js';
import {scrolling, table} from '../ui/table.js';
import '../ui/filterbar.js';
import '../ui/period.js';

export const UNITS = ['day', 'week', 'month'];

class Retention extends PageElement {
  constructor() {
    super();
    /** @type {!Loading<!Api.Retention>} */
    this.loading = new Loading(this);
  }

  get report() {
    return `${this.app.base}/retention`;
  }

  get params() {
    const {params} = this.app.route;
    return {...asked(params), unit: params.get('unit')};
  }

  willUpdate() {
    this.loading.ask(this.report, this.params);
  }

  render() {
    const {route, base, link, site} = this.app;
    const unit = route.params.get('unit') ?? 'week';
    return html`<div class="toolbar">
        <h1>${t.retention.title}</h1>
        <label class="choice"
          ><span class="hidden">${t.retention.unit}</span
          ><select name="unit" @change=${(/** ? */ event) => change({unit: event.target.value}, {replace: true})}>
            ${UNITS.map((u) => html`<option value=${u} ?selected=${u === unit}>${t.retention.units[u]}</option>`)}
          </select></label
        >
        <mr-filter-bar .route=${route} .base=${base} .site=${site} .link=${link}></mr-filter-bar
        ><span class="spring"></span
        ><mr-period plain .route=${route} .report=${this.loading.data?.period} .zone=${site?.timezone}></mr-period>
        <a class="button" href="${this.report}${query({...this.params, format: 'csv'})}" download="retention.csv"
          >${t.table.csv}</a
        >
      </div>
      ${shown(this.loading, skeleton(8), (data) => this.cohorts(data))}`;
  }

  /** @param {!Api.Retention} data */
  cohorts({unit, rows, cookieless, cookielessShare}) {
    const firsts = rows.filter((r) => r.after === 0);
    const heads = [t.retention.cohort, t.metric.visitors, ...firsts.slice(1).map((_, i) => `+${i + 1}`)];
    const cells = firsts.map((first) => [
      format.bucket(first.cohort, unit),
      format.whole(first.visitors),
      ...rows.filter((r) => r.cohort === first.cohort && r.after > 0).map((r) => this.shade(r)),
    ]);
    return html`<section class="box">
      ${scrolling(t.retention.title, table('data shades', heads, cells))}
      ${cookieless ? html`<p class="muted foot" data-left-out>${t.leftOut(format.percent(cookielessShare))}</p>` : nothing}
    </section>`;
  }

  /** @param {!Api.RetentionRow} row */
  shade({visitors, returned, rate}) {
    if (!visitors) return nothing;
    const share = format.percent(rate);
    return html`<span
      class="shade"
      .style=${`--share:${rate}%`}
      title=${t.retention.returned(share, format.whole(returned))}
      >${share}</span
    >`;
  }
}
customElements.define('mr-retention', Retention);
