/** The way in. */
import {PageElement, html} from '../lib/element.js';
import {send} from '../lib/http.js';
import {t} from '../strings.js';
import {submitted} from '../ui/form.js';
import {icons} from '../ui/icons.js';

class Login extends PageElement {
  /** @param {!Event} event */
  submit(event) {
    const {email, password} = submitted(event);
    const enter = async () => {
      await send('POST', '/api/login', {email, password});
      dispatchEvent(new Event('mr-session'));
    };
    return this.attempt(enter, (e) => e.status === 401 && t.login.wrong);
  }

  /** The window was there before the form, so it has given the focus to its own button. */
  firstUpdated() {
    const field = /** @type {?HTMLElement} */ (this.querySelector('[autofocus]'));
    field?.focus();
  }

  render() {
    if (this.app.session?.setupNeeded)
      return html`<div class="narrow card-box">
        ${icons.wheel()}
        <h1>${t.product}</h1>
        <p>${t.login.needSetup}</p>
      </div>`;
    // Somebody whose session has ended is asked for the password alone, in a window over the page.
    const before = this.app.session?.user;
    const form = html`<form class="form" @submit=${this.submit}>
      <label
        >${t.login.email}<input
          name="email"
          type="email"
          autocomplete="username"
          required
          .value=${before?.email ?? ''}
          ?autofocus=${!before}
      /></label>
      <label
        >${t.login.password}<input
          name="password"
          type="password"
          autocomplete="current-password"
          required
          ?autofocus=${before}
      /></label>
      ${this.failed()}
      <button class="button primary" ?disabled=${this.busy}>${t.login.submit}</button>
    </form>`;
    return before
      ? form
      : html`<div class="narrow card-box">
          <h1>${t.login.title}</h1>
          ${form}
        </div>`;
  }
}
customElements.define('mr-login', Login);
