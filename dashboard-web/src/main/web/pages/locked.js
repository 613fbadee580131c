/** A shared link that has a password. */
import {PageElement, html, nothing} from '../lib/element.js';
import {send} from '../lib/http.js';
import {t} from '../strings.js';
import {submitted} from '../ui/form.js';

class Locked extends PageElement {
  static properties = {error: {state: true}};

  constructor() {
    super();
    /** @type {?string} */
    this.error = null;
  }

  /** @param {!Event} event */
  async submit(event) {
    const {password} = submitted(event);
    try {
      await send('POST', `${this.app.base}/unlock`, {password});
      this.dispatchEvent(new Event('unlocked'));
    } catch (e) {
      this.error = e.status === 401 ? t.share.wrong : e.status === 429 ? t.login.many : e.message || t.state.failed;
    }
  }

  render() {
    return html`<div class="narrow card-box">
      <h1>${t.share.locked}</h1>
      <form class="form" @submit=${this.submit}>
        <label>${t.login.password}<input name="password" type="password" required autofocus /></label>
        ${this.error ? html`<p class="error" role="alert">${this.error}</p>` : nothing}
        <button class="button primary">${t.share.open}</button>
      </form>
    </div>`;
  }
}
customElements.define('mr-locked', Locked);
