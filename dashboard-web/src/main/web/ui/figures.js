/** The figures of one affiliate: for the site's people, and for whoever has its share link. */
import {html, nothing} from '../lib/element.js';
import {t} from '../strings.js';
import * as format from '../lib/format.js';
import {bars, stats} from './table.js';
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
      [t.affiliates.revenue, format.amounts(s.revenues, 'revenue', s.currency)],
      [t.affiliates.commission, format.amounts(s.revenues, 'commission', s.currency)],
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
        ${data.landingPages.length ? bars(data.landingPages, (r) => r.count, 'page') : html`<p class="muted">${t.state.nothing}</p>`}
      </section>
      ${
        data.conversions
          ? html`<section class="box">
              <h2>${t.affiliates.conversions}</h2>
              ${listed(data.conversions)}
            </section>`
          : nothing
      }
    </div>`;
}

/** @param {!Array<!Api.AffiliateConversion>} list */
function listed(list) {
  if (!list.length) return html`<p class="muted">${t.state.nothing}</p>`;
  return html`<table class="data">
    <tbody>
      ${list.map(
        (c) =>
          html`<tr>
            <th scope="row">${format.moment(c.occurred_at)}</th>
            <td class="n">${format.money(c.amount - c.refunded, c.currency)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}
