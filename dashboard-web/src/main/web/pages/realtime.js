/** Who is here, what happens, and the last thirty minutes, as they pass. */
import {Loading, PageElement, html, nothing} from '../lib/element.js';
import {asked, chips, passes, toggled, within} from '../lib/filters.js';
import {Live, Polling} from '../lib/live.js';
import {withParams} from '../lib/route.js';
import {t} from '../strings.js';
import * as format from '../lib/format.js';
import {empty, lines, shown} from '../ui/states.js';
import {journey, scrolling, table} from '../ui/table.js';
import {PANELS} from './site.js';

const SHOWN = 100;
const PERIOD = '30m';

/** What is known of visitors, and of what they do. */
const OF_VISITORS = ['page', 'source', 'country', 'browser', 'device'];
const OF_HITS = [...OF_VISITORS, 'event'];

class Realtime extends PageElement {
  constructor() {
    super();
    this.live = new Live(this);
    /** @type {!Loading<!Api.Overview>} */
    this.loading = new Loading(this);
    this.round = 0;
    new Polling(this, () => this.requestUpdate(), 5_000);
    new Polling(this, () => this.refresh(), 10_000);
  }

  /** The page's own, over the last minutes. */
  get route() {
    const params = new URLSearchParams(this.app.route.params);
    for (const name of ['from', 'to']) params.delete(name);
    params.set('period', PERIOD);
    return {...this.app.route, params};
  }

  willUpdate() {
    this.live.watch(this.app.base);
    this.loading.ask(`${this.app.base}/overview`, {...asked(this.route.params), interval: 'minute'});
  }

  refresh() {
    this.round++;
    return this.loading.again();
  }

  render() {
    const {app, route} = this;
    const {data, lost} = this.live;
    return html`<div class="toolbar">
        <h1>${t.realtime.title}</h1>
        <mr-filter-bar .route=${route} .base=${app.base} .site=${app.site} .link=${app.link}></mr-filter-bar>
      </div>
      ${lost ? html`<div class="outdated" role="alert">${t.live.lost(format.time(lost))}</div>` : nothing}
      <div class=${lost ? 'stale' : ''}>
        <section class="box now-box">${data ? this.count(data) : lines(2)} ${this.minutes()}</section>
        <div class="columns">
          <section class="box">
            <h2>${t.realtime.feed}</h2>
            ${data ? this.feed(data) : lines(6)}
          </section>
          <section class="box">
            <h2>${t.realtime.who}</h2>
            ${data ? this.who(data) : lines(6)}
          </section>
        </div>
        ${shown(this.loading, lines(8), (overview) => this.panels(overview))}
      </div>
      ${route.params.has('more') ? html`<mr-whole .route=${route} .base=${app.base}></mr-whole>` : nothing}`;
  }

  /**
   * Those who are here that the filters let through; null where filters are about what nobody knows of them.
   * @param {!Api.Realtime} data
   */
  users(data) {
    const {params} = this.route;
    if (!within(params, OF_VISITORS)) return null;
    return data.users.filter((u) =>
      passes(params, {
        page: u.current_page,
        source: u.source,
        country: u.country,
        browser: u.browser,
        device: u.device_type,
      }),
    );
  }

  /** @param {!Api.Realtime} data */
  count(data) {
    const filtered = chips(this.route.params).length > 0;
    const users = this.users(data);
    if (!users) return html`<p class="muted">${t.realtime.unfiltered}</p>`;
    const count = filtered ? users.length : data.count;
    return html`<div aria-live="polite" aria-atomic="true">
      <div class="big" data-live-count>${format.whole(count)}</div>
      <p class="muted">${t.realtime.count(count)}</p>
    </div>`;
  }

  /** A bar for each of the last thirty minutes. */
  minutes() {
    const series = this.loading.data?.timeSeries ?? [];
    const most = Math.max(...series.map((r) => r.page_views), 1);
    return html`<div class="minutes-box">
      <p class="muted" id="minutes-label">${t.realtime.minutes}</p>
      <ol class="minutes" aria-labelledby="minutes-label">
        ${series.map((r) => {
          const label = t.realtime.minute(format.clock(r.date), format.whole(r.page_views));
          return html`<li title=${label}>
            <i .style=${`height:${((100 * r.page_views) / most).toFixed(1)}%`}></i><span class="hidden">${label}</span>
          </li>`;
        })}
      </ol>
    </div>`;
  }

  /** @param {!Api.Realtime} data */
  feed(data) {
    const {params, home} = this.route;
    if (!within(params, OF_HITS)) return html`<p class="muted">${t.realtime.unfiltered}</p>`;
    const hits = data.recent.filter((h) =>
      passes(params, {
        page: h.page,
        source: h.source,
        country: h.country,
        browser: h.browser,
        device: h.device_type,
        event: h.event,
      }),
    );
    if (!hits.length) return empty(t.realtime.quiet, t.realtime.emptyHint);
    return html`<ol class="feed" tabindex="0" aria-label=${t.realtime.feed}>
      ${hits.map((h) => {
        const from = [h.country && format.name('country', h.country), h.source, h.browser].filter(Boolean).join(' · ');
        const page = format.name('page', h.page);
        return html`<li>
          <time>${h.time.slice(11, 19)}</time>
          <span
            >${h.event ? html`<b class="event">${h.event}</b> ` : nothing}<a
              href=${withParams({page: toggled(params, 'page', h.page ?? '')})}
              title=${t.filter.only(page)}
              ><bdi>${page}</bdi></a
            >
            <bdi class="muted from" title=${from}>${from}</bdi></span
          >
          ${journey(home, h.visitor_id)}
        </li>`;
      })}
    </ol>`;
  }

  /** @param {!Api.Realtime} data */
  who(data) {
    const users = this.users(data);
    if (!users) return html`<p class="muted">${t.realtime.unfiltered}</p>`;
    if (!users.length) return empty(t.realtime.empty, t.realtime.emptyHint);
    const {home} = this.app.route;
    const of = t.realtime;
    const rows = users.slice(0, SHOWN).map((u) => [
      html`<bdi>${format.name('page', u.current_page)}</bdi>`,
      html`${format.name('country', u.country)}
        <bdi class="muted from" title=${u.source ?? nothing}>${u.source ?? ''}</bdi>`,
      html`${u.browser ?? ''}
        <div class="muted">${format.name('device', u.device_type)}</div>`,
      html`<span class="muted">${format.ago(u.last_activity)}</span> ${journey(home, u.visitor_id)}`,
    ]);
    return scrolling(of.who, table('data who', [of.page, of.from, of.device, of.active], rows, 4), 'low');
  }

  /** @param {!Api.Overview} overview */
  panels(overview) {
    const {route} = this;
    return html`<h2 class="apart">${t.realtime.panels}</h2>
      <div class="panels">
        ${PANELS.filter(({name}) => name !== 'conversions').map(({name, tabs}) => html`<mr-panel .name=${name} .tabs=${tabs} .route=${route} .base=${this.app.base} .overview=${overview} .stale=${this.loading.stale} .round=${this.round} .placeless=${this.app.session?.places === false}></mr-panel>`)}
      </div>`;
  }
}
customElements.define('mr-realtime', Realtime);
