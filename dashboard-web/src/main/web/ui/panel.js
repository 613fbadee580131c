/** A panel of rows with tabs: each row a bar, a share and a filter. */
import {Element, Loading, html, nothing} from '../lib/element.js';
import {t} from '../strings.js';
import * as format from '../lib/format.js';
import {get} from '../lib/http.js';
import {GOAL, asked, isSet, ofProperty, toggled} from '../lib/filters.js';
import {change, withParams, carry} from '../lib/route.js';
import {comparison} from '../lib/period.js';
import {delta, METRICS, metricOf} from './cards.js';
import {mark} from './mark.js';
import {empty, failure} from './states.js';
import {leaveOut} from './table.js';

const ROWS = 9;

/** What reports call the rest, beyond their limit. */
const OTHER = '(other)';

/**
 * Which list of the overview a tab shows; what is not there is asked for by itself.
 * @type {!Object<string, function(!Api.Overview): !Array<{name: string, visitors: number}>>}
 */
const IN_OVERVIEW = {
  source: (/** !Api.Overview */ o) => o.sources,
  page: (/** !Api.Overview */ o) => o.pages,
  entry_page: (/** !Api.Overview */ o) => o.entryPages,
  exit_page: (/** !Api.Overview */ o) => o.exitPages,
  country: (/** !Api.Overview */ o) => o.countries,
  city: (/** !Api.Overview */ o) => o.cities,
  browser: (/** !Api.Overview */ o) => o.browsers,
  os: (/** !Api.Overview */ o) => o.os,
  device: (/** !Api.Overview */ o) => o.devices,
};

/** Tabs that say where visitors are, and what stands in them for who is nowhere known. */
const PLACES = ['map', 'country', 'region', 'city'];
const NONE = '(none)';

/** How many countries there are at most. */
const COUNTRIES = 300;

/** How far the module of the map is. */
let map = 'absent';

/** Tabs that are no dimension of visits. */
const OTHERS = ['event', 'property', 'affiliates', 'conversions', 'goals'];

/** Where a click on a row leads besides: to what its value is made of. */
const INTO = {country: 'region', region: 'city', browser: 'browser_version', os: 'os_version'};

/** Long values of these are shortened in their middle, as both ends tell them apart. */
const LONG = ['page', 'entry_page', 'exit_page', 'referrer', 'hostname'];
const TAIL = 12;

/**
 * A name by itself, whatever way it is written in.
 * @param {string} dimension
 * @param {string} text
 */
export function named(dimension, text) {
  const letters = [...text];
  if (!LONG.includes(dimension) || letters.length < 2 * TAIL) return html`<bdi class="row-name">${text}</bdi>`;
  const tail = letters.splice(-TAIL).join('');
  return html`<bdi class="row-name long"><span>${letters.join('')}</span><span>${tail}</span></bdi>`;
}

export class Panel extends Element {
  static properties = {
    name: {},
    tabs: {attribute: false},
    route: {attribute: false},
    overview: {attribute: false},
    base: {},
    stale: {type: Boolean},
    round: {type: Number},
    placeless: {type: Boolean},
  };

  constructor() {
    super();
    /** @type {string} */
    this.name;
    /**
     * Dimensions; those that share a tab are a list.
     * @type {!Array<(string|!Array<string>)>}
     */
    this.tabs;
    /** @type {!Page.Route} */
    this.route;
    /** @type {!Api.Overview|undefined} */
    this.overview = undefined;
    this.base = '';
    this.stale = false;
    /** Whether nothing tells the server where visitors are. */
    this.placeless = false;
    /** How often the figures have been brought up to date. */
    this.round = 0;
    /** What was asked for last, in which round, and which tab of which property that was for. */
    this.key = '';
    this.asked = 0;
    this.shown = '';
    /** Whether the focus goes to the tab that is chosen. */
    this.followTab = false;
    /** @type {!Loading<(!Api.Breakdown|!Api.Properties|!Api.Goals)>} */
    this.loading = new Loading(this);
    /**
     * The rows as they were in the period before, asked for when somebody looks at one.
     * @type {!Loading<!Api.Breakdown>}
     */
    this.before = new Loading(this);
  }

  /** @return {!Array<string>} */
  get all() {
    return /** @type {!Array<string>} */ (this.tabs.flat());
  }

