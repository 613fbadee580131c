/** The filters that hold, as chips to change or remove, and the window to make one. */
import {Element, Loading, html, nothing} from '../lib/element.js';
import {t} from '../strings.js';
import * as format from '../lib/format.js';
import {get} from '../lib/http.js';
import {
  DIMENSIONS,
  GOAL,
  asked,
  chips,
  cleared,
  exactly,
  literal,
  operatorsOf,
  propertyOf,
  replaced,
} from '../lib/filters.js';
import {change} from '../lib/route.js';
import {lines, submitted} from './form.js';
import {icons} from './icons.js';
import './dialog.js';
import './segments.js';

export class FilterBar extends Element {
  static properties = {
    route: {attribute: false},
    base: {},
    site: {attribute: false},
    link: {attribute: false},
    edited: {state: true},
  };

  constructor() {
    super();
    /** @type {!Page.Route} */
    this.route;
    /** @type {string} */
    this.base = '';
    /** @type {!Page.Site|undefined} */
    this.site = undefined;
    /**
     * The shared link by which it is looked at; nobody can take its filters away.
     * @type {?Api.Shared}
     */
    this.link = null;
    /** @type {?{before: ?Page.Chip, dimension: string, operator: string}} */
    this.edited = null;
    /** @type {!Loading<(!Api.Breakdown|!Api.Properties|!Api.Goals)>} */
    this.suggestions = new Loading(this);
  }

  /**
   * Opens the window.
   * @param {?Page.Chip=} chip what is changed; absent: a new filter is made
   */
  edit(chip = null) {
    this.edited = {before: chip, dimension: chip?.dimension ?? 'page', operator: chip?.operator ?? 'is'};
    this.suggest(this.edited.dimension);
  }

  /** @param {string} dimension whose values are suggested */
  suggest(dimension) {
    const key = propertyOf(dimension);
    const [report, of] =
      dimension === GOAL
        ? ['goals', {}]
        : key === null
          ? ['breakdown', {dimension, limit: 30}]
          : ['properties', {key, limit: 30}];
    const params = {...asked(this.route.params), [dimension]: undefined, ...of};
    this.suggestions.run((signal) => get(`${this.base}/${report}`, params, {signal}), dimension);
  }

  /**
   * What a chip filters by, as people read it.
   * @param {string} dimension
   * @return {string}
   */
  by(dimension) {
    return propertyOf(dimension) ?? t.dimension[dimension];
  }

  /**
   * The values as people read them.
   * @param {!Page.Chip} chip
   */
  values({dimension, values}) {
    return values.map((v) => format.name(dimension, v === '(none)' ? v : literal(v))).join(t.filter.or);
  }

  /** @param {!Page.Chip} chip */
  shown(chip) {
    const values = this.values(chip);
    return html`${this.by(chip.dimension)} <span class="muted">${t.filter[chip.operator]}</span> <b>${values}</b>`;
  }

  /** @param {!Page.Chip} chip */
  plain(chip) {
    return `${this.by(chip.dimension)} ${t.filter[chip.operator]} ${this.values(chip)}`;
  }

  /** @param {!Page.Chip} chip */
  without(chip) {
    change({[chip.dimension]: replaced(this.route.params, chip.dimension, chip.operator, null)});
  }

  render() {
    const all = chips(this.route.params);
    return html`<div class="filters" role="group" aria-label=${t.filter.bar}>
      ${
        this.link?.segment
          ? html`<span class="chip fixed"
              ><span>${t.segments.one} <b>${this.link.segment}</b></span></span
            >`
          : nothing
      }
      ${chips(new URLSearchParams(this.link?.filter ?? '')).map((chip) => html`<span class="chip fixed"><span>${this.shown(chip)}</span></span>`)}
      ${all.map(
        (chip) =>
          html`<span class="chip"
            ><button type="button" title=${t.filter.edit} @click=${() => this.edit(chip)}>${this.shown(chip)}</button
            ><button
              type="button"
              class="chip-remove"
              aria-label=${t.filter.remove(this.plain(chip))}
              @click=${() => this.without(chip)}
            >
              ${icons.close()}
            </button></span
          >`,
      )}
      <mr-segments .route=${this.route} .site=${this.site}></mr-segments>
      <button class="button" type="button" data-add-filter @click=${() => this.edit()}>
        ${icons.filter()}<span>${t.filter.add}</span>
      </button>
      ${all.length > 1 ? html`<button class="button quiet" type="button" @click=${() => change(cleared(this.route.params))}>${t.filter.clear}</button>` : nothing}
      ${this.edited ? html`<mr-dialog .heading=${t.filter.title} .content=${(close) => this.form(close)} @closed=${() => (this.edited = null)}></mr-dialog>` : nothing}
    </div>`;
  }

