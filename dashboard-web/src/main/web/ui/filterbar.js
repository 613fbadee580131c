/** The filters that hold, as chips to change or remove, and the window to make one. */
import {Element, html, nothing} from '../lib/element.js';
import {t} from '../strings.js';
import {chips, cleared, replaced} from '../lib/filters.js';
import {change} from '../lib/route.js';
import {by, read} from './filterform.js';
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
    /** @type {?{before: ?Page.Chip}} */
    this.edited = null;
  }

  /**
   * Opens the window.
   * @param {?Page.Chip=} chip what is changed; absent: a new filter is made
   */
  edit(chip = null) {
    this.edited = {before: chip};
  }

  /**
   * The values as people read them.
   * @param {!Page.Chip} chip
   */
  values({dimension, values}) {
    return values.map((v) => read(dimension, v)).join(t.filter.or);
  }

  /** @param {!Page.Chip} chip */
  shown(chip) {
    const values = this.values(chip);
    return html`${by(chip.dimension)} <span class="muted">${t.filter[chip.operator]}</span> <b>${values}</b>`;
  }

  /** @param {!Page.Chip} chip */
  plain(chip) {
    return `${by(chip.dimension)} ${t.filter[chip.operator]} ${this.values(chip)}`;
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
   * @param {!Page.Chip} chip
   * @param {function(): void} close
   */
  apply({dimension, operator, values}, close) {
    const {params} = this.route;
    const before = this.edited?.before;
    const gone = before ? {[before.dimension]: replaced(params, before.dimension, before.operator, null)} : {};
    const others = new URLSearchParams((gone[dimension] ?? params.getAll(dimension)).map((v) => [dimension, v]));
    close();
    change({...gone, [dimension]: replaced(others, dimension, operator, {operator, values})});
  }

  /** @param {function(): void} close */
  form(close) {
    return html`<mr-filter-form
      .route=${this.route}
      .base=${this.base}
      .chip=${this.edited?.before ?? null}
      @chosen=${(/** ? */ event) => this.apply(event.detail, close)}
      @left=${close}
    ></mr-filter-form>`;
  }
}
customElements.define('mr-filter-bar', FilterBar);
