/** All sites of the user, each with who is there and its last day. */
import {Loading, PageElement, html, nothing} from '../lib/element.js';
import {get, send} from '../lib/http.js';
import {go} from '../lib/route.js';
import {Polling} from '../lib/live.js';
import {t} from '../strings.js';
import * as format from '../lib/format.js';
import {spark} from '../ui/graph.js';
import {submitted} from '../ui/form.js';
import {siteForm} from '../ui/siteform.js';
import {empty, lines, shown} from '../ui/states.js';
import {icons} from '../ui/icons.js';
import '../ui/dialog.js';

class Sites extends PageElement {
  static properties = {adding: {state: true}, error: {state: true}, search: {state: true}};

  constructor() {
    super();
    this.adding = false;
    /** @type {?string} */
    this.error = null;
    this.search = '';
    /** @type {!Loading<!Api.AllSites>} */
    this.loading = new Loading(this);
    new Polling(this, () => this.load(), 15_000);
  }

  connectedCallback() {
    super.connectedCallback();
    this.load();
  }

  load() {
    return this.loading.run((signal) => get('/api/overview', {period: '24h'}, {signal}));
  }

  /**
   * @param {!Event} event
   * @param {function(): void} close
   */
  async add(event, close) {
    const {domain, timezone} = submitted(event);
    try {
      const site = await send('POST', '/api/sites', {domain, timezone});
      close();
      dispatchEvent(new Event('mr-sites'));
      go(`/sites/${site.id}/settings`);
    } catch (e) {
      this.error = e.message;
    }
  }

  render() {
    const owner = this.app.session?.user?.roles?.all === 'owner';
    return html`<div class="toolbar">
        <h1>${t.sites.title}</h1>
        ${this.loading.data ? html`<span class="now ${this.loading.data.live ? 'on' : ''}"><i></i><span>${t.sites.liveAll(format.whole(this.loading.data.live))}</span></span>` : nothing}
        <span class="spring"></span>
        ${(this.loading.data?.sites.length ?? 0) > 6 ? html`<input type="search" placeholder=${t.sites.search} aria-label=${t.sites.search} @input=${(/** ? */ event) => (this.search = event.target.value.toLowerCase())} />` : nothing}
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
                  ${siteForm()}${this.error ? html`<p class="error" role="alert">${this.error}</p>` : nothing}
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
    if (!data.sites.length) return empty(t.sites.empty, t.sites.emptyHint);
    const found = data.sites.filter((s) => `${s.domain} ${s.name}`.toLowerCase().includes(this.search));
    return html`<ul class="sites">
      ${found.map(
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
    </ul>`;
  }
}
customElements.define('mr-sites', Sites);