  /**
   * @param {!Event} event
   * @param {function(): void} close
   */
  apply(event, close) {
    const {before, dimension, operator} = this.edited;
    const values = lines(submitted(event).values).map((typed) => this.meant(dimension, typed));
    const changes =
      before && before.dimension !== dimension
        ? {[before.dimension]: replaced(this.route.params, before.dimension, before.operator, null)}
        : {};
    const others = new URLSearchParams(this.route.params);
    if (before?.dimension === dimension) {
      others.delete(dimension);
      replaced(this.route.params, dimension, before.operator, null).forEach((v) => others.append(dimension, v));
    }
    changes[dimension] = replaced(others, dimension, operator, {operator, values});
    close();
    change(changes);
  }

  /**
   * The pattern that somebody means who types what a report shows.
   * @param {string} dimension
   * @param {string} typed
   * @return {string}
   */
  meant(dimension, typed) {
    const shown = this.found(dimension).find(({name}) => format.name(dimension, name) === typed);
    return shown ? exactly(shown.name) : format.stored(dimension, typed);
  }

  /**
   * The values that are suggested.
   * @param {string} dimension
   */
  found(dimension) {
    const data = /** @type {?} */ (this.suggestions.answered === dimension ? this.suggestions.data : null);
    return /** @type {!Array<{name: string}>} */ (data?.rows ?? data?.goals ?? []).filter(
      ({name}) => name !== '(other)',
    );
  }

  /** @param {string} value */
  add(value) {
    const area = /** @type {!HTMLTextAreaElement} */ (this.querySelector('textarea'));
    const values = lines(area.value);
    if (!values.includes(value)) area.value = [...values, value].join('\n');
    area.focus();
  }

  /** @param {function(): void} close */
  form(close) {
    const {before, dimension, operator} = this.edited;
    const all = [...DIMENSIONS, GOAL];
    const offered = before && propertyOf(before.dimension) !== null ? [before.dimension, ...all] : all;
    /** @param {string} name */
    const chosen = (name) => (/** ? */ event) => {
      this.edited = /** @type {?} */ ({...this.edited, [name]: event.target.value});
      if (name !== 'dimension') return;
      if (!operatorsOf(event.target.value).includes(this.edited.operator)) this.edited.operator = 'is';
      // Values of another dimension would select nothing.
      /** @type {!HTMLTextAreaElement} */ (this.querySelector('textarea')).value = '';
      this.suggest(event.target.value);
    };
    return html`<form class="form" @submit=${(event) => this.apply(event, close)}>
      <div class="pair">
        <label
          >${t.filter.by}<select name="dimension" @change=${chosen('dimension')}>
            ${offered.map((d) => html`<option value=${d} ?selected=${d === dimension}>${this.by(d)}</option>`)}
          </select></label
        >
        <label
          ><span class="hidden">${t.filter.by}</span
          ><select name="operator" @change=${chosen('operator')}>
            ${operatorsOf(dimension).map((o) => html`<option value=${o} ?selected=${o === operator}>${t.filter[o]}</option>`)}
          </select></label
        >
      </div>
      <label
        >${t.filter.value}<textarea
          name="values"
          rows="3"
          required
          aria-describedby="values-hint"
          .value=${before && before.dimension === dimension ? before.values.join('\n') : ''}
        ></textarea>
      </label>
      <p class="muted" id="values-hint">${t.filter.valueHint}</p>
      <div class="suggestions">
        ${this.found(dimension)
          .slice(0, 12)
          .map(
            (r) =>
              html`<button type="button" class="chip-plain" @click=${() => this.add(exactly(r.name))}>
                ${format.name(dimension, r.name)}
              </button>`,
          )}
      </div>
      <footer>
        <button class="button" type="button" @click=${close}>${t.state.cancel}</button
        ><button class="button primary">${t.filter.apply}</button>
      </footer>
    </form>`;
  }
}
customElements.define('mr-filter-bar', FilterBar);
