/** The user's own password, and for owners of everything: users, keys and the audit trail. */
import {Loading, PageElement, html, nothing} from '../lib/element.js';
import {send} from '../lib/http.js';
import {go} from '../lib/route.js';
import {t} from '../strings.js';
import {submitted} from '../ui/form.js';
import {lines, shown} from '../ui/states.js';
import {SCOPES, saved} from '../ui/secrets.js';
import '../ui/storage.js';

class Account extends PageElement {
  /** @type {!Loading<!Api.Users>} */
  users = new Loading(this);

  get owner() {
    return this.app.session.user.roles?.all === 'owner';
  }

  connectedCallback() {
    super.connectedCallback();
    if (this.owner) this.users.ask('/api/users');
  }

  /** @param {!Event} event */
  password(event) {
    const fields = submitted(event);
    const change = async () => {
      await send('POST', '/api/password', fields);
      /** @type {!HTMLFormElement} */ (event.target).reset();
      saved();
    };
    return this.attempt(change, (e) => e.field === 'old' && t.account.wrongOld);
  }

  async everywhere() {
    await send('POST', '/api/logout', {everywhere: true});
    go('/login');
    dispatchEvent(new Event('mr-session'));
  }

  /** @param {!Event} event */
  addUser(event) {
    const {email, password, on, role} = submitted(event);
    return this.changeUsers(async () => {
      await send('POST', '/api/users', {email, password, roles: {[on]: role}});
      /** @type {!HTMLFormElement} */ (event.target).reset();
    });
  }

  /** @param {!Api.User} user */
  removeUser(user) {
    if (confirm(t.state.sure)) this.changeUsers(() => send('DELETE', `/api/users/${user.id}`));
  }

  /** @param {function(): !Promise} change */
  changeUsers(change) {
    return this.attempt(() => change().then(() => this.users.again()), undefined, 'users');
  }

  render() {
    return html`<div class="toolbar">
        <h1>${t.account.title}</h1>
        <span class="muted">${this.app.session.user.email}</span>
      </div>
      <div class="columns">
        <section class="box">
          <h2>${t.account.password}</h2>
          <form class="form" @submit=${this.password}>
            <label>${t.account.old}<input name="old" type="password" autocomplete="current-password" required /></label>
            <label
              >${t.account.next}<input name="new" type="password" autocomplete="new-password" minlength="10" required
            /></label>
            ${this.failed()}
            <footer>
              <button class="button" type="button" @click=${this.everywhere}>${t.account.everywhere}</button
              ><button class="button primary">${t.account.change}</button>
            </footer>
          </form>
        </section>
        ${this.owner ? html`<div>${this.people()}<mr-keys .path=${'/api/keys'} .scopes=${SCOPES} .label=${t.account.keys}></mr-keys></div>` : nothing}
      </div>
      ${this.owner ? html`<mr-storage></mr-storage><mr-audit .path=${'/api/audit'}></mr-audit>` : nothing}`;
  }

  people() {
    /** @param {!Api.User} u */
    const roles = (u) =>
      Object.entries(u.roles)
        .map(
          ([on, role]) =>
            `${t.account.roles[role]}: ${on === 'all' ? t.account.allSites : (this.app.sites?.find((s) => String(s.id) === on)?.domain ?? on)}`,
        )
        .join(', ');
    return html`<section class="box">
      <h2>${t.account.users}</h2>
      ${shown(this.users, lines(3), ({users}) =>
        users.map(
          (u) =>
            html`<div class="list-row">
              <span>${u.email} <span class="muted">${roles(u)}</span></span>
              ${u.id === this.app.session.user.id ? html`<span class="muted">${t.account.you}</span>` : html`<button class="button danger" @click=${() => this.removeUser(u)}>${t.state.remove}</button>`}
            </div>`,
        ),
      )}
      <form class="form inline" @submit=${this.addUser}>
        <label>${t.account.email}<input name="email" type="email" required /></label>
        <label
          >${t.account.first}<input name="password" type="password" autocomplete="new-password" minlength="10" required
        /></label>
        <label
          >${t.account.role}<select name="role">
            ${Object.entries(t.account.roles).map(([id, label]) => html`<option value=${id}>${label}</option>`)}
          </select></label
        >
        <label
          >${t.account.scope}<select name="on">
            <option value="all">${t.account.allSites}</option>
            ${(this.app.sites ?? []).map((s) => html`<option value=${s.id}>${s.domain}</option>`)}
          </select></label
        >
        <button class="button" data-add-user>${t.account.addUser}</button>
      </form>
      ${this.failed('users')}
    </section>`;
  }
}
customElements.define('mr-account', Account);
