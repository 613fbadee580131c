/** The few pictures, drawn as lines. */
import {svg, html} from '../lib/element.js';

/** @param {!Page.Template} paths */
const icon = (paths) => html`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">${paths}</svg>`;

export const icons = {
  wheel: () =>
    html`<svg class="wheel" viewBox="0 0 32 32" aria-hidden="true">
      <circle cx="16" cy="16" r="16" class="wheel-disc" />
      <g fill="none" stroke="#fff" stroke-width="2.4" stroke-linecap="round">
        <circle cx="16" cy="16" r="7.5" />
        <path d="M16 5v22M5 16h22M8.2 8.2l15.6 15.6M23.8 8.2 8.2 23.8" />
      </g>
    </svg>`,
  close: () => icon(svg`<path d="M5 5l10 10M15 5L5 15" />`),
  down: () => icon(svg`<path d="M5 8l5 5 5-5" />`),
  left: () => icon(svg`<path d="M12 5l-5 5 5 5" />`),
  right: () => icon(svg`<path d="M8 5l5 5-5 5" />`),
  filter: () => icon(svg`<path d="M3 5h14M6 10h8M9 15h2" />`),
  calendar: () => icon(svg`<rect x="3" y="4" width="14" height="13" rx="2" /><path d="M3 8h14M7 2v4M13 2v4" />`),
  theme: () =>
    icon(svg`<circle cx="10" cy="10" r="6.5" /><path d="M10 3.5a6.5 6.5 0 0 1 0 13z" fill="currentColor" />`),
  user: () => icon(svg`<circle cx="10" cy="7" r="3.2" /><path d="M3.5 17c.8-3.4 3.3-5 6.5-5s5.7 1.6 6.5 5" />`),
  not: () => icon(svg`<circle cx="10" cy="10" r="6.5" /><path d="M5.5 5.5l9 9" />`),
  plus: () => icon(svg`<path d="M10 4v12M4 10h12" />`),
  keyboard: () =>
    icon(svg`<rect x="2" y="5" width="16" height="10" rx="2" /><path d="M5 8h.01M8 8h.01M11 8h.01M14 8h.01M6 12h8" />`),
};
