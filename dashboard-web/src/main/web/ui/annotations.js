/** The window with what was noted of a site in the period that is shown: read, added, removed. */
import {FormElement, html, nothing} from '../lib/element.js';
import {send} from '../lib/http.js';
import {t} from '../strings.js';
import * as format from '../lib/format.js';
import {submitted} from './form.js';
import {say} from './states.js';
import './dialog.js';

export class Annotations extends FormElement {
  static properties = {path: {}, all: {attribute: false}, edits: {type: Boolean}, open: {state: true}};

  constructor() {
    super();
    /** @type {string} */
    this.path;
    /** @type {!Array<!Api.AnnotationHead>} */
    this.all = [];
    this.edits = false;
    this.open = false;
  }

  render() {
    return html`<button class="button quiet" type="button" data-annotations @click=${() => (this.open = true)}>
        ${t.annotations.title}${this.all.length ? ` (${format.whole(this.all.length)})` : nothing}
      </button>
      ${this.open ? html`<mr-dialog .heading=${t.annotations.title} .content=${(close) => this.window(close)} @closed=${() => (this.open = false)}></mr-dialog>` : nothing}`;
  }

  /** @param {function(): void} close */
  window(close) {
    return html`${
      this.all.length
        ? html`<div>${this.all.map((a) => this.row(a))}</div>`
        : html`<p class="muted">${t.annotations.empty}</p>`
    }
    ${
      this.edits
        ? html`<form class="form" @submit=${(event) => this.add(event, close)}>
            <label>${t.annotations.text}<input name="text" required maxlength="500" autocomplete="off" /></label>
            <label>${t.annotations.time}<input name="time" type="datetime-local" aria-describedby="time-hint" /></label>
            <p class="muted" id="time-hint">${t.annotations.timeHint}</p>
            ${this.failed()}
            <footer>
              <button class="button" type="button" @click=${close}>${t.state.cancel}</button
              ><button class="button primary">${t.annotations.add}</button>
            </footer>
          </form>`
        : nothing
    }`;
  }

  /** @param {!Api.AnnotationHead} a */
  row(a) {
    return html`<div class="list-row">
      <span>${a.text} <span class="muted">${format.moment(a.time)} · ${a.author}</span></span
      >${this.edits ? html`<button class="button danger" type="button" @click=${() => this.take(a)}>${t.state.remove}</button>` : nothing}
    </div>`;
  }

  changed() {
    this.dispatchEvent(new Event('changed'));
  }

  /**
   * @param {!Event} event
   * @param {function(): void} close
   */
  add(event, close) {
    const {text, time} = submitted(event);
    return this.attempt(async () => {
      await send('POST', this.path, {text, ...(time ? {time: new Date(time).toISOString()} : {})});
      close();
      say(t.state.saved);
      this.changed();
    });
  }

  /** @param {!Api.AnnotationHead} a */
  take(a) {
    if (!confirm(t.state.sure)) return;
    return this.attempt(async () => {
      await send('DELETE', `${this.path}/${a.id}`);
      this.changed();
    });
  }
}
customElements.define('mr-annotations', Annotations);
