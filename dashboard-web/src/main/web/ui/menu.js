/** A button that opens what belongs to it; a click elsewhere or Escape closes it. */
import {Element, html} from '../lib/element.js';
import {icons} from './icons.js';

export class Menu extends Element {
  static properties = {
    label: {},
    name: {},
    content: {attribute: false},
    icon: {attribute: false},
    open: {state: true},
    align: {},
  };

  constructor() {
    super();
    /** @type {string} */
    this.label = '';
    /**
     * What it is for those who cannot see it; else its label.
     * @type {string|undefined}
     */
    this.name = undefined;
    /** @type {function(function(boolean=): void): ?} */
    this.content;
    /** @type {(function(): !Page.Template)|undefined} */
    this.icon = undefined;
    this.open = false;
    /** @type {string|undefined} */
    this.align = undefined;
    this.away = (/** !Event */ event) => {
      if (this.open && !this.contains(/** @type {!Node} */ (event.target))) this.open = false;
    };
  }

  connectedCallback() {
    super.connectedCallback();
    document.addEventListener('pointerdown', this.away);
  }

  disconnectedCallback() {
    document.removeEventListener('pointerdown', this.away);
    super.disconnectedCallback();
  }

  /** @param {boolean=} focus whether the button gets the focus back */
  close(focus = true) {
    this.open = false;
    if (focus) /** @type {!HTMLElement} */ (this.querySelector('button')).focus();
  }

  /** @param {!KeyboardEvent} event */
  keys(event) {
    if (event.key === 'Escape' && this.open) {
      event.stopPropagation();
      this.close();
    }
    const at = /** @type {!HTMLElement} */ (event.target);
    if (!this.open || !['ArrowDown', 'ArrowUp'].includes(event.key)) return;
    if (at.closest('input, select, textarea, .calendar')) return;
    const items = /** @type {!Array<!HTMLElement>} */ ([...this.querySelectorAll('.popover a, .popover button')]);
    const step = event.key === 'ArrowDown' ? 1 : -1;
    items.at((items.indexOf(at) + step) % items.length)?.focus();
    event.preventDefault();
  }

  /** @param {!FocusEvent} event */
  left(event) {
    const to = /** @type {?Node} */ (event.relatedTarget);
    if (this.open && to && !this.contains(to)) this.open = false;
  }

  render() {
    return html`<div class="menu" @keydown=${this.keys} @focusout=${this.left}>
      <button
        class="button"
        type="button"
        aria-expanded=${this.open ? 'true' : 'false'}
        aria-label=${this.name ?? this.label}
        @click=${() => (this.open = !this.open)}
      >
        ${this.icon?.()}<span>${this.label}</span>${icons.down()}
      </button>
      ${this.open ? html`<div class="popover ${this.align ?? ''}">${this.content((focus) => this.close(focus))}</div>` : ''}
    </div>`;
  }
}
customElements.define('mr-menu', Menu);
