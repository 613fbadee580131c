/** The way in. */
import {PageElement, html, nothing} from '../lib/element.js';
import {send} from '../lib/http.js';
import {t} from '../strings.js';
import {submitted} from '../ui/form.js';
import {icons} from '../ui/icons.js';

class Login extends PageElement {
  static properties = {error: {state: true}, busy: {state: true}};

  constructor() {
    super();
    /** @type {?string} */
    this.error = null;
    this.busy = false;
  }

  /** @param {!Event} event */
  async submit(event) {
    const {email, password} = submitted(event);
    this.busy = true;
    this.error = null;
    try {
      await send('POST', '/api/login', {email, password});
      dispatchEvent(new Event('mr-session'));
    } catch (e) {
      this.error =
        e.status === 401
          ? t.login.wrong
          : e.status === 429
            ? t.login.many
            : e.status === 0
              ? t.state.offline
              : e.message;
    } finally {
      this.busy = false;
    }
  }

  render() {
    if (this.app.session?.setupNeeded)
      return html`<div class="narrow card-box">
        ${icons.wheel()}
        <h1>${t.product}</h1>
        <p>${t.login.needSetup}</p>
      </div>`;
    return html`<div class="narrow card-box">
      <h1>${t.login.title}</h1>
      <form class="form" @submit=${this.submit}>
        <label>${t.login.email}<input name="email" type="email" autocomplete="username" required autofocus /></label>
        <label
          >${t.login.password}<input name="password" type="password" autocomplete="current-password" required
        /></label>
        ${this.error ? html`<p class="error" role="alert">${this.error}</p>` : nothing}
        <button class="button primary" ?disabled=${this.busy}>${t.login.submit}</button>
      </form>
    </div>`;
  }
}
customElements.define('mr-login', Login);
