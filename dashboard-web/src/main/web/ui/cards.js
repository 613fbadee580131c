/** The totals with their change; a click shows one in the graph. */
import {html, nothing} from '../lib/element.js';
import {t} from '../strings.js';
import * as format from '../lib/format.js';
import {change} from '../lib/route.js';

/** Of each metric: where it stands in the totals, how it is shown, and whether less of it is better. */
export const METRICS = [
  {id: 'visitors', total: 'visitors', show: format.compact},
  {id: 'sessions', total: 'sessions', show: format.compact},
  {id: 'page_views', total: 'pageViews', show: format.compact},
  {id: 'views_per_visit', total: 'viewsPerVisit', show: format.decimal},
  {id: 'bounce_rate', total: 'bounceRate', show: (v) => format.percent(v), less: true},
  {id: 'avg_duration', total: 'avgDuration', show: format.duration},
];

export const metricOf = (params) => METRICS.find((m) => m.id === params.get('metric')) ?? METRICS[0];

const perVisit = (t) => (t.sessions ? t.pageViews / t.sessions : 0);

function changed(now, before) {
  return before ? (100 * (now - before)) / before : null;
}

function value(totals, metric) {
  return metric.total === 'viewsPerVisit' ? perVisit(totals) : totals[metric.total];
}

function delta(data, metric) {
  if (!data.period.previous) return null;
  return metric.total === 'viewsPerVisit'
    ? changed(perVisit(data.current), perVisit(data.previous))
    : data.changes[metric.total];
}

function arrow(percent, metric, before) {
  if (percent === null || percent === undefined) return html`<span class="delta muted" title=${t.noChange}>–</span>`;
  const round = Math.abs(percent) < 0.05;
  const good = round ? '' : percent > 0 !== Boolean(metric.less) ? 'good' : 'bad';
  const sign = round ? '' : percent > 0 ? '↑ ' : '↓ ';
  const text = `${sign}${format.percent(Math.abs(percent))}`;
  return html`<span class="delta ${good}" title=${t.change(text, metric.show(before))}>${text}</span>`;
}

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
          <span class="card-value">${metric.show(value(data.current, metric))}</span>
          ${compare ? arrow(delta(data, metric), metric, value(data.previous, metric)) : nothing}
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
