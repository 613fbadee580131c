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
    this.away = (event) => {
      if (this.open && !this.contains(event.target)) this.open = false;
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

  close(focus = true) {
    this.open = false;
    if (focus) this.querySelector('button')?.focus();
  }

  keys(event) {
    if (event.key === 'Escape' && this.open) {
      event.stopPropagation();
      this.close();
    }
    if (
      !this.open ||
      !['ArrowDown', 'ArrowUp'].includes(event.key) ||
      event.target.closest('input, select, textarea, .calendar')
    )
      return;
    const items = [...this.querySelectorAll('.popover a, .popover button')];
    const step = event.key === 'ArrowDown' ? 1 : -1;
    items.at((items.indexOf(document.activeElement) + step) % items.length)?.focus();
    event.preventDefault();
  }

  left(event) {
    if (this.open && event.relatedTarget && !this.contains(event.relatedTarget)) this.open = false;
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
      ${this.open ? html`<div class="popover ${this.align ?? ''}">${this.content(() => this.close())}</div>` : ''}
    </div>`;
  }
}
customElements.define('mr-menu', Menu);
