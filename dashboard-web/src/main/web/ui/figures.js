/** The figures of one affiliate: for the site's people, and for whoever has its share link. */
import {html, nothing} from '../lib/element.js';
import {t} from '../strings.js';
import * as format from '../lib/format.js';
import {stats} from './table.js';
import './graph.js';

/**
 * The visits of affiliates over time, for the graph.
 * @param {!Array<!Api.AffiliateVisits>} series
 * @return {!Array<!Page.Point>}
 */
export const visits = (series) => series.map((r) => ({date: r.date, value: r.visits}));

/** @param {!Api.Affiliate} data */
export function figures(data) {
  const s = data.stats;
  const running = Date.parse(data.period.to) > Date.now();
  return html`${stats([
      [t.affiliates.visits, format.whole(s.visits)],
      [t.affiliates.visitors, format.whole(s.uniqueVisitors)],
      [t.affiliates.conversions, format.whole(s.conversions)],
      [t.affiliates.rateOf, format.percent(s.conversionRate)],
      [t.affiliates.revenue, format.money(s.revenue, s.currency)],
      [t.affiliates.commission, format.money(s.commission, s.currency)],
    ])}
    <section class="box">
      <h2>${t.affiliates.graph}</h2>
      <mr-graph
        .rows=${visits(data.visitTimeSeries)}
        .label=${t.affiliates.visits}
        .show=${format.compact}
        .running=${running}
      ></mr-graph>
    </section>
    <div class="columns">
      <section class="box">
        <h2>${t.affiliates.landing}</h2>
        ${rows(data.landingPages)}
      </section>
      ${
        data.conversions
          ? html`<section class="box">
              <h2>${t.affiliates.payments}</h2>
              ${payments(data.conversions)}
            </section>`
          : nothing
      }
    </div>`;
}

/** @param {!Array<!Api.CountRow>} pages */
function rows(pages) {
  if (!pages.length) return html`<p class="muted">${t.state.nothing}</p>`;
  const top = Math.max(...pages.map((p) => p.count), 1);
  return html`<ul class="rows">
    ${pages.map((p) => html`<li class="row"><i class="bar" .style=${`width:${(100 * p.count) / top}%`}></i><span class="row-name">${format.name('page', p.name)}</span><span class="row-value">${format.whole(p.count)}</span></li>`)}
  </ul>`;
}

/** @param {!Array<!Api.AffiliateConversion>} list */
function payments(list) {
  if (!list.length) return html`<p class="muted">${t.state.nothing}</p>`;
  return html`<table class="data">
    <tbody>
      ${list.map(
        (c) =>
          html`<tr>
            <th scope="row">${format.moment(c.occurred_at)}</th>
            <td class="n">${format.money(c.amount, c.currency)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}
