/** What a filter is made of: by what, how, and values to choose from as they are called. */
import {Element, Loading, html, nothing} from '../lib/element.js';
import {t} from '../strings.js';
import * as format from '../lib/format.js';
import {
  DIMENSIONS,
  GOAL,
  asked,
  exactly,
  isCoded,
  literal,
  ofProperty,
  operatorsOf,
  propertyOf,
} from '../lib/filters.js';
import {icons} from './icons.js';

const MOST = 30;

/** How many values are asked for where all are looked through here. */
const ALL = 300;

/** What filters by this parameter are called. */
export const by = (/** string */ dimension) => propertyOf(dimension) ?? t.dimension[dimension];

/**
 * A pattern as people read it.
 * @param {string} dimension
 * @param {string} pattern
 */
export const read = (dimension, pattern) => format.name(dimension, pattern === '(none)' ? pattern : literal(pattern));

export class FilterForm extends Element {
  static properties = {
    route: {attribute: false},
    base: {},
    chip: {attribute: false},
    dimension: {state: true},
    operator: {state: true},
    values: {state: true},
    typed: {state: true},
    at: {state: true},
    refused: {state: true},
  };

  constructor() {
    super();
    /** @type {!Page.Route} */
    this.route;
    this.base = '';
    /**
     * What is changed; null: a filter is made.
     * @type {?Page.Chip}
     */
    this.chip = null;
    this.dimension = 'page';
    this.operator = 'is';
    /**
     * Patterns.
     * @type {!Array<string>}
     */
    this.values = [];
    this.typed = '';
    /** Which suggestion the arrow keys are at; less than 0: none. */
    this.at = -1;
    this.refused = '';
    /** @type {!Loading<(!Api.Breakdown|!Api.Properties|!Api.Goals)>} */
    this.found = new Loading(this);
    /** @type {!Loading<!Api.Properties>} */
    this.keys = new Loading(this);
    /** @type {number|undefined} */
    this.typing = undefined;
  }

  connectedCallback() {
    super.connectedCallback();
    const {dimension, operator, values} = this.chip ?? {};
    this.dimension = dimension ?? this.dimension;
    this.operator = operator ?? this.operator;
    this.values = values ?? [];
    this.keys.ask(`${this.base}/properties`, {...asked(this.route.params), limit: MOST});
    this.ask();
  }

  /** Whether parts of values are asked for, which are typed and not chosen. */
  get parts() {
    return this.operator.startsWith('contains');
  }

  ask() {
    const params = {...asked(this.route.params), [this.dimension]: undefined};
    const key = propertyOf(this.dimension);
    if (this.dimension === GOAL) this.found.ask(`${this.base}/goals`, params);
    else if (key !== null) this.found.ask(`${this.base}/properties`, {...params, key, limit: ALL});
    else if (isCoded(this.dimension))
      this.found.ask(`${this.base}/breakdown`, {...params, dimension: this.dimension, limit: ALL});
    else
      this.found.ask(`${this.base}/breakdown`, {
        ...params,
        dimension: this.dimension,
        limit: MOST,
        search: this.typed.trim(),
      });
  }

  /** @param {string} text */
  type(text) {
    this.typed = text;
    this.at = -1;
    this.refused = '';
    clearTimeout(this.typing);
    this.typing = setTimeout(() => this.ask(), 200);
  }

  /** Values that are called like what is typed, those of the period first. */
  get suggestions() {
    const data = /** @type {?} */ (this.found.stale ? null : this.found.data);
    const rows = /** @type {!Array<?>} */ (data?.rows ?? data?.goals ?? []).filter(({name}) => name !== '(other)');
    const typed = format.folded(this.typed);
    const codes = typed ? this.codes(typed) : [];
    /** @param {{name: string}} row */
    const fits = ({name}) => codes.includes(name) || format.folded(format.name(this.dimension, name)).includes(typed);
    const there = rows.filter(fits);
    const absent = codes.filter((name) => !rows.some((r) => r.name === name)).map((name) => ({name}));
    return [...there, ...absent]
      .filter(({name}) => !this.values.includes(exactly(name)))
      .slice(0, MOST)
      .sort((a, b) => Number(this.exact(b.name)) - Number(this.exact(a.name)));
  }

  /**
   * Codes that are called so, in any language of the reader's.
   * @param {string} typed
   */
  codes(typed) {
    const called = format.called(this.dimension);
    return [...new Set([...(called ?? [])].filter(([text]) => text.startsWith(typed)).map(([, code]) => code))];
  }

  /** @param {string} name */
  exact(name) {
    const typed = format.folded(this.typed);
    const shown = format.folded(format.name(this.dimension, name));
    return [name.toLowerCase(), shown].includes(typed) || format.called(this.dimension)?.get(typed) === name;
  }

  /** @param {string} pattern */
  add(pattern) {
    if (!this.values.includes(pattern)) this.values = [...this.values, pattern];
    this.type('');
    this.field.focus();
  }

  get field() {
    const field = /** @type {!HTMLInputElement} */ (this.querySelector('[role=combobox]'));
    return field;
  }

  /**
   * Takes what is typed: the value that is called so, or the text itself where values are texts.
   * @return {boolean} whether nothing is left over
   */
  take() {
    const text = this.typed.trim();
    if (!text) return true;
    const all = this.suggestions;
    const chosen = this.parts ? undefined : (all[this.at] ?? all.find(({name}) => this.exact(name)));
    if (chosen) this.add(exactly(chosen.name));
    else if (!isCoded(this.dimension)) this.add(text);
    else if (all.length) this.add(exactly(all[0].name));
    else {
      this.refused = t.filter.unknown(text, by(this.dimension));
      return false;
    }
    return true;
  }