  get tab() {
    const chosen = (this.route.params.get('tabs') ?? '').split(',');
    return this.all.find((tab) => chosen.includes(tab)) ?? this.all[0];
  }

  /** @param {string} tab */
  with(tab) {
    const others = (this.route.params.get('tabs') ?? '').split(',').filter((c) => c && !this.all.includes(c));
    const all = tab === this.all[0] ? others : [...others, tab];
    return {tabs: all.length ? all.join(',') : null};
  }

  /** @param {string} tab */
  choose(tab) {
    change({...this.with(tab), ...(this.all.includes('property') ? {key: null} : {})}, {replace: true});
  }

  /**
   * The metric that is shown beside visitors: that of the graph.
   * @return {?Page.Metric}
   */
  get second() {
    const metric = metricOf(this.route.params);
    return metric === METRICS[0] || OTHERS.includes(this.tab) || this.tab === 'map' ? null : metric;
  }

  /** Loads the map once; where that fails its countries are a list like others. */
  async loadMap() {
    if (map !== 'absent') return;
    map = 'loading';
    try {
      await import('../later/map.js');
      map = 'loaded';
    } catch {
      map = 'failed';
      this.requestUpdate();
    }
  }

  /** Asks for the period before, which only who looks closely wants to know. */
  look() {
    const compare = comparison(this.route.params);
    const dimension = this.tab;
    if (!this.overview || compare === 'off' || OTHERS.includes(dimension) || dimension === 'map') return;
    const sort = dimension === 'page' ? 'page_views' : undefined;
    const question = {...asked(this.route.params), dimension, sort, limit: 20, compare};
    this.before.ask(`${this.base}/breakdown`, question);
  }

  willUpdate() {
    const {tab, second} = this;
    if (tab === 'map') this.loadMap();
    if ((tab in IN_OVERVIEW && !second) || ['affiliates', 'conversions'].includes(tab) || !this.overview) return;
    const chosen = tab === 'property' ? this.route.params.get('key') : null;
    const key = JSON.stringify([this.base, tab, chosen, asked(this.route.params)]);
    if (key === this.key && this.round === this.asked) return;
    this.asked = this.round;
    const shown = `${tab} ${chosen}`;
    if (this.shown !== shown) this.loading.clear();
    this.key = key;
    this.shown = shown;
    const params = asked(this.route.params);
    const [report, more] =
      tab === 'property'
        ? ['properties', {key: chosen, limit: ROWS - 1}]
        : tab === 'goals'
          ? ['goals', {}]
          : tab === 'map'
            ? ['breakdown', {dimension: 'country', limit: COUNTRIES}]
            : ['breakdown', {dimension: tab, limit: ROWS, sort: {event: 'events', page: 'page_views'}[tab]}];
    this.loading.run((signal) => get(`${this.base}/${report}`, {...params, ...more}, {signal}), key);
  }

  /**
   * The page of the site that is the whole table of a tab.
   * @param {string} page
   */
  whole(page) {
    return carry(`${this.route.home}/${page}`, this.route.params);
  }

  /**
   * The rows of the tab, or null while they are on their way.
   * @param {string} tab
   * @return {?Array<!Page.Row>}
   */
  rows(tab) {
    const data = this.overview;
    if (!data) return null;
    const whole = data.current.visitors || 1;
    if (tab === 'affiliates') {
      return data.affiliates
        .filter((r) => r.visits || r.conversions)
        .map((r) => ({name: r.name, value: r.visitors, share: r.visitors / whole, link: this.whole(tab)}));
    }
    if (tab === 'conversions') {
      const all = data.conversions.totals.conversions || 1;
      return data.conversions.bySource.map((r) => ({
        name: r.name,
        value: r.conversions,
        share: r.conversions / all,
        filter: 'source',
        more: format.amounts(r.revenues, 'revenue', r.currency),
      }));
    }
    const {second} = this;
    if (tab in IN_OVERVIEW && !second) {
      return IN_OVERVIEW[tab](data).map(({name, visitors}) => ({
        name,
        value: visitors,
        share: visitors / whole,
        filter: tab,
      }));
    }
    if (!this.loading.data) return null;
    if (tab === 'property') return this.properties(/** @type {!Api.Properties} */ (this.loading.data));
    if (tab === 'goals') return this.goals(/** @type {!Api.Goals} */ (this.loading.data));
    const {rows, events} = /** @type {!Api.Breakdown} */ (this.loading.data);
    const ofRow = tab === 'event' ? (r) => r.events : (r) => r.visitors;
    const all = tab === 'event' ? events || 1 : whole;
    return rows.map((r) => ({
      name: r.name,
      value: ofRow(r),
      share: ofRow(r) / all,
      filter: tab === 'map' ? 'country' : tab,
      more: second?.show(second.at(/** @type {?} */ (r))),
    }));
  }

