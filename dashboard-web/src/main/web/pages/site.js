/** One page a site: who is there, the totals, the graph, and what they came from, saw and used. */
import {Element, Loading, PageElement, html, nothing} from '../lib/element.js';
import {asked, dates, ofPart} from '../lib/filters.js';
import {comparison, daysOf, interval, intervals, spanOf} from '../lib/period.js';
import {carry, change} from '../lib/route.js';
import {Live, Polling} from '../lib/live.js';
import {t} from '../strings.js';
import * as format from '../lib/format.js';
import {METRICS, cards, cardsSkeleton, metricOf, secondOf} from '../ui/cards.js';
import {shown} from '../ui/states.js';
import '../ui/annotations.js';
import '../ui/filterbar.js';
import '../ui/graph.js';
import '../ui/panel.js';
import '../ui/conversions.js';
import '../ui/period.js';
import '../ui/whole.js';

/**
 * The panels, each with its tabs; dimensions that share one are a list.
 * @type {!Array<{name: string, tabs: !Array<(string|!Array<string>)>}>}
 */
export const PANELS = [
  {
    name: 'sources',
    tabs: [
      ['source', 'referrer'],
      'channel',
      ['utm_campaign', 'utm_source', 'utm_medium', 'utm_term', 'utm_content'],
      'affiliates',
    ],
  },
  {name: 'pages', tabs: ['page', 'entry_page', 'exit_page', 'hostname']},
  {name: 'places', tabs: ['map', 'country', 'region', 'city', 'language']},
  {name: 'technology', tabs: [['browser', 'browser_version'], ['os', 'os_version'], 'device', 'screen']},
  {name: 'events', tabs: ['event', 'property']},
  {name: 'conversions', tabs: ['conversions', 'goals']},
];

/**
 * Whether the period goes on, so that its last bucket is not whole.
 * @param {!Api.Overview} data
 */
function running(data) {
  return Date.parse(data.period.to) > Date.now();
}

const skeleton = () =>
  html`<div class="summary">
      ${cardsSkeleton()}
      <div class="graph-tools"></div>
      <div class="graph-space" aria-hidden="true"><i class="skeleton"></i></div>
    </div>
    <div class="panels">
      ${PANELS.map(({name, tabs}) => html`<mr-panel .name=${name} .tabs=${tabs} .route=${{params: new URLSearchParams()}}></mr-panel>`)}
    </div>`;

class Skeleton extends Element {
  render() {
    return html`<div class="toolbar"><i class="skeleton word"></i></div>
      ${skeleton()}`;
  }
}
customElements.define('mr-site-skeleton', Skeleton);

class SitePage extends PageElement {
  constructor() {
    super();
    this.round = 0;
    /** @type {!Loading<!Api.Overview>} */
    this.loading = new Loading(this);
    /** @type {!Loading<!Api.AnnotationList>} */
    this.noted = new Loading(this);
    /** @type {!Loading<!Api.Arrivals>} */
    this.arrivals = new Loading(this);
    this.live = new Live(this);
    new Polling(this, () => this.refresh(), 60_000);
  }

  get params() {
    const params = this.app.route.params;
    const compare = comparison(params);
    return {...asked(params), interval: interval(params), compare: compare === 'off' ? null : compare};
  }

  willUpdate() {
    const {base, link} = this.app;
    if (!ofPart(link)) this.live.watch(base);
    this.loading.ask(`${base}/overview`, this.params);
    if (!link) this.noted.ask(this.annotations, dates(this.app.route.params));
  }

  /**
   * Helps with the tag where nothing has ever been counted.
   * @param {!Api.Overview} data
   */
  firstMinutes(data) {
    const {link, site, session} = this.app;
    if (data.current.sessions || link || !site?.may_edit) return nothing;
    this.arrivals.ask(`/api/sites/${site.id}/arrivals`);
    const {data: known} = this.arrivals;
    if (!known || known.arrivals.some((a) => a.outcome === 'stored')) return nothing;
    import('../later/checker.js').catch(() => null);
    return html`<section class="box">
      <h2>${t.setup.snippetTitle}</h2>
      <mr-checker
        .site=${site}
        .session=${session}
        @arrived=${() => change({period: 'today'}, {replace: true})}
      ></mr-checker>
    </section>`;
  }

  /** Where annotations are, which no link shows. */
  get annotations() {
    return `/api/sites/${this.app.route.site}/annotations`;
  }

  /** Chosen days that are over stay as they are; all else is of another time at midnight. */
  refresh() {
    const over = this.app.route.params.has('from') && this.loading.data && !running(this.loading.data);
    if (over) return null;
    this.round++;
    return this.loading.again();
  }

  nextInterval() {
    const all = [null, ...intervals(this.app.route.params)];
    change({interval: all[(all.indexOf(interval(this.app.route.params)) + 1) % all.length]}, {replace: true});
  }

