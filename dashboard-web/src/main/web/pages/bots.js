/** What of a site does not count: why, how much, the latest ones, and back with it. */
import {Loading, PageElement, html} from '../lib/element.js';
import {send} from '../lib/http.js';
import {t} from '../strings.js';
import * as format from '../lib/format.js';
import {empty, lines as skeleton, say, shown} from '../ui/states.js';
import {scrolling, table} from '../ui/table.js';

class Bots extends PageElement {
  constructor() {
    super();
    /** @type {!Loading<!Api.Filtered>} */
    this.loading = new Loading(this);
    /** @type {!Loading<!Api.AgentReport>} */
    this.agents = new Loading(this);
  }

  get path() {
    return `/api/sites/${this.app.route.site}/filtered`;
  }

  willUpdate() {
    this.loading.ask(this.path);
    this.agents.ask(`${this.app.base}/agents`);
  }

  /** @param {string} reason */
  restore(reason) {
    return this.attempt(async () => {
      const {restored} = /** @type {!Api.Restored} */ (await send('POST', this.path, {reason}));
      say(t.bots.restored(format.whole(restored)));
      await this.loading.again();
    });
  }

  render() {
    return html`<div class="toolbar"><h1>${t.bots.title}</h1></div>
      ${this.failed()}${shown(this.loading, skeleton(8), (data) => this.all(data))}
      ${shown(this.agents, skeleton(4), (data) => this.ai(data))}`;
  }

  /** @param {!Api.AgentReport} data */
  ai({agents, pages, assistants}) {
    const named = agents.map((a) => [
      a.name,
      a.operator ?? '–',
      t.bots.purposes[a.purpose] ?? '–',
      format.whole(a.pageViews),
    ]);
    const read = pages.slice(0, 20).map((p) => [p.path, p.agent, format.whole(p.pageViews)]);
    const sent = assistants.map((a) => [
      format.name('source', a.source),
      format.whole(a.sessions),
      format.whole(a.visitors),
    ]);
    return html`<section class="box">
      <h2>${t.bots.ai}</h2>
      <p class="muted">${t.bots.aiHint}</p>
      ${
        named.length
          ? html`${scrolling(t.bots.ai, table('data', [t.bots.agent, t.bots.operator, t.bots.purpose, t.metric.page_views], named, 3))}
            ${scrolling(t.bots.read, table('data', [t.dimension.page, t.bots.agent, t.metric.page_views], read, 2))}`
          : empty(t.bots.noAgents)
      }
      <h2>${t.bots.sent}</h2>
      ${
        sent.length
          ? scrolling(t.bots.sent, table('data', [t.dimension.source, t.metric.sessions, t.metric.visitors], sent))
          : empty(t.bots.noVisits)
      }
    </section>`;
  }

  /** @param {!Api.Filtered} data */
  all(data) {
    const {route, site} = this.app;
    const reasons = data.reasons.map((r) => [
      t.bots.reasons[r.reason] ?? r.reason,
      r.active ? t.bots.on : t.bots.off,
      r.bot && r.active && site?.may_edit
        ? html`<button class="button" data-restore=${r.reason} @click=${() => this.restore(r.reason)}>
            ${t.bots.restore}
          </button>`
        : '',
      format.whole(r.count),
    ]);
    const days = [...data.days]
      .reverse()
      .map((d) => [format.fullDay(d.date), ...[d.people, d.bots, d.all].map(format.whole)]);
    const samples = data.samples.map((s) => [
      format.moment(s.time),
      t.bots.reasons[s.reason] ?? s.reason,
      `${s.hostname ?? ''}${s.path ?? ''}`,
      ...[s.source, s.browser, s.country].map((value) => value ?? '–'),
    ]);
    const action = html`<span class="hidden">${t.bots.action}</span>`;
    const mode = html`<a href="${route.home}/settings">${t.settings.botModes[data.bots]}</a>`;
    return html`<section class="box">
        <h2>${t.bots.why}</h2>
        <p class="muted">${t.settings.bots}: ${site?.may_edit ? mode : t.settings.botModes[data.bots]}</p>
        ${scrolling(t.bots.why, table('data', [t.bots.reason, t.bots.now, action, t.bots.count], reasons, 3))}
        <p class="muted">${t.bots.restoreHint}</p>
      </section>
      <section class="box">
        <h2>${t.bots.byDay}</h2>
        <p class="muted">${t.bots.byDayHint}</p>
        ${scrolling(t.bots.byDay, table('data', [t.bots.day, t.bots.people, t.bots.bots, t.bots.both], days))}
      </section>
      <section class="box">
        <h2>${t.bots.latest}</h2>
        ${
          samples.length
            ? scrolling(
                t.bots.latest,
                table(
                  'data',
                  [t.bots.time, t.bots.reason, ...['page', 'source', 'browser', 'country'].map((d) => t.dimension[d])],
                  samples,
                  6,
                ),
              )
            : empty(t.bots.empty)
        }
      </section>`;
  }
}
customElements.define('mr-bots', Bots);