  /**
   * Keys lead to their values, and values filter; the rest leads nowhere.
   * @param {!Api.Properties} data
   * @return {!Array<!Page.Row>}
   */
  properties(data) {
    const all = data.events || 1;
    return data.rows.map(({name, events}) => {
      const row = {name, value: events, share: events / all};
      if (name === OTHER) return {...row, plain: true};
      return data.key === null ? {...row, link: withParams({key: name})} : {...row, filter: ofProperty(data.key)};
    });
  }

  /**
   * @param {!Api.Goals} data
   * @return {!Array<!Page.Row>}
   */
  goals(data) {
    const all = data.visitors || 1;
    return data.goals.map(({name, visitors}) => ({name, value: visitors, share: visitors / all, filter: GOAL}));
  }

  /** @param {string} tab */
  heading(tab) {
    return tab === 'event' || tab === 'property'
      ? t.metric.events
      : tab === 'conversions'
        ? t.metric.conversions
        : t.metric.visitors;
  }

  render() {
    const tab = this.tab;
    const rows =
      this.rows(tab)?.sort((a, b) => Number(a.name === OTHER) - Number(b.name === OTHER) || b.value - a.value) ?? null;
    return html`<section class="panel" aria-labelledby="panel-${this.name}" data-panel=${this.name}>
      <header>
        <h2 id="panel-${this.name}">${t.panel[this.name]}</h2>
        ${this.tabs.length > 1 ? this.tabList(tab) : nothing}
      </header>
      <div
        class="panel-body ${this.stale || this.loading.stale ? 'stale' : ''}"
        id="panel-body-${this.name}"
        @pointerenter=${this.look}
        @focusin=${this.look}
      >
        ${this.body(tab, rows)}
      </div>
    </section>`;
  }

  /** @param {string} current */
  tabList(current) {
    return html`<div class="tabs" role="tablist" aria-labelledby="panel-${this.name}" @keydown=${this.keys}>
      ${this.tabs.map((tabs) => {
        const [tab, ...more] = [tabs].flat();
        const chosen = [tab, ...more].includes(current);
        return html` <button
          type="button"
          role="tab"
          aria-selected=${chosen ? 'true' : 'false'}
          aria-controls="panel-body-${this.name}"
          tabindex=${chosen ? 0 : -1}
          data-tab=${tab}
          @click=${() => this.choose(tab)}
        >
          ${t.panel[tab]}
        </button>`;
      })}
    </div>`;
  }

  /**
   * What the names are, or which of those that share a tab.
   * @param {string} tab
   */
  naming(tab) {
    const group = this.tabs.map((tabs) => [tabs].flat()).find((tabs) => tabs.includes(tab));
    if (!group || group.length < 2) return html`<span>${t.dimension[tab] ?? t.table.name}</span>`;
    return html`<select
      aria-label=${t.panel.which}
      data-group=${group[0]}
      @change=${(/** ? */ event) => this.choose(event.target.value)}
    >
      ${group.map((one) => html`<option value=${one} ?selected=${one === tab}>${t.dimension[one]}</option>`)}
    </select>`;
  }

  /** @param {!KeyboardEvent} event */
  keys(event) {
    const step = {ArrowRight: 1, ArrowLeft: -1}[event.key];
    if (!step) return;
    event.preventDefault();
    this.followTab = true;
    const tabs = this.tabs.map((tabs) => [tabs].flat());
    const at = tabs.findIndex((of) => of.includes(this.tab));
    this.choose(tabs[(at + step + tabs.length) % tabs.length][0]);
  }

  updated() {
    if (!this.followTab) return;
    this.followTab = false;
    /** @type {!HTMLElement} */ (this.querySelector('[aria-selected=true]')).focus();
  }

