/** The page: finds out who looks and where, and shows that. */
import {Element, PageElement, html, nothing} from './lib/element.js';
import {ofPart} from './lib/filters.js';
import {get, send} from './lib/http.js';
import * as route from './lib/route.js';
import {t} from './strings.js';
import {failure, lines} from './ui/states.js';
import {header} from './ui/header.js';
import {shortcuts} from './ui/shortcuts.js';
import {theme} from './ui/theme.js';
import './pages/site.js';

/** @type {!Object<string, function(): !Promise>} */
const PAGES = {
  sites: () => import('./pages/sites.js'),
  site: () => import('./pages/site.js'),
  realtime: () => import('./pages/realtime.js'),
  flow: () => import('./pages/flow.js'),
  journey: () => import('./pages/journey.js'),
  affiliates: () => import('./pages/affiliates.js'),
  goals: () => import('./pages/goals.js'),
  revenue: () => import('./pages/revenue.js'),
  funnels: () => import('./pages/funnels.js'),
  retention: () => import('./pages/retention.js'),
  bots: () => import('./pages/bots.js'),
  partner: () => import('./pages/partner.js'),
  settings: () => import('./pages/settings.js'),
  account: () => import('./pages/account.js'),
  health: () => import('./pages/health.js'),
  login: () => import('./pages/login.js'),
  setup: () => import('./pages/setup.js'),
  locked: () => import('./pages/locked.js'),
};

class App extends Element {
  static properties = {
    route: {state: true},
    session: {state: true},
    sites: {state: true},
    link: {state: true},
    error: {state: true},
    help: {state: true},
    modules: {state: true},
  };

  constructor() {
    super();
    this.route = route.read();
    /** @type {?Api.Who} */
    this.session = null;
    /** @type {?Array<!Api.Site>} */
    this.sites = null;
    /** @type {?Api.Shared} */
    this.link = null;
    /** @type {?Page.Failure} */
    this.error = null;
    this.help = false;
    /**
     * The page that is shown.
     * @type {?PageElement}
     */
    this.shown = null;
    /** Whether the focus goes to the page when it has changed. */
    this.focusMain = false;
    /**
     * How far the module of each page is: `loading`, `loaded` or `failed`.
     * @type {!Map<string, string>}
     */
    this.modules = new Map([['site', 'loaded']]);
    addEventListener('mr-route', () => this.moved());
    addEventListener('mr-signed-out', () => this.begin());
    addEventListener('mr-session', () => this.begin());
    addEventListener('mr-sites', () => this.loadSites());
    shortcuts(this);
    route.followLinks(document);
  }

  connectedCallback() {
    super.connectedCallback();
    theme.start(this.route.params.get('theme'));
    this.begin(true);
  }

  moved() {
    const before = this.route;
    this.route = route.read();
    if (before.path !== this.route.path) {
      this.focusMain = true;
      this.modules = new Map([...this.modules].filter(([, state]) => state !== 'failed'));
    }
    if (this.route.token && this.route.token !== before.token) this.begin();
  }

  /**
   * Finds out who is there: a link's reader, a user, or somebody who has to log in.
   * @param {boolean=} first whether the page has just been opened
   */
  async begin(first = false) {
    this.error = null;
    try {
      if (this.route.home?.startsWith('/share/')) {
        this.link = await get(`/api/shared/${this.route.token}`);
        return;
      }
      this.session = await get('/api/session');
      if (this.session.user) await this.loadSites(first);
    } catch (e) {
      this.error = e;
    }
  }

  /** @param {boolean=} first */
  async loadSites(first = false) {
    const {sites} = /** @type {!Api.Sites} */ (await get('/api/sites'));
    this.sites = sites;
    if (first && this.route.page === 'sites' && !location.search && sites.length === 1) {
      route.go(`/sites/${sites[0].id}`, {replace: true});
    }
  }

  /**
   * The page to show, which need not be the one that was asked for.
   * @return {?string}
   */
  get page() {
    const {page, token, home} = this.route;
    if (home?.startsWith('/share/')) return this.link && this.shared(this.link);
    if (page === 'setup' && token) return page;
    if (!this.session) return null;
    if (!this.session.user) return 'login';
    return page === 'login' ? 'sites' : page;
  }

  /**
   * The page that a link shows: the live count and journeys cannot be filtered.
   * @param {!Api.Shared} link
   */
  shared(link) {
    if (link.locked) return 'locked';
    if (link.affiliate) return 'partner';
    const hidden = ['settings', 'bots', ...(ofPart(link) ? ['realtime', 'journey'] : [])];
    return hidden.includes(this.route.page) ? 'site' : this.route.page;
  }

  /** @return {!Page.Site|undefined} */
  get site() {
    if (this.link?.site) return this.link.site;
    return this.sites?.find((s) => s.id === this.route.site);
  }

  get base() {
    return this.route.home?.startsWith('/share/')
      ? `/api/shared/${this.route.token}`
      : `/api/analytics/${this.route.site}`;
  }

  async logOut() {
    await send('POST', '/api/logout');
    this.sites = null;
    route.go('/login');
    await this.begin();
  }

  willUpdate() {
    if (this.page && !this.modules.has(this.page)) this.load(this.page);
  }

  /**
   * Loads the module of a page. Where that fails it is not tried again before somebody goes there again.
   * @param {string} page
   */
  load(page) {
    /** @param {string} state */
    const note = (state) => (this.modules = new Map([...this.modules, [page, state]]));
    note('loading');
    PAGES[page]().then(
      () => note('loaded'),
      () => note('failed'),
    );
  }

  updated() {
    const place = this.site && this.route.home ? `${this.site.domain} · ` : '';
    document.title = `${place}${t.nav[this.page ?? ''] ?? t.product}${place ? '' : ` · ${t.product}`}`;
    if (this.focusMain) {
      this.focusMain = false;
      const main = /** @type {?HTMLElement} */ (this.querySelector('main'));
      main?.focus({preventScroll: true});
    }
  }

  render() {
    const bare = this.route.embed;
    return html`${bare ? nothing : header(this)}
      <main id="main" tabindex="-1" data-page=${this.page ?? ''}>${this.content()}</main>
      ${bare ? html`<footer class="embedded"><a href=${location.pathname} target="_blank" rel="noopener">${t.share.by}</a></footer>` : nothing}
      ${this.help ? html`<mr-help @closed=${() => (this.help = false)}></mr-help>` : nothing}
      <div id="toast" role="status" aria-live="polite"></div>`;
  }

  content() {
    if (this.error)
      return this.error.status === 404 && this.route.token
        ? html`<div class="narrow card-box"><p>${t.share.gone}</p></div>`
        : failure(this.error, () => this.begin());
    const page = this.page;
    // A newer server has the module under another name, which only the page as it is now knows.
    if (page && this.modules.get(page) === 'failed') return failure({message: t.state.failed}, () => location.reload());
    if (!page || this.modules.get(page) !== 'loaded')
      return this.route.home
        ? html`<mr-site-skeleton></mr-site-skeleton>`
        : html`<div class="narrow">${lines(6)}</div>`;
    /** @type {!Page.Context} */
    const common = {
      route: this.route,
      base: this.base,
      site: this.site,
      session: this.session,
      sites: this.sites,
      link: this.link,
    };
    if (this.shown?.localName !== `mr-${page}`) this.shown = null;
    this.shown ??= /** @type {!PageElement} */ (document.createElement(`mr-${page}`));
    this.shown.app = common;
    return this.shown;
  }
}
customElements.define('mr-app', App);
