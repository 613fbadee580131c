/** First run: the account, the site, the snippet, and the first page view as it comes. */
import {PageElement, html, nothing} from '../lib/element.js';
import {get, send} from '../lib/http.js';
import {go} from '../lib/route.js';
import {t} from '../strings.js';
import {submitted} from '../ui/form.js';
import {siteForm} from '../ui/siteform.js';
import '../later/checker.js';

/** Under which name the tab keeps the link by which it began. */
const BEGUN = 'millrace.setup';

class Setup extends PageElement {
  static properties = {
    step: {state: true},
    site: {state: true},
    arrived: {state: true},
  };

  constructor() {
    super();
    this.step = 0;
    /** @type {!Api.Site} */
    this.site;
    this.arrived = false;
    /** @type {number|undefined} */
    this.timer = undefined;
    this.resumed = false;
  }

  /** Whoever reloads the page goes on where they were; whoever opens an old link does not. */
  async resume() {
    if (this.resumed || this.step || !this.app.session?.user || sessionStorage[BEGUN] !== this.app.route.token) return;
    this.resumed = true;
    await this.proceed();
  }

  /** To the first site if there is one. */
  async proceed() {
    const {sites} = await get('/api/sites');
    if (sites.length) this.site = sites[0];
    this.step = sites.length ? 2 : 1;
  }

  willUpdate() {
    this.resume();
  }

  /** @param {!Event} event */
  create(event) {
    const {name, email, password} = submitted(event);
    const create = async () => {
      await send('POST', '/api/setup', {token: this.app.route.token, email, password, ...(name ? {name} : {})});
      sessionStorage[BEGUN] = this.app.route.token;
      await this.proceed();
    };
    return this.attempt(create, (e) => e.code === 'setup_closed' && t.setup.invalid);
  }

  /** @param {!Event} event */
  add(event) {
    const {domain, timezone} = submitted(event);
    return this.attempt(async () => {
      this.site = await send('POST', '/api/sites', {domain, timezone});
      this.step = 2;
    });
  }

  /** The first page view is there. */
  greet() {
    if (this.arrived) return;
    this.arrived = true;
    this.timer = setTimeout(() => this.finish(), 1200);
  }

  finish() {
    clearTimeout(this.timer);
    delete sessionStorage[BEGUN];
    go(`/sites/${this.site.id}?period=today`);
    dispatchEvent(new Event('mr-session'));
  }

  render() {
    if (this.step === 0 && !this.busy && !this.resumed && this.app.session && !this.app.session.setupNeeded)
      return this.closed();
    return html`<div class="narrow card-box">
      <ol class="steps-list">
        ${t.setup.steps.map((s, i) => html`<li aria-current=${i === this.step ? 'step' : nothing} class=${i < this.step ? 'done' : ''}>${s}</li>`)}
      </ol>
      ${[() => this.account(), () => this.addSite(), () => this.snippet()][this.step]()}
    </div>`;
  }

  /** Who comes by a link that was used already logs in instead. */
  closed() {
    return html`<div class="narrow card-box">
      <h1>${t.setup.closed}</h1>
      <p>${t.setup.closedHint}</p>
      <p><a class="button primary" href="/login">${t.login.title}</a></p>
    </div>`;
  }

  account() {
    return html`<h1>${t.setup.title}</h1>
      <p class="muted">${t.setup.hint}</p>
      <form class="form" @submit=${this.create}>
        <label>${t.setup.name}<input name="name" autocomplete="name" maxlength="120" /></label>
        <label>${t.setup.email}<input name="email" type="email" autocomplete="username" required /></label>
        <label
          >${t.setup.password}<input
            name="password"
            type="password"
            autocomplete="new-password"
            minlength="10"
            required
            aria-describedby="password-hint"
        /></label>
        <p class="muted" id="password-hint">${t.setup.passwordHint}</p>
        ${this.failed()}<button class="button primary" ?disabled=${this.busy}>${t.setup.submit}</button>
      </form>`;
  }

  addSite() {
    return html`<h1>${t.setup.siteTitle}</h1>
      <form class="form" @submit=${this.add}>
        ${siteForm()}${this.failed()}<button class="button primary" ?disabled=${this.busy}>${t.setup.addSite}</button>
      </form>`;
  }

  snippet() {
    return html`<h1>${t.setup.snippetTitle}</h1>
      <p class="muted">${t.setup.snippetHint}</p>
      <mr-checker .site=${this.site} .session=${this.app.session} @arrived=${this.greet}></mr-checker>
      ${this.arrived ? html`<p class="ok" role="status">${t.setup.arrived}</p>` : nothing}
      <button class="button" @click=${this.finish}>${t.setup.later}</button>`;
  }
}
customElements.define('mr-setup', Setup);
