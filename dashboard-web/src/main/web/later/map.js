/** The map of the world: where visitors are, darker where there are more; a click filters by the country. */
import {Element, Loading, html, nothing, svg} from '../lib/element.js';
import {asset} from '../lib/assets.js';
import {asked, isSet, toggled} from '../lib/filters.js';
import * as format from '../lib/format.js';
import {withParams} from '../lib/route.js';
import {t} from '../strings.js';
import {mark} from '../ui/mark.js';

const ROWS = 4;

/** @type {?Promise<{width: number, height: number, shapes: !Object<string, string>}>} */
let atlas = null;

const load = async () => (await fetch(asset('later/world.json'))).json();

class WorldMap extends Element {
  static properties = {
    rows: {attribute: false},
    whole: {type: Number},
    route: {attribute: false},
    base: {},
    world: {state: true},
    active: {state: true},
  };

  constructor() {
    super();
    /**
     * All countries, those with most visitors first.
     * @type {!Array<!Api.BreakdownRow>}
     */
    this.rows = [];
    /** How many visitors there are in all. */
    this.whole = 1;
    /** @type {!Page.Route} */
    this.route;
    this.base = '';
    /** @type {?{width: number, height: number, shapes: !Object<string, string>}} */
    this.world = null;
    /** The country that is read: under the pointer, or reached by keys. */
    this.active = '';
    /** Whether the focus goes to that country. */
    this.follow = false;
    /** @type {!Loading<!Api.Breakdown>} */
    this.regions = new Loading(this);
  }

  connectedCallback() {
    super.connectedCallback();
    atlas ??= load();
    atlas.then(
      (world) => (this.world = world),
      () => (atlas = null),
    );
  }

  willUpdate() {
    this.regions.ask(`${this.base}/breakdown`, {...asked(this.route.params), dimension: 'region', limit: ROWS});
  }

  /** Those with visitors that the map has, in the order in which keys go through them. */
  get drawn() {
    return this.rows.filter((r) => this.world?.shapes[r.name]);
  }

  /** @param {string} code */
  to(code) {
    return withParams({country: toggled(this.route.params, 'country', code)});
  }

  /** @param {!KeyboardEvent} event */
  keys(event) {
    const step = {ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1}[event.key];
    if (event.key === 'Escape') this.active = '';
    if (!step) return;
    event.preventDefault();
    const all = this.drawn.map((r) => r.name);
    this.active = all[(all.indexOf(this.active) + step + all.length) % all.length];
    this.follow = true;
  }

  updated() {
    if (!this.follow) return;
    this.follow = false;
    /** @type {!HTMLElement} */ (this.querySelector('a[tabindex="0"]')).focus();
  }

  render() {
    return html`<div class="map" @pointerleave=${() => (this.active = '')}>
        ${this.world ? this.picture(this.world) : nothing}${this.readOut()}
      </div>
      <div class="beside">
        ${this.list('country', this.rows)} ${this.list('region', this.regions.data?.rows ?? [])}
      </div>`;
  }

  /** @param {{width: number, height: number, shapes: !Object<string, string>}} world */
  picture({width, height, shapes}) {
    const visitors = new Map(this.rows.map((r) => [r.name, r.visitors]));
    const most = Math.max(...this.drawn.map((r) => r.visitors), 1);
    const inTurn = visitors.has(this.active) ? this.active : this.drawn[0]?.name;
    /** @type {function(string): string} */
    const heat = (code) => `--heat: ${(18 + (82 * Math.log1p(visitors.get(code))) / Math.log1p(most)).toFixed(0)}%`;
    return html`<svg viewBox="0 0 ${width} ${height}" role="group" aria-label=${t.map.label} @keydown=${this.keys}>
      ${Object.entries(shapes).map(([code, d]) =>
        visitors.has(code)
          ? svg`<a href=${this.to(code)} tabindex=${code === inTurn ? 0 : -1} data-country=${code}
              class=${isSet(this.route.params, 'country', code) ? 'set' : ''} aria-label=${this.told(code)}
              @pointerenter=${() => (this.active = code)} @focus=${() => (this.active = code)}
              ><path d=${d} .style=${heat(code)} /></a>`
          : svg`<path d=${d} />`,
      )}
    </svg>`;
  }

  /** @param {string} code */
  told(code) {
    const {visitors} = /** @type {!Api.BreakdownRow} */ (this.rows.find((r) => r.name === code));
    return t.map.country(format.name('country', code), format.whole(visitors), this.share(visitors));
  }

  /** @param {number} visitors */
  share(visitors) {
    return format.percent((100 * visitors) / (this.whole || 1));
  }

  readOut() {
    const row = this.rows.find((r) => r.name === this.active);
    if (!row) return nothing;
    return html`<div class="read-out" aria-hidden="true">
      ${mark('country', row.name)} <b>${format.name('country', row.name)}</b> ${format.whole(row.visitors)}
      <span class="muted">${this.share(row.visitors)}</span>
    </div>`;
  }

  /**
   * @param {string} dimension
   * @param {!Array<!Api.BreakdownRow>} rows
   */
  list(dimension, rows) {
    const {params} = this.route;
    const shown = rows.slice(0, ROWS);
    const most = Math.max(...shown.map((r) => r.visitors), 1);
    return html`<div>
      <div class="row-head" aria-hidden="true"><span>${t.dimension[dimension]}</span></div>
      <ul class="rows" aria-label=${t.panel[dimension]}>
        ${shown.map(
          (r) =>
            html`<li>
              <a
                class="row ${isSet(params, dimension, r.name) ? 'set' : ''}"
                href=${withParams({[dimension]: toggled(params, dimension, r.name)})}
                data-name=${r.name}
                @pointerenter=${() => (this.active = r.name)}
                ><i class="bar" .style=${`width:${((100 * r.visitors) / most).toFixed(1)}%`}></i
                >${mark(dimension, r.name)}<bdi class="row-name">${format.name(dimension, r.name)}</bdi
                ><span class="row-value">${format.compact(r.visitors)}</span></a
              >
            </li>`,
        )}
      </ul>
    </div>`;
  }
}
customElements.define('mr-map', WorldMap);
