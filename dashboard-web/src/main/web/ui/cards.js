/** The totals with their change; a click shows one in the graph. */
import {html, nothing} from '../lib/element.js';
import {t} from '../strings.js';
import * as format from '../lib/format.js';
import {change} from '../lib/route.js';

/** @type {function({sessions: number}, number): number} */
const perVisit = ({sessions}, views) => (sessions ? views / sessions : 0);

/**
 * @param {string} id what rows of the series call it
 * @param {string} name what totals and their changes call it
 * @param {function(number): string} show
 * @param {boolean=} less
 * @return {!Page.Metric}
 */
const metric = (id, name, show, less = false) => ({
  id,
  of: (totals) => totals[name],
  at: (row) => row[id],
  change: ({changes}) => changes[name],
  show,
  less,
});

/** What is shown of the totals. */
export const METRICS = [
  metric('visitors', 'visitors', format.compact),
  metric('sessions', 'sessions', format.compact),
  metric('page_views', 'pageViews', format.compact),
  {
    id: 'views_per_visit',
    of: (totals) => perVisit(totals, totals.pageViews),
    at: (row) => perVisit(row, row.page_views),
    change: ({current, previous}) =>
      changed(perVisit(current, current.pageViews), perVisit(previous, previous.pageViews)),
    show: format.decimal,
  },
  metric('bounce_rate', 'bounceRate', format.percent, true),
  metric('avg_duration', 'avgDuration', format.duration),
];

/**
 * The other metric in the graph, or null.
 * @param {!URLSearchParams} params
 */
export const secondOf = (params) =>
  METRICS.find((m) => m.id === params.get('second') && m !== metricOf(params)) ?? null;

/** @type {function(!URLSearchParams): !Page.Metric} */
export const metricOf = (params) => METRICS.find((m) => m.id === params.get('metric')) ?? METRICS[0];

/**
 * @param {number} now
 * @param {number} before
 */
function changed(now, before) {
  return before ? (100 * (now - before)) / before : null;
}

/**
 * A change in percent, by its arrow and its colour.
 * @param {?number} percent null: there is nothing to compare with
 * @param {string} title
 * @param {boolean=} less whether less is better
 */
export function delta(percent, title, less = false) {
  if (percent === null) return html`<span class="delta muted" title=${t.noChange}>–</span>`;
  const round = Math.abs(percent) < 0.05;
  const good = round ? '' : percent > 0 !== less ? 'good' : 'bad';
  const sign = round ? '' : percent > 0 ? '↑ ' : '↓ ';
  return html`<span class="delta ${good}" title=${title}>${sign}${format.percent(Math.abs(percent))}</span>`;
}

/**
 * @param {!Api.Overview} data
 * @param {!Page.Metric} metric
 */
function changeOf(data, metric) {
  const percent = data.period.previous ? metric.change(data) : null;
  return delta(percent, t.change(metric.show(metric.of(data.previous))), Boolean(metric.less));
}

/**
 * @param {!Api.Overview} data
 * @param {!URLSearchParams} params
 * @param {boolean} compare
 */
export function cards(data, params, compare) {
  const shown = metricOf(params);
  return html`<div class="cards" role="group">
    ${METRICS.map(
      (metric) =>
        html` <button
          class="card"
          type="button"
          aria-pressed=${metric === shown ? 'true' : 'false'}
          data-metric=${metric.id}
          @click=${() => change({metric: metric === METRICS[0] ? null : metric.id}, {replace: true})}
        >
          <span class="card-label">${t.metric[metric.id]}</span>
          <span class="card-value">${metric.show(metric.of(data.current))}</span>
          ${compare ? changeOf(data, metric) : nothing}
        </button>`,
    )}
  </div>`;
}

export const cardsSkeleton = () =>
  html`<div class="cards" aria-hidden="true">
    ${METRICS.map(
      (metric) =>
        html` <div class="card">
          <span class="card-label">${t.metric[metric.id]}</span><span class="card-value"><i class="skeleton"></i></span
          ><span class="delta"><i class="skeleton"></i></span>
        </div>`,
    )}
  </div>`;
