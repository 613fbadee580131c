/** All sites of the user, each with who is there and its last day. */
import {Loading, PageElement, html, nothing} from '../lib/element.js';
import {send} from '../lib/http.js';
import {go} from '../lib/route.js';
import {Polling} from '../lib/live.js';
import {t} from '../strings.js';
import * as format from '../lib/format.js';
import {spark} from '../ui/graph.js';
import {searchField, submitted} from '../ui/form.js';
import {siteForm} from '../ui/siteform.js';
import {empty, lines, shown} from '../ui/states.js';
import {icons} from '../ui/icons.js';
import '../ui/dialog.js';

class Sites extends PageElement {
  static properties = {adding: {state: true}, search: {state: true}, number: {state: true}};

  constructor() {
    super();
    this.adding = false;
    this.search = '';
    this.number = 1;
    /** @type {!Loading<!Api.AllSites>} */
    this.loading = new Loading(this);
    new Polling(this, () => this.loading.again(), 15_000);
  }

  willUpdate() {
    this.loading.ask('/api/overview', {period: '24h', search: this.search, page: this.number});
  }

  /** @param {string} text */
  find(text) {
    this.search = text;
    this.number = 1;
  }

  /**
   * @param {!Event} event
   * @param {function(): void} close
   */
  add(event, close) {
    const {domain, timezone} = submitted(event);
    return this.attempt(async () => {
      const site = await send('POST', '/api/sites', {domain, timezone});
      close();
      dispatchEvent(new Event('mr-sites'));
      go(`/sites/${site.id}/settings`);
    });
  }

  render() {
    const owner = this.app.session?.user?.roles?.all === 'owner';
    return html`<div class="toolbar">
        <h1>${t.sites.title}</h1>
        ${this.loading.data ? html`<span class="now ${this.loading.data.live ? 'on' : ''}"><i></i><span>${t.sites.liveAll(format.whole(this.loading.data.live))}</span></span>` : nothing}
        <span class="spring"></span>
        ${this.search || (this.loading.data?.pagination.total ?? 0) > 6 ? searchField(t.sites.search, (text) => this.find(text)) : nothing}
        ${owner ? html`<button class="button primary" @click=${() => (this.adding = true)}>${icons.plus()}<span>${t.sites.add}</span></button>` : nothing}
      </div>
      ${shown(this.loading, lines(8), (data) => this.list(data))}
      ${
        this.adding
          ? html`<mr-dialog
              .heading=${t.sites.add}
              @closed=${() => (this.adding = false)}
              .content=${(close) =>
                html` <form class="form" @submit=${(event) => this.add(event, close)}>
                  ${siteForm()}${this.failed()}
                  <footer>
                    <button class="button" type="button" @click=${close}>${t.state.cancel}</button
                    ><button class="button primary">${t.setup.addSite}</button>
                  </footer>
                </form>`}
            ></mr-dialog>`
          : nothing
      }`;
  }

  /** @param {!Api.AllSites} data */
  list(data) {
    if (!data.sites.length) return this.search ? empty(t.sites.notFound) : empty(t.sites.empty, t.sites.emptyHint);
    return html`<ul class="sites ${this.loading.stale ? 'stale' : ''}">
        ${data.sites.map(
          (s) =>
            html`<li>
              <a class="site-card" href="/sites/${s.id}">
                <span class="site-head"
                  ><b>${s.domain}</b
                  ><span class="now ${s.live ? 'on' : ''}"
                    ><i></i><span>${format.whole(s.live)} ${t.sites.now}</span></span
                  ></span
                >
                ${spark(s.sparkline, t.sites.spark(format.whole(s.pageViews)))}
                <span class="site-figures"
                  ><span><b>${format.compact(s.visitors)}</b> ${t.sites.visitors}</span
                  ><span><b>${format.compact(s.pageViews)}</b> ${t.sites.views}</span
                  ><span class="muted">${t.sites.last24}</span></span
                >
              </a>
            </li>`,
        )}
      </ul>
      ${this.pager(data.pagination)}`;
  }

  /** @param {!Api.SitePages} pages */
  pager({page, limit, total}) {
    if (total <= limit) return nothing;
    const last = Math.min(total, page * limit);
    /** @param {number} step */
    const turn = (step) => {
      this.number = page + step;
      scrollTo(0, 0);
    };
    return html`<nav class="pager" aria-label=${t.sites.pages}>
      <button class="button" type="button" ?disabled=${page === 1} aria-label=${t.sites.back} @click=${() => turn(-1)}>
        ${icons.left()}
      </button>
      <span>${t.sites.range(format.whole((page - 1) * limit + 1), format.whole(last), format.whole(total))}</span>
      <button
        class="button"
        type="button"
        ?disabled=${last === total}
        aria-label=${t.sites.forward}
        @click=${() => turn(1)}
      >
        ${icons.right()}
      </button>
    </nav>`;
  }
}
customElements.define('mr-sites', Sites);
