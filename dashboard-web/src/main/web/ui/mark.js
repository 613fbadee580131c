/** The small picture before a name: a flag, a brand, or its first letter while, and where, there is no picture. */
import {html, nothing, svg} from '../lib/element.js';
import {asset} from '../lib/assets.js';

const FLAGS = ['country', 'region'];
const BRANDS = ['source', 'browser', 'browser_version', 'os', 'os_version', 'device'];

/**
 * Colour and path by name in small letters; null until somebody asks.
 * @type {?Map<string, !Array<string>>}
 */
let brands = null;

async function load() {
  brands = new Map();
  try {
    const answer = await fetch(asset('later/brands.json'));
    for (const [name, drawn] of Object.entries(answer.ok ? /** @type {!Object} */ (await answer.json()) : {}))
      brands.set(name, drawn);
  } catch {
    // Letters are shown instead.
  }
  dispatchEvent(new Event('mr-names'));
}

/**
 * That of the longest beginning that is known: `Chrome Mobile iOS` and `Chrome 142` are Chrome.
 * @param {string} name
 * @return {!Array<string>|undefined}
 */
function brand(name) {
  if (!brands) load();
  const words = name
    .toLowerCase()
    .replace(/^mobile (?=.)/, '')
    .split(' ');
  for (; words.length; words.pop()) {
    const found = brands?.get(words.join(' '));
    if (found) return found;
  }
  return undefined;
}

/** @param {string} value */
function flag(value) {
  const code = value.slice(0, 2);
  if (!/^[A-Z]{2}$/.test(code)) return html`<i class="mark"></i>`;
  return html`<img
    class="mark"
    src=${asset(`flags/${code.toLowerCase()}.svg`)}
    alt=""
    width="16"
    height="16"
    @error=${(/** ? */ event) => event.target.removeAttribute('src')}
  />`;
}

/**
 * @param {string|undefined} dimension
 * @param {?string|undefined} value
 */
export function mark(dimension, value) {
  if (!dimension || !value) return nothing;
  if (FLAGS.includes(dimension)) return flag(value);
  if (!BRANDS.includes(dimension)) return nothing;
  const [color, path] = brand(value) ?? [];
  if (path)
    return html`<svg class="mark" viewBox="0 0 24 24" fill=${color || 'currentColor'} aria-hidden="true">
      ${svg`<path d=${path} />`}
    </svg>`;
  const [letter] = value.replace(/^[^\p{L}\p{N}]+/u, '');
  return html`<i class="mark letter" data-letter=${letter?.toUpperCase() ?? ''}></i>`;
}