  /** @param {!Event} event */
  submit(event) {
    event.preventDefault();
    if (!this.take()) return this.field.focus();
    if (!this.values.length) {
      this.refused = t.filter.needed;
      return this.field.focus();
    }
    const {dimension, operator, values} = this;
    this.dispatchEvent(new CustomEvent('chosen', {detail: {dimension, operator, values}}));
  }

  /** @param {!KeyboardEvent} event */
  pressed(event) {
    const {length} = this.suggestions;
    const step = {ArrowDown: 1, ArrowUp: -1}[event.key];
    if (step && length) this.at = this.at < 0 && step < 0 ? length - 1 : (this.at + step + length) % length;
    else if (event.key === 'Enter' && this.at >= 0) this.add(exactly(this.suggestions[this.at].name));
    else if (event.key === 'Enter' && this.typed.trim()) this.take();
    else if (event.key === 'Backspace' && !this.typed && this.values.length) this.values = this.values.slice(0, -1);
    else if (event.key === 'Escape' && this.typed) this.type('');
    else return;
    event.preventDefault();
  }

  /** @param {string} dimension whose values are others */
  choose(dimension) {
    this.dimension = dimension;
    if (!operatorsOf(dimension).includes(this.operator)) this.operator = 'is';
    this.values = [];
    this.type('');
  }

  updated() {
    this.querySelector('[aria-selected=true]')?.scrollIntoView({block: 'nearest'});
  }

  render() {
    const {dimension, operator} = this;
    const properties = (this.keys.data?.rows ?? [])
      .map(({name}) => ofProperty(name))
      .filter((p) => propertyOf(p) !== '(other)');
    const all = [...new Set([...(propertyOf(dimension) === null ? [] : [dimension]), ...properties])];
    /** @param {string} d */
    const option = (d) => html`<option value=${d} ?selected=${d === dimension}>${by(d)}</option>`;
    return html`<form class="form" @submit=${this.submit}>
      <div class="pair">
        <label
          >${t.filter.by}<select name="dimension" @change=${(/** ? */ event) => this.choose(event.target.value)}>
            ${[...DIMENSIONS, GOAL].map(option)}
            ${all.length ? html`<optgroup label=${t.panel.property}>${all.map(option)}</optgroup>` : nothing}
          </select></label
        >
        <label
          ><span class="hidden">${t.filter.how}</span
          ><select name="operator" @change=${(/** ? */ event) => (this.operator = event.target.value)}>
            ${operatorsOf(dimension).map((o) => html`<option value=${o} ?selected=${o === operator}>${t.filter[o]}</option>`)}
          </select></label
        >
      </div>
      ${this.chosen()} ${this.search()}
      ${this.refused ? html`<p class="error" role="alert">${this.refused}</p>` : nothing}
      <footer>
        <button class="button" type="button" @click=${() => this.dispatchEvent(new Event('left'))}>
          ${t.state.cancel}</button
        ><button class="button primary">${t.filter.apply}</button>
      </footer>
    </form>`;
  }

  /** Those that are chosen, each to be taken away. */
  chosen() {
    if (!this.values.length) return nothing;
    return html`<ul class="filters" aria-label=${t.filter.value}>
      ${this.values.map(
        (pattern) =>
          html`<li class="chip">
            <span>${read(this.dimension, pattern)}</span
            ><button
              type="button"
              class="chip-remove"
              aria-label=${t.filter.take(read(this.dimension, pattern))}
              @click=${() => (this.values = this.values.filter((v) => v !== pattern))}
            >
              ${icons.close()}
            </button>
          </li>`,
      )}
    </ul>`;
  }

  search() {
    const all = this.suggestions;
    const none = this.typed.trim() && !all.length && this.found.data && !this.found.busy;
    return html`<label
        >${t.filter.value}<input
          role="combobox"
          name="value"
          autocomplete="off"
          spellcheck="false"
          aria-expanded=${all.length ? 'true' : 'false'}
          aria-controls="suggestions"
          aria-autocomplete="list"
          aria-activedescendant=${this.at < 0 ? nothing : `suggestion-${this.at}`}
          placeholder=${this.parts ? t.filter.part : t.filter.find}
          .value=${this.typed}
          @input=${(/** ? */ event) => this.type(event.target.value)}
          @keydown=${this.pressed}
      /></label>
      <ul class="suggestions" id="suggestions" role="listbox" aria-label=${t.filter.suggested}>
        ${all.map(
          (r, i) =>
            html`<li
              id="suggestion-${i}"
              role="option"
              aria-selected=${i === this.at ? 'true' : 'false'}
              data-value=${r.name}
              @click=${() => this.add(exactly(r.name))}
            >
              <bdi>${format.name(this.dimension, r.name)}</bdi
              ><span class="muted">${format.compact(r.visitors ?? r.events)}</span>
            </li>`,
        )}
      </ul>
      <p class="muted" role="status">
        ${none ? (isCoded(this.dimension) ? t.filter.unknown(this.typed.trim(), by(this.dimension)) : t.filter.nothing(this.typed.trim())) : nothing}
      </p>`;
  }
}
customElements.define('mr-filter-form', FilterForm);
