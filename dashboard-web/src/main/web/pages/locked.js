/** A shared link that has a password. */
import {PageElement, html} from '../lib/element.js';
import {send} from '../lib/http.js';
import {t} from '../strings.js';
import {submitted} from '../ui/form.js';

class Locked extends PageElement {
  /** @param {!Event} event */
  submit(event) {
    const {password} = submitted(event);
    const unlock = async () => {
      await send('POST', `${this.app.base}/unlock`, {password});
      dispatchEvent(new Event('mr-session'));
    };
    return this.attempt(unlock, (e) => e.status === 401 && t.share.wrong);
  }

  render() {
    return html`<div class="narrow card-box">
      <h1>${t.share.locked}</h1>
      <form class="form" @submit=${this.submit}>
        <label>${t.login.password}<input name="password" type="password" required autofocus /></label>
        ${this.failed()}
        <button class="button primary">${t.share.open}</button>
      </form>
    </div>`;
  }
}
customElements.define('mr-locked', Locked);
