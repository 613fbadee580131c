/** A window over the page. The browser keeps the focus inside and gives it back. */
import {Element, html} from '../lib/element.js';
import {t} from '../strings.js';
import {icons} from './icons.js';

export class Dialog extends Element {
  static properties = {heading: {}, content: {attribute: false}, wide: {type: Boolean}};

  constructor() {
    super();
    /** @type {string} */
    this.heading = '';
    /** @type {function(function(): void): ?} */
    this.content;
    this.wide = false;
  }

  get window() {
    return /** @type {!HTMLDialogElement} */ (this.querySelector('dialog'));
  }

  firstUpdated() {
    this.window.showModal();
  }

  close() {
    this.window.close();
  }

  /** @param {!Event} event */
  pressed(event) {
    if (event.target === this.window) this.close();
  }

  render() {
    return html`<dialog
      class=${this.wide ? 'wide' : ''}
      aria-label=${this.heading}
      @click=${this.pressed}
      @close=${() => this.dispatchEvent(new Event('closed'))}
    >
      <header>
        <h2>${this.heading}</h2>
        <button class="quiet" type="button" aria-label=${t.state.close} @click=${this.close}>${icons.close()}</button>
      </header>
      <div class="dialog-body">${this.content(() => this.close())}</div>
    </dialog>`;
  }
}
customElements.define('mr-dialog', Dialog);
