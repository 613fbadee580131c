/** The page: finds out who looks and where, and shows that. */
import {Element, PageElement, html, nothing} from './lib/element.js';
import {ofPart} from './lib/filters.js';
import {get, send, text} from './lib/http.js';
import * as route from './lib/route.js';
import {t} from './strings.js';
import {failure, lines} from './ui/states.js';
import {header} from './ui/header.js';
import {shortcuts} from './ui/shortcuts.js';
import {theme} from './ui/theme.js';
import './pages/site.js';
import './ui/dialog.js';

/** Whether the server has another version of these files than this one. */
async function replaced() {
  const here = /** @type {!HTMLScriptElement} */ (document.querySelector('script[type=module]'));
  try {
    return !(await text('/')).includes(new URL(here.src).pathname);
  } catch {
    return false;
  }
}

/**
 * Those beside the one of a site, which is here.
 * @type {!Object<string, function(): !Promise>}
 */
const PAGES = {
  sites: () => import('./pages/sites.js'),
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
    ended: {state: true},
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
    /** Whether the session has ended under the page, which stays behind the window to log in: forms keep their text. */
    this.ended = false;
    /**
     * How far the module of each page is: `loading`, `loaded`, `failed`, or `replaced` by a newer version.
     * @type {!Map<string, string>}
     */
    this.modules = new Map([['site', 'loaded']]);
    addEventListener('mr-route', () => this.moved());
    addEventListener('mr-signed-out', () => (this.session?.user ? (this.ended = true) : this.begin()));
    addEventListener('mr-session', () => this.enter());
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
      this.modules = new Map([...this.modules].filter(([, state]) => state.startsWith('load')));
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

  /** Somebody has logged in; whoever is not the one who looked before sees nothing of theirs. */
  async enter() {
    const before = this.ended ? this.session?.user : null;
    this.ended = false;
    await this.begin();
    if (before && this.session?.user?.id !== before.id) location.reload();
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
    this.session = null;
    this.sites = null;
    route.go('/login');
    await this.begin();
  }

  willUpdate() {
    for (const page of [this.page, this.ended ? 'login' : null]) {
      if (page && !this.modules.has(page)) this.load(page);
    }
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
      async () => note((await replaced()) ? 'replaced' : 'failed'),
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
      ${this.ended ? html`<mr-dialog .heading=${t.login.title} .content=${() => this.again()} @closed=${() => (this.ended = false)}></mr-dialog>` : nothing}
      ${this.help ? html`<mr-help @closed=${() => (this.help = false)}></mr-help>` : nothing}
      <div id="toast" role="status" aria-live="polite"></div>`;
  }

  /** What stands in the window when the session has ended. */
  again() {
    return html`<p>${t.state.ended}</p>
      ${this.drawn('login', () => html`<mr-login .app=${this.common}></mr-login>`)}`;
  }

  /** @return {!Page.Context} */
  get common() {
    const {route, base, site, session, sites, link} = this;
    return {route, base, site, session, sites, link};
  }

  /**
   * What a module draws when it is there; else how far it is.
   * @param {?string} page
   * @param {function(): ?} draw
   */
  drawn(page, draw) {
    const state = this.modules.get(page ?? '');
    if (state === 'loaded') return draw();
    // A newer server has the module under another name, which only the page as it is now knows.
    const anew = () => location.reload();
    if (state === 'replaced') return failure({message: t.state.replaced}, anew, t.state.reload);
    if (state === 'failed') return failure({message: t.state.failed}, anew);
    return this.route.home ? html`<mr-site-skeleton></mr-site-skeleton>` : html`<div class="narrow">${lines(6)}</div>`;
  }

  content() {
    if (this.error)
      return this.error.status === 404 && this.route.token
        ? html`<div class="narrow card-box"><h1>${t.share.gone}</h1></div>`
        : failure(this.error, () => this.begin());
    const page = this.page;
    return this.drawn(page, () => {
      if (this.shown?.localName !== `mr-${page}`) this.shown = null;
      this.shown ??= /** @type {!PageElement} */ (document.createElement(`mr-${page}`));
      this.shown.app = this.common;
      return this.shown;
    });
  }
}
customElements.define('mr-app', App);
