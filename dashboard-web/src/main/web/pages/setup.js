/** First run: the account, the site, the snippet, and the first page view as it comes. */
import {PageElement, html, nothing} from '../lib/element.js';
import {get, send} from '../lib/http.js';
import {go} from '../lib/route.js';
import {Polling} from '../lib/live.js';
import {t} from '../strings.js';
import {submitted} from '../ui/form.js';
import {copyable} from '../ui/states.js';
import {siteForm, snippet} from '../ui/siteform.js';

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
    new Polling(this, () => this.look(), 1000);
  }

  /** @param {!Event} event */
  create(event) {
    const {name, email, password} = submitted(event);
    const create = async () => {
      await send('POST', '/api/setup', {token: this.app.route.token, email, password, ...(name ? {name} : {})});
      const {sites} = await get('/api/sites');
      if (sites.length) this.site = sites[0];
      this.step = sites.length ? 2 : 1;
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

  /** Asks whether the first page view is there. */
  async look() {
    if (this.step !== 2 || this.arrived) return;
    try {
      const {count} = await get(`/api/analytics/${this.site.id}/realtime`);
      if (!count) return;
    } catch {
      return;
    }
    this.arrived = true;
    this.timer = setTimeout(() => this.finish(), 1200);
  }

  finish() {
    clearTimeout(this.timer);
    go(`/sites/${this.site.id}?period=today`);
    dispatchEvent(new Event('mr-session'));
  }

  render() {
    if (this.step === 0 && !this.busy && this.app.session && !this.app.session.setupNeeded) return this.closed();
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
      ${copyable(snippet(this.site, this.app.session), t.setup.snippetTitle)}
      <p class="waiting ${this.arrived ? 'arrived' : ''}" role="status">
        <i></i>${this.arrived ? t.setup.arrived : t.setup.waiting}
      </p>
      <button class="button" @click=${this.finish}>${t.setup.later}</button>`;
  }
}
customElements.define('mr-setup', Setup);