  /**
   * @param {string} tab
   * @param {?Array<!Page.Row>} rows
   */
  body(tab, rows) {
    if (this.loading.error && !rows) return failure(this.loading.error, () => this.loading.again());
    if (!rows && tab === 'map') return html`<i class="skeleton map-space" aria-hidden="true"></i>`;
    if (!rows)
      return html`<div class="rows" aria-hidden="true">
        ${Array.from({length: ROWS}, () => html`<div class="row"><i class="skeleton"></i></div>`)}
      </div>`;
    if (!rows.length) return html`${this.chosenKey(tab)}${empty(t.panel.empty[tab] ?? t.panel.empty.other)}`;
    if (this.placeless && PLACES.includes(tab) && rows.every((r) => r.name === NONE))
      return empty(t.panel.placeless, t.panel.placelessHint);
    if (tab === 'map' && map !== 'failed') return this.map();
    const greatest = Math.max(...rows.map((r) => r.share), 0.0001);
    const second = this.second;
    return html` ${this.chosenKey(tab)}
      <div class="row-head">
        ${this.naming(tab)}<span class="spring"></span>
        ${second ? html`<span>${t.metric[second.id]}</span>` : nothing}<span>${this.heading(tab)}</span>
      </div>
      <ul class="rows" aria-label=${t.panel[tab]}>
        ${rows.slice(0, ROWS).map((r) => this.row(r, greatest))}
      </ul>
      <a
        class="more"
        href=${['affiliates', 'goals'].includes(tab) ? this.whole(tab) : withParams({more: tab})}
        aria-label=${t.panel.moreOf(t.panel[tab])}
        >${t.panel.more}</a
      >`;
  }

  map() {
    const {data} = this.loading;
    return html`<mr-map
        .rows=${/** @type {!Api.Breakdown} */ (data).rows}
        .whole=${this.overview?.current.visitors}
        .route=${this.route}
        .base=${this.base}
      ></mr-map>
      <a class="more" href=${withParams({more: 'country'})} aria-label=${t.panel.moreOf(t.panel['country'])}
        >${t.panel.more}</a
      >`;
  }

  /**
   * Which property the values are of, and the way back to all.
   * @param {string} tab
   */
  chosenKey(tab) {
    const key = this.route.params.get('key');
    if (tab !== 'property' || key === null) return nothing;
    return html`<p class="row-key">
      <a href=${withParams({key: null})} aria-label=${t.panel.keys}>←</a> <b>${key}</b>
    </p>`;
  }

  /**
   * How a row has changed since the period before.
   * @param {!Page.Row} row
   */
  compared(row) {
    const before = this.before.data?.dimension === row.filter ? this.before.data : null;
    const previous = before?.rows.find((r) => r.name === row.name)?.previous;
    if (previous == null) return nothing;
    const change = previous ? (100 * (row.value - previous)) / previous : null;
    return html`<span class="row-before">${delta(change, t.panel.before(format.whole(previous)))}</span>`;
  }

  /**
   * @param {!Page.Row} row
   * @param {number} greatest the greatest share of all rows
   */
  row(row, greatest) {
    const shown = format.name(row.filter, row.name);
    const {filter} = row;
    const set = filter && isSet(this.route.params, filter, row.name);
    const hint = filter ? (set ? t.filter.undo(shown) : t.filter.only(shown)) : shown;
    const into = filter && !set && INTO[filter] ? this.with(INTO[filter]) : {};
    const filtered =
      filter && withParams({[filter]: toggled(this.route.params, filter, row.name), more: null, ...into});
    const cells = html`<i class="bar" .style=${`width:${Math.max(0.5, (100 * row.share) / greatest).toFixed(1)}%`}></i>
      ${mark(filter, row.name)}${named(filter ?? '', shown)}${this.compared(row)}
      <span class="row-share">${format.percent(100 * row.share)}</span
      >${row.more ? html`<span class="row-more">${row.more}</span>` : nothing}<span class="row-value"
        >${format.compact(row.value)}</span
      >`;
    if (row.plain) return html`<li><span class="row" data-name=${row.name}>${cells}</span></li>`;
    return html`<li class="row-line">
      <a class="row ${set ? 'set' : ''}" href=${row.link ?? filtered} title=${hint} data-name=${row.name}>${cells}</a>
      ${filter ? leaveOut(this.route.params, filter, row.name) : nothing}
    </li>`;
  }
}
customElements.define('mr-panel', Panel);
