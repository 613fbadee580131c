/** Which period, and what to compare it with. */
import {html, nothing, Element} from '../lib/element.js';
import {t} from '../strings.js';
import * as format from '../lib/format.js';
import {change} from '../lib/route.js';
import {icons} from './icons.js';
import './menu.js';
import './calendar.js';

export const PERIODS = ['today', 'yesterday', '24h', '7d', '30d', '90d', 'month', 'year', '12m', 'all'];
export const COMPARISONS = ['previous', 'year', 'weekday', 'off'];

export const setPeriod = (period) =>
  change({period: period === '30d' ? null : period, from: null, to: null, interval: null});
export const comparison = (params) =>
  COMPARISONS.includes(params.get('compare')) ? params.get('compare') : 'previous';
export const setComparison = (compare) => change({compare: compare === 'previous' ? null : compare}, {replace: true});

export function periodLabel(params) {
  const from = params.get('from');
  if (from) return t.period.range(format.plainDay(from), format.plainDay(params.get('to') ?? from));
  return t.period[params.get('period') ?? '30d'] ?? params.get('period');
}

const COMPARE_LABELS = {
  previous: t.period.previous,
  year: t.period.yearBefore,
  weekday: t.period.weekday,
  off: t.period.off,
};

export class Period extends Element {
  static properties = {route: {attribute: false}, zone: {}, plain: {type: Boolean}};

  render() {
    const params = this.route.params;
    return html`<div class="period">
      ${this.step()}
      <mr-menu
        align="end"
        .label=${periodLabel(params)}
        .name=${`${t.period.title}: ${periodLabel(params)}`}
        .icon=${icons.calendar}
        .content=${(close) => this.choices(close)}
        .now=${params}
      ></mr-menu>
      ${
        this.plain
          ? nothing
          : html`<mr-menu
              align="end"
              class="compare"
              .label=${COMPARE_LABELS[comparison(params)]}
              .name=${`${t.period.compare}: ${COMPARE_LABELS[comparison(params)]}`}
              .content=${(close) => this.comparisons(close)}
              .now=${params}
            ></mr-menu>`
      }
    </div>`;
  }

  choices(close) {
    const params = this.route.params;
    const now = params.has('from') ? 'custom' : (params.get('period') ?? '30d');
    const choose = (period) => {
      setPeriod(period);
      close();
    };
    return html`<div class="periods">
      <ul>
        ${PERIODS.map((p) => html`<li><button type="button" aria-pressed=${p === now ? 'true' : 'false'} data-period=${p} @click=${() => choose(p)}>${t.period[p]}</button></li>`)}
      </ul>
      <mr-calendar
        .from=${params.get('from')}
        .to=${params.get('to')}
        .zone=${this.zone}
        @chosen=${(event) => {
          change({period: null, interval: null, ...event.detail});
          close();
        }}
      ></mr-calendar>
      ${this.zone ? html`<p class="muted">${t.period.zone(this.zone)}</p>` : nothing}
    </div>`;
  }

  comparisons(close) {
    const now = comparison(this.route.params);
    return html`<ul>
      ${COMPARISONS.map(
        (c) =>
          html`<li>
            <button
              type="button"
              aria-pressed=${c === now ? 'true' : 'false'}
              data-compare=${c}
              @click=${() => {
                setComparison(c);
                close();
              }}
            >
              ${COMPARE_LABELS[c]}
            </button>
          </li>`,
      )}
    </ul>`;
  }

  /** Arrows to the neighbours of chosen days. */
  step() {
    const from = this.route.params.get('from');
    const to = this.route.params.get('to') ?? from;
    if (!from) return nothing;
    const days = (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;
    const moved = (n) => change({from: plus(from, n * days), to: plus(to, n * days)});
    return html`<span class="steps"
      ><button class="button" type="button" aria-label=${t.period.back} @click=${() => moved(-1)}>
        ${icons.left()}</button
      ><button class="button" type="button" aria-label=${t.period.forward} @click=${() => moved(1)}>
        ${icons.right()}
      </button></span
    >`;
  }
}
customElements.define('mr-period', Period);

const plus = (date, days) => new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);