  render() {
    const {route, base, site} = this.app;
    const {data} = this.loading;
    return html`<h1 class="hidden">${site?.domain ?? t.nav.site}</h1>
      <div class="toolbar">
        ${this.nowHere()}
        <mr-filter-bar .route=${route} .base=${base} .site=${this.app.site} .link=${this.app.link}></mr-filter-bar>
        <span class="spring"></span>
        <mr-period .route=${route} .report=${data?.period} .zone=${data?.site.timezone ?? site?.timezone}></mr-period>
      </div>
      ${shown(this.loading, skeleton(), (data) => this.report(data, this.loading.stale))}
      ${
        route.params.get('more') === 'conversions'
          ? html`<mr-conversions .route=${route} .base=${base}></mr-conversions>`
          : route.params.has('more')
            ? html`<mr-whole .route=${route} .base=${base}></mr-whole>`
            : nothing
      }`;
  }

  nowHere() {
    const {route, link} = this.app;
    if (ofPart(link)) return nothing;
    const count = this.live.data?.count;
    const {lost} = this.live;
    return html`<a
      class="now ${count && !lost ? 'on' : ''} ${lost ? 'stale' : ''}"
      title=${lost ? t.live.lost(format.time(lost)) : nothing}
      href=${carry(`${route.home}/realtime`, route.params)}
      ><i></i
      ><span
        >${count === undefined ? html`<i class="skeleton word"></i>` : lost ? t.live.then(format.whole(count), format.time(lost)) : t.live.now(format.whole(count))}</span
      ></a
    >`;
  }

  /**
   * @param {!Api.Overview} data
   * @param {boolean} busy
   */
  report(data, busy) {
    const {route, base, session} = this.app;
    const compare = comparison(route.params) !== 'off';
    return html`${this.firstMinutes(data)}
      <section class="summary ${busy ? 'stale' : ''}" aria-busy=${busy ? 'true' : 'false'}>
        ${cards(data, route.params, compare)} ${this.tools()} ${this.graph(data)}
      </section>
      <div class="panels">
        ${PANELS.map(({name, tabs}) => html`<mr-panel .name=${name} .tabs=${tabs} .route=${route} .base=${base} .overview=${data} .stale=${busy} .round=${this.round} .placeless=${session?.places === false}></mr-panel>`)}
      </div>`;
  }

  tools() {
    const params = this.app.route.params;
    const now = interval(params) ?? '';
    const second = secondOf(params);
    return html`<div class="graph-tools">
      <h2>${t.metric[metricOf(params).id]}</h2>
      ${
        this.app.link
          ? nothing
          : html`<mr-annotations
              .path=${this.annotations}
              .all=${this.noted.data?.annotations ?? []}
              .edits=${Boolean(this.app.site?.may_edit)}
              @changed=${() => this.noted.again()}
            ></mr-annotations>`
      }
      <label
        ><span class="hidden">${t.graph.second}</span
        ><select
          name="second"
          @change=${(/** ? */ event) => change({second: event.target.value || null}, {replace: true})}
        >
          <option value="" ?selected=${!second}>${t.graph.second}: ${t.graph.alone}</option>
          ${METRICS.filter((m) => m !== metricOf(params)).map((m) => html`<option value=${m.id} ?selected=${m === second}>${t.metric[m.id]}</option>`)}
        </select></label
      >
      <label
        ><span class="hidden">${t.graph.interval}</span
        ><select
          name="interval"
          @change=${(/** ? */ event) => change({interval: event.target.value || null}, {replace: true})}
        >
          <option value="" ?selected=${!now}>${t.graph.interval}: ${t.graph.auto}</option>
          ${intervals(params).map((i) => html`<option value=${i} ?selected=${i === now}>${t.graph[i]}</option>`)}
        </select></label
      >
    </div>`;
  }

  /** @param {!Api.Overview} data */
  graph(data) {
    const {params} = this.app.route;
    const metric = metricOf(params);
    const second = secondOf(params);
    /** @type {function(!Api.SeriesRow): !Page.Point} */
    const point = (r) => ({date: r.date, value: metric.at(r)});
    const whole = spanOf(data.period);
    return html`<mr-graph
      .opens=${whole.from !== whole.to}
      .rows=${data.timeSeries.map(point)}
      .before=${data.previousTimeSeries?.map(point)}
      .second=${second && {label: t.metric[second.id], show: second.show, values: data.timeSeries.map(second.at)}}
      .notes=${this.noted.data?.annotations ?? []}
      .label=${t.metric[metric.id]}
      .show=${metric.show}
      .interval=${interval(params)}
      .running=${running(data)}
      @chosen=${(/** ? */ event) => this.closer(data, event.detail)}
    ></mr-graph>`;
  }

  /**
   * Shows some days of the graph alone.
   * @param {!Api.Overview} data
   * @param {{first: string, last: string}} chosen
   */
  closer(data, {first, last}) {
    const days = daysOf(first, last, interval(this.app.route.params), data.period);
    const whole = spanOf(data.period);
    if (days.from === whole.from && days.to === whole.to) return;
    change({period: null, interval: null, ...days}, {closer: true});
  }
}
customElements.define('mr-site', SitePage);
