/** The totals with their change; a click shows one in the graph. */
import {html, nothing} from '../lib/element.js';
import {t} from '../strings.js';
import * as format from '../lib/format.js';
import {change} from '../lib/route.js';

/** @type {function({sessions: number}, number): number} */
const perVisit = ({sessions}, views) => (sessions ? views / sessions : 0);

/**
 * @param {string} id
 * @param {function(!Api.Totals): number} of
 * @param {function(!Api.SeriesRow): number} at
 * @param {function(!Api.Overview): ?number} change
 * @param {function(number): string} show
 * @param {boolean=} less
 * @return {!Page.Metric}
 */
const metric = (id, of, at, change, show, less = false) => ({id, of, at, change, show, less});

const viewsPerVisit = metric(
  'views_per_visit',
  (totals) => perVisit(totals, totals.pageViews),
  (row) => perVisit(row, row.page_views),
  ({current, previous}) => changed(perVisit(current, current.pageViews), perVisit(previous, previous.pageViews)),
  format.decimal,
);

/** What is shown of the totals. */
export const METRICS = [
  metric(
    'visitors',
    (t) => t.visitors,
    (r) => r.visitors,
    (o) => o.changes.visitors,
    format.compact,
  ),
  metric(
    'sessions',
    (t) => t.sessions,
    (r) => r.sessions,
    (o) => o.changes.sessions,
    format.compact,
  ),
  metric(
    'page_views',
    (t) => t.pageViews,
    (r) => r.page_views,
    (o) => o.changes.pageViews,
    format.compact,
  ),
  viewsPerVisit,
  metric(
    'bounce_rate',
    (t) => t.bounceRate,
    (r) => r.bounce_rate,
    (o) => o.changes.bounceRate,
    format.percent,
    true,
  ),
  metric(
    'avg_duration',
    (t) => t.avgDuration,
    (r) => r.avg_duration,
    (o) => o.changes.avgDuration,
    format.duration,
  ),
];

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
 * @param {?number} percent
 * @param {!Page.Metric} metric
 * @param {number} before
 */
function arrow(percent, metric, before) {
  if (percent === null) return html`<span class="delta muted" title=${t.noChange}>–</span>`;
  const round = Math.abs(percent) < 0.05;
  const good = round ? '' : percent > 0 !== Boolean(metric.less) ? 'good' : 'bad';
  const sign = round ? '' : percent > 0 ? '↑ ' : '↓ ';
  const text = `${sign}${format.percent(Math.abs(percent))}`;
  return html`<span class="delta ${good}" title=${t.change(text, metric.show(before))}>${text}</span>`;
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
          ${compare ? arrow(data.period.previous ? metric.change(data) : null, metric, metric.of(data.previous)) : nothing}
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
