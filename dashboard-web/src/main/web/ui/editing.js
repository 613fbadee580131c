/** Pages about the things of a site of one kind, which are added, changed and removed in a window. */
import {Loading, PageElement, html, nothing} from '../lib/element.js';
import {send} from '../lib/http.js';
import {change, withParams} from '../lib/route.js';
import {t} from '../strings.js';
import {submitted} from './form.js';
import {icons} from './icons.js';
import {lines, say, shown} from './states.js';
import './dialog.js';
import './filterbar.js';
import './period.js';

export class EditingPage extends PageElement {
  /** @type {!Object<string, !Object>} */
  static properties = {edited: {state: true}};

  /**
   * @param {string} kind where the API has them, below the site
   * @param {?} words title, all, add and edit
   * @param {...string} parameters of the address: which one is chosen, and what goes with that
   */
  constructor(kind, words, ...parameters) {
    super();
    this.kind = kind;
    this.words = words;
    this.parameters = parameters;
    /**
     * The one in the window; without an id, one to add.
     * @type {?}
     */
    this.edited = null;
    /** @type {!Loading<?>} */
    this.loading = new Loading(this);
  }

  get chosen() {
    return Number(this.app.route.params.get(this.parameters[0])) || null;
  }

  /** Where the one in the window is, or all of them. */
  get path() {
    const {id} = this.edited ?? {};
    return `/api/sites/${this.app.route.site}/${this.kind}${id ? `/${id}` : ''}`;
  }

  /** What takes the chosen one out of the address. */
  get all() {
    return Object.fromEntries(this.parameters.map((name) => [name, null]));
  }

  /**
   * @param {?string} name of the one that is chosen
   * @param {?} actions at the end of the bar
   * @param {function(?): ?} content of what was loaded
   */
  page(name, actions, content) {
    const {route, base, link, site} = this.app;
    return html`<div class="toolbar">
        <h1>${name ?? this.words.title}</h1>
        ${this.chosen ? html`<a class="button" href=${withParams(this.all)}>${icons.left()}<span>${this.words.all}</span></a>` : nothing}
        <mr-filter-bar .route=${route} .base=${base} .site=${site} .link=${link}></mr-filter-bar
        ><span class="spring"></span
        ><mr-period plain .route=${route} .report=${this.loading.data?.period} .zone=${site?.timezone}></mr-period>
        ${actions}
      </div>
      ${shown(this.loading, lines(8), content)}
      ${this.edited ? html`<mr-dialog .heading=${this.edited.id ? this.words.edit : this.words.add} .content=${(close) => this.form(close)} @closed=${() => (this.edited = null)}></mr-dialog>` : nothing}`;
  }

  /**
   * Opens the window.
   * @param {?} edited
   */
  edit(edited) {
    this.refused = null;
    this.edited = edited;
  }

  /** The fields of the form. */
  fields() {
    return nothing;
  }

  /**
   * @param {?} typed text by the field's name
   * @return {!Object} what is sent
   */
  body(typed) {
    return typed;
  }

  /**
   * @param {!Event} event
   * @param {function(): void} close
   */
  store(event, close) {
    const body = this.body(submitted(event));
    return this.attempt(async () => {
      await send(this.edited.id ? 'PUT' : 'POST', this.path, body);
      close();
      say(t.state.saved);
      await this.loading.again();
    });
  }

  /** @param {function(): void} close */
  async removeEdited(close) {
    if (!confirm(t.state.sure)) return;
    await this.attempt(async () => {
      await send('DELETE', this.path);
      close();
      change(this.all);
    });
  }

  /** @param {function(): void} close */
  form(close) {
    return html`<form class="form" @submit=${(event) => this.store(event, close)}>
      ${this.fields()} ${this.failed()}
      <footer>
        ${this.edited.id ? html`<button class="button danger" type="button" @click=${() => this.removeEdited(close)}>${t.state.remove}</button><span class="spring"></span>` : nothing}<button
          class="button"
          type="button"
          @click=${close}
        >
          ${t.state.cancel}</button
        ><button class="button primary">${t.state.save}</button>
      </footer>
    </form>`;
  }
}
