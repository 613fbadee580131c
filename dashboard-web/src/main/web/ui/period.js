/** Which period, and what to compare it with. */
import {html, nothing, Element} from '../lib/element.js';
import {t} from '../strings.js';
import {COMPARISONS, PERIODS, comparison, days, moved, periodLabel, setComparison, setPeriod} from '../lib/period.js';
import {change} from '../lib/route.js';
import {icons} from './icons.js';
import './menu.js';
import './calendar.js';

const COMPARE_LABELS = {
  previous: t.period.previous,
  year: t.period.yearBefore,
  weekday: t.period.weekday,
  off: t.period.off,
};

export class Period extends Element {
  static properties = {route: {attribute: false}, report: {attribute: false}, zone: {}, plain: {type: Boolean}};

  constructor() {
    super();
    /** @type {!Page.Route} */
    this.route;
    /**
     * What the report on show says of its period.
     * @type {!Api.Period|undefined}
     */
    this.report = undefined;
    /** @type {string|undefined} */
    this.zone = undefined;
    /** Whether there is nothing to compare with. */
    this.plain = false;
  }

  render() {
    const params = this.route.params;
    return html`${this.onPaper()}
      <div class="period">
        ${this.step()}
        <mr-menu
          align="end"
          .label=${periodLabel(params)}
          .name=${`${t.period.title}: ${periodLabel(params)}`}
          .icon=${icons.calendar}
          .content=${(close) => this.choices(close)}
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
              ></mr-menu>`
        }
      </div>`;
  }

  /** What the menus say, where there are none. */
  onPaper() {
    if (!this.report) return nothing;
    const compared = `${t.period.compare}: ${COMPARE_LABELS[comparison(this.route.params)]}`;
    return html`<p class="on-paper">
      ${periodLabel(this.route.params)} · ${days(this.report)} ·
      ${this.report.zone}${this.plain ? nothing : html` · ${compared}`}
    </p>`;
  }

  /** @param {function(): void} close */
  choices(close) {
    const params = this.route.params;
    const now = params.has('from') ? 'custom' : (params.get('period') ?? '30d');
    /** @param {string} period */
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

  /** @param {function(): void} close */
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
    const from = this.route.params.get('from') ?? '';
    if (!from) return nothing;
    /** @param {number} times */
    const go = (times) => change(moved(from, this.route.params.get('to') ?? from, times));
    return html`<span class="steps"
      ><button class="button" type="button" aria-label=${t.period.back} @click=${() => go(-1)}>${icons.left()}</button
      ><button class="button" type="button" aria-label=${t.period.forward} @click=${() => go(1)}>
        ${icons.right()}
      </button></span
    >`;
  }
}
customElements.define('mr-period', Period);
