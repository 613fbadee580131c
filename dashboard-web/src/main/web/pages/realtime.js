/** Who is here, as they come and go. */
import {PageElement, html, nothing} from '../lib/element.js';
import {Live, Polling} from '../lib/live.js';
import {t} from '../strings.js';
import * as format from '../lib/format.js';
import {empty, lines} from '../ui/states.js';
import {bars, journey, scrolling, table} from '../ui/table.js';

const SHOWN = 100;

class Realtime extends PageElement {
  constructor() {
    super();
    this.live = new Live(this);
    new Polling(this, () => this.requestUpdate(), 5000);
  }

  willUpdate() {
    this.live.watch(this.app.base);
  }

  render() {
    const {data, lost} = this.live;
    const gone = lost ? html`<div class="outdated" role="alert">${t.live.lost(format.time(lost))}</div>` : nothing;
    if (!data)
      return html`<h1>${t.realtime.title}</h1>
        ${gone}${lines(8)}`;
    return html`<h1 class="hidden">${t.realtime.title}</h1>
      ${gone}
      <div class="side ${lost ? 'stale' : ''}">
        <section class="box">
          <h2>${t.realtime.who}</h2>
          ${data.users.length ? this.people(data.users) : empty(t.realtime.empty, t.realtime.emptyHint)}
        </section>
        <div>
          <section class="box" aria-live="polite">
            <div class="big" data-live-count>${format.whole(data.count)}</div>
            <p class="muted">${t.realtime.count}</p>
          </section>
          ${this.list(t.realtime.pages, data.pages, 'page')} ${this.list(t.realtime.sources, data.sources)}
          ${this.list(t.realtime.countries, data.countries, 'country')}
        </div>
      </div>`;
  }

  /** @param {!Array<!Api.LiveUser>} users */
  people(users) {
    const {home} = this.app.route;
    const of = t.realtime;
    const rows = users.slice(0, SHOWN).map((u) => [
      format.name('page', u.current_page),
      html`${format.name('country', u.country)}
        <div class="muted">${u.source ?? ''}</div>`,
      html`${u.browser ?? ''}
        <div class="muted">${format.name('device', u.device_type)}</div>`,
      html`<span class="muted nowrap">${format.ago(u.last_activity)}</span>`,
      journey(home, u.visitor_id),
    ]);
    return scrolling(of.who, table('data', [of.page, of.from, of.device, of.active, of.visitor], rows, 5));
  }

  /**
   * @param {string} heading
   * @param {!Array<!Api.LiveRow>} rows
   * @param {string=} dimension
   */
  list(heading, rows, dimension) {
    if (!rows.length) return nothing;
    return html`<section class="box">
      <h2>${heading}</h2>
      ${bars(rows.slice(0, 8), (r) => r.visitors, dimension)}
    </section>`;
  }
}
customElements.define('mr-realtime', Realtime);
