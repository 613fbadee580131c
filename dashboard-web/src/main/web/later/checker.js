/** Whether a site's tag works: the tag, what has arrived and how it ended, and ways to find out more. */
import {Element, Loading, html, nothing} from '../lib/element.js';
import {Polling} from '../lib/live.js';
import * as format from '../lib/format.js';
import {t} from '../strings.js';
import {snippet} from '../ui/siteform.js';
import {copyable} from '../ui/states.js';
import {scrolling, table} from '../ui/table.js';

/** How long somebody waits for the page that was opened. */
const PATIENCE_S = 20;

class Checker extends Element {
  static properties = {
    site: {attribute: false},
    session: {attribute: false},
    trial: {state: true},
    blocked: {state: true},
  };

  constructor() {
    super();
    /** @type {!Api.Site} */
    this.site;
    /** @type {?Api.Who} */
    this.session = null;
    /**
     * The page that was opened: what there was before, and how many seconds are left to wait.
     * @type {?{before: !Map<string, number>, left: number}}
     */
    this.trial = null;
    /** Whether this browser does not load the tracker. */
    this.blocked = false;
    /** @type {!Loading<!Api.Arrivals>} */
    this.loading = new Loading(this);
    new Polling(this, () => this.look(), 2000);
  }

  willUpdate() {
    this.loading.ask(`/api/sites/${this.site.id}/arrivals`);
  }

  async look() {
    await this.loading.again();
    if (this.trial && !this.ended.length)
      this.trial = {before: this.trial.before, left: Math.max(0, this.trial.left - 2)};
    if (this.arrived) this.dispatchEvent(new CustomEvent('arrived'));
  }

  /** @return {!Map<string, number>} */
  get counts() {
    return new Map((this.loading.data?.arrivals ?? []).map((a) => [a.outcome, a.days30]));
  }

  /** Whether a page view or event has ever been counted. */
  get arrived() {
    return (this.counts.get('stored') ?? 0) > 0;
  }

  /** How beacons have ended since the page was opened. */
  get ended() {
    const {before} = this.trial ?? {before: new Map()};
    return [...this.counts].filter(([outcome, n]) => n > (before.get(outcome) ?? 0)).map(([outcome]) => outcome);
  }

  /** Opens the site, and looks whether its tag runs. */
  async open() {
    this.trial = {before: this.counts, left: PATIENCE_S};
    window.open(`https://${this.site.domain}/`, '_blank', 'noopener');
    this.blocked = !(await fetch(this.session.script, {cache: 'no-store'}).then(
      (answer) => answer.ok,
      () => false,
    ));
  }

  render() {
    const {data} = this.loading;
    const last = data?.arrivals.find((a) => a.outcome === 'stored')?.last;
    const {site} = this;
    return html`${copyable(snippet(site, this.session), t.settings.snippet)}
      <p class="waiting ${this.arrived ? 'arrived' : ''}" role="status">
        <i></i
        ><span
          >${this.arrived ? (last ? t.check.last(format.ago(last.time), format.name('page', last.path)) : t.check.arrived) : t.setup.waiting}</span
        >
      </p>
      <div class="inline">
        <button class="button" type="button" data-check @click=${this.open}>${t.check.open(site.domain)}</button>
      </div>
      ${this.trial ? this.result() : nothing}
      ${data?.arrivals.length ? scrolling(t.check.outcomes, this.outcomes(data.arrivals)) : nothing}
      ${data?.unknownSite ? html`<p class="muted">${t.check.unknownSite(format.whole(data.unknownSite))}</p>` : nothing}
      <details class="as-table">
        <summary>${t.check.terminal}</summary>
        <p class="muted">${t.check.terminalHint}</p>
        ${copyable(`curl -sL https://${site.domain}/ | grep -o '<script[^>]*data-site="${site.id}"[^>]*>'`, t.check.terminal)}
      </details>`;
  }

  /** What has become of the page that was opened. */
  result() {
    const {ended} = this;
    const {left} = /** @type {{left: number}} */ (this.trial);
    const text = ended.includes('stored')
      ? t.check.counted
      : ended.length
        ? t.check.notCounted(ended.map((outcome) => t.check.outcome(outcome)).join(', '))
        : this.blocked
          ? t.check.blocked
          : left
            ? t.check.looking(left)
            : t.check.nothing;
    return html`<p class="once" role="status" data-result>${text}</p>`;
  }

  /** @param {!Array<!Api.Arrival>} arrivals */
  outcomes(arrivals) {
    const rows = arrivals.map((a) => [
      html`${t.check.outcome(a.outcome)}
        <div class="muted">${t.check.why(a.outcome)}</div>`,
      a.last ? html`<span class="nowrap">${format.ago(a.last.time)}</span>` : '–',
      html`<bdi>${a.last?.hostname ?? ''}${format.name('page', a.last?.path ?? ' ').trim()}</bdi>`,
      format.whole(a.today),
      format.whole(a.days30),
    ]);
    return table('data', [t.check.how, t.check.latest, t.check.where, t.period.today, t.check.days30], rows, 3);
  }
}
customElements.define('mr-checker', Checker);
