/** The segments of a site: the one that is chosen, and the window to choose, save and remove them. */
import {FormElement, Loading, html, nothing} from '../lib/element.js';
import {SEGMENT, chips, kept} from '../lib/filters.js';
import {send} from '../lib/http.js';
import {change} from '../lib/route.js';
import {t} from '../strings.js';
import {submitted} from './form.js';
import {icons} from './icons.js';
import {lines, say, shown} from './states.js';
import './dialog.js';

export class Segments extends FormElement {
  static properties = {route: {attribute: false}, site: {attribute: false}, open: {state: true}};

  constructor() {
    super();
    /** @type {!Page.Route} */
    this.route;
    /** @type {!Page.Site|undefined} */
    this.site = undefined;
    this.open = false;
    /** @type {!Loading<!Api.SegmentList>} */
    this.loading = new Loading(this);
  }

  get path() {
    return `/api/sites/${this.route.site}/segments`;
  }

  get chosen() {
    return this.route.params.get(SEGMENT);
  }

  /** What the chosen one is called. */
  get name() {
    return this.loading.data?.segments.find((s) => String(s.id) === this.chosen)?.name ?? this.chosen;
  }

  willUpdate() {
    if (this.route.site && (this.open || this.chosen)) this.loading.ask(this.path);
  }

  render() {
    return html`${this.chosen ? this.chip() : nothing}${
      this.route.site
        ? html`<button class="button" type="button" data-segments @click=${() => (this.open = true)}>
            ${t.segments.title}
          </button>`
        : nothing
    }
    ${this.open ? html`<mr-dialog .heading=${t.segments.title} .content=${(close) => this.window(close)} @closed=${() => (this.open = false)}></mr-dialog>` : nothing}`;
  }

  chip() {
    return html`<span class="chip" data-segment
      ><button
        type="button"
        title=${t.segments.choose}
        ?disabled=${!this.route.site}
        @click=${() => (this.open = true)}
      >
        ${t.segments.one} <b>${this.name}</b></button
      ><button
        type="button"
        class="chip-remove"
        aria-label=${t.filter.remove(`${t.segments.one} ${this.name}`)}
        @click=${() => change({[SEGMENT]: null})}
      >
        ${icons.close()}
      </button></span
    >`;
  }

  /** @param {function(): void} close */
  window(close) {
    return html`${shown(this.loading, lines(2), ({segments}) =>
      segments.length
        ? html`<div>${segments.map((s) => this.row(s, close))}</div>`
        : html`<p class="muted">${t.segments.empty}</p>`,
    )}
    ${this.form(close)}`;
  }

  /**
   * @param {!Api.SegmentHead} s
   * @param {function(): void} close
   */
  row(s, close) {
    const choose = () => {
      close();
      change({[SEGMENT]: String(s.id)});
    };
    return html`<div class="list-row">
      <span
        ><button class="button quiet" type="button" data-choose=${s.name} @click=${choose}>${s.name}</button>
        <span class="muted"
          >${[s.type === 'site' ? t.segments.ofSite : null, decodeURIComponent(s.filter.replaceAll('+', ' '))].filter(Boolean).join(' · ')}</span
        ></span
      >${
        s.type === 'personal' || this.site?.may_edit
          ? html`<button class="button danger" type="button" @click=${() => this.take(s)}>${t.state.remove}</button>`
          : nothing
      }
    </div>`;
  }

  /** @param {!Api.SegmentHead} s */
  async take(s) {
    if (!confirm(t.state.sure)) return;
    await this.attempt(async () => {
      await send('DELETE', `${this.path}/${s.id}`);
      if (this.chosen === String(s.id)) change({[SEGMENT]: null});
      await this.loading.again();
    });
  }

  /** @param {function(): void} close */
  form(close) {
    if (this.chosen || !chips(this.route.params).length) {
      return html`<p class="muted">${this.chosen ? t.segments.chosenHint : t.segments.hint}</p>
        ${this.failed()}`;
    }
    return html`<form class="form" @submit=${(event) => this.keep(event, close)}>
      <label>${t.segments.name}<input name="name" required maxlength="120" autocomplete="off" /></label>
      ${this.site?.may_edit ? html`<label class="check"><input type="checkbox" name="ofSite" />${t.segments.share}</label>` : nothing}
      ${this.failed()}
      <footer>
        <button class="button" type="button" @click=${close}>${t.state.cancel}</button
        ><button class="button primary">${t.segments.save}</button>
      </footer>
    </form>`;
  }

  /**
   * Saves the filters that are set, and puts the segment in their place.
   * @param {!Event} event
   * @param {function(): void} close
   */
  keep(event, close) {
    const {name, ofSite} = submitted(event);
    const filter = kept(this.route.params);
    return this.attempt(async () => {
      const saved = await send('POST', this.path, {name, filter, type: ofSite ? 'site' : 'personal'});
      close();
      say(t.state.saved);
      await this.loading.again();
      const gone = Object.fromEntries([...new URLSearchParams(filter).keys()].map((key) => [key, null]));
      change({...gone, [SEGMENT]: String(saved.id)});
    });
  }
}
customElements.define('mr-segments', Segments);
