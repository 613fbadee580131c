/** The sites in the menu of the header, with a field to find one where they are many. */
import {Element, html, nothing} from '../lib/element.js';
import {t} from '../strings.js';
import * as format from '../lib/format.js';

/** How many are listed at most. */
const SHOWN = 50;
/** From how many on there is a field to find one. */
const MANY = 10;

class SiteList extends Element {
  static properties = {
    sites: {attribute: false},
    now: {attribute: false},
    to: {attribute: false},
    close: {attribute: false},
    search: {state: true},
  };

  constructor() {
    super();
    /** @type {!Array<!Api.Site>} */
    this.sites = [];
    /** @type {!Page.Site|undefined} */
    this.now = undefined;
    /** @type {function(!Api.Site): string} */
    this.to;
    /** @type {function(boolean=): void} */
    this.close;
    this.search = '';
  }

  render() {
    const found = this.sites.filter((s) => `${s.domain} ${s.name}`.toLowerCase().includes(this.search));
    const rest = found.length - SHOWN;
    const typed = (/** ? */ event) => (this.search = event.target.value.trim().toLowerCase());
    const leave = () => this.close(false);
    return html`<div class="site-list">
      ${this.sites.length > MANY ? html`<input type="search" placeholder=${t.sites.search} aria-label=${t.sites.search} @input=${typed} />` : nothing}
      <ul>
        ${found.slice(0, SHOWN).map((s) => html`<li><a href=${this.to(s)} aria-current=${s.id === this.now?.id ? 'true' : nothing} @click=${leave}>${s.domain}</a></li>`)}
        ${found.length ? nothing : html`<li class="muted who">${t.sites.notFound}</li>`}
        ${rest > 0 ? html`<li class="muted who">${t.sites.others(format.whole(rest))}</li>` : nothing}
        <li class="apart"><a href="/" @click=${leave}>${t.nav.sites}</a></li>
      </ul>
    </div>`;
  }
}
customElements.define('mr-site-list', SiteList);
