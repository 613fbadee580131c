/** Keys and shared links: lists of what exists, forms for more, and the secret, shown once. */
import {Element, FormElement, Loading, html, nothing} from '../lib/element.js';
import {send} from '../lib/http.js';
import {t} from '../strings.js';
import * as format from '../lib/format.js';
import {submitted} from './form.js';
import {copyable, lines, once, say, shown} from './states.js';

/**
 * Filters with the values that are stored: `country=DE` for `?country=Germany`.
 * @param {string} filter
 */
const meant = (filter) =>
  new URLSearchParams(
    [...new URLSearchParams(filter)].map(([dimension, value]) => [dimension, format.stored(dimension, value)]),
  ).toString();

/** What a key may do, as the API calls it. */
export const SCOPES = ['ingest', 'read', 'admin'];

/**
 * What keys and links have in common.
 * @abstract
 */
class Secrets extends FormElement {
  /** @type {!Object<string, !Object>} */
  static properties = {path: {}, made: {state: true}};

  constructor() {
    super();
    /** @type {string} */
    this.path;
    /**
     * What was made, to be shown once.
     * @type {?string}
     */
    this.made = null;
    /** @type {!Loading<?>} */
    this.loading = new Loading(this);
  }

  willUpdate() {
    this.loading.ask(this.path);
  }

  /**
   * @param {!Event} event
   * @param {function(?): !Object} body what is sent, of the form's fields
   * @param {function(?): string} told what is shown, of the answer
   */
  make(event, body, told) {
    const fields = submitted(event);
    return this.attempt(async () => {
      this.made = told(await send('POST', this.path, body(fields)));
      /** @type {!HTMLFormElement} */ (event.target).reset();
      await this.loading.again();
    });
  }

  /** @param {number} id */
  async revoke(id) {
    if (!confirm(t.state.sure)) return;
    await send('DELETE', `${this.path}/${id}`);
    await this.loading.again();
  }
}

class Keys extends Secrets {
  static properties = {scopes: {attribute: false}, label: {}};

  constructor() {
    super();
    /** @type {!Array<string>} */
    this.scopes;
    /** @type {string|undefined} */
    this.label = undefined;
  }

  /** @param {!Event} event */
  add(event) {
    return this.make(
      event,
      ({name, scope}) => ({scope, ...(name ? {name} : {})}),
      (made) => made.key,
    );
  }

  render() {
    return html`<section class="box">
      <h2>${this.label ?? t.settings.keys}</h2>
      <p class="muted">${t.settings.keysHint}</p>
      ${shown(this.loading, lines(2), (/** !Api.Keys */ {keys}) => html`<div>${keys.length ? keys.map((k) => this.row(k)) : html`<p class="muted">${t.settings.noKeys}</p>`}</div>`)}
      ${once(this.made, t.settings.once, t.settings.keys)}
      <form class="form inline" @submit=${this.add}>
        <label>${t.settings.keyName}<input name="name" maxlength="120" /></label>
        <label
          >${t.settings.scope}<select name="scope">
            ${this.scopes.map((s) => html`<option value=${s}>${t.settings.scopes[s]}</option>`)}
          </select></label
        >
        <button class="button" data-add-key>${t.settings.addKey}</button>
      </form>
      ${this.failed()}
    </section>`;
  }

  /** @param {!Api.Key} k */
  row(k) {
    return html`<div class="list-row">
      <span>${k.name ?? `#${k.id}`} <span class="muted">${t.settings.scopes[k.scope]}</span></span>
      <span class="muted">${t.settings.used}: ${k.last_used ? format.ago(k.last_used) : t.settings.never}</span
      ><button class="button danger" @click=${() => this.revoke(k.id)}>${t.state.remove}</button>
    </div>`;
  }
}
customElements.define('mr-keys', Keys);

class Links extends Secrets {
  /** @type {!Object<string, !Object>} */
  static properties = {segments: {}};

  constructor() {
    super();
    /**
     * Where the site's segments are.
     * @type {string}
     */
    this.segments;
    /** @type {!Loading<!Api.SegmentList>} */
    this.saved = new Loading(this);
  }

  willUpdate() {
    super.willUpdate();
    this.saved.ask(this.segments);
  }

  /** The segments that a link may be locked to. */
  get lockable() {
    return (this.saved.data?.segments ?? []).filter((s) => s.type === 'site');
  }

  /** @param {!Event} event */
  add(event) {
    return this.make(
      event,
      ({name, filter, segment, password}) =>
        Object.fromEntries(
          Object.entries({name, filter: meant(filter), segment_id: Number(segment), password}).filter(([, v]) => v),
        ),
      (made) => location.origin + made.path,
    );
  }

  render() {
    const frame = `<iframe src="${this.made}?embed&theme=light" width="100%" height="1600" loading="lazy"></iframe>`;
    return html`<section class="box">
      <h2>${t.settings.links}</h2>
      <p class="muted">${t.settings.linksHint}</p>
      ${shown(this.loading, lines(2), (/** !Api.Links */ {links}) => html`<div>${links.length ? links.map((l) => this.row(l)) : html`<p class="muted">${t.settings.noLinks}</p>`}</div>`)}
      ${once(
        this.made,
        t.settings.once,
        t.settings.links,
        html`<p>${t.settings.embed}</p>
          ${copyable(frame, t.settings.embed)}`,
      )}
      <form class="form" @submit=${this.add}>
        <div class="inline">
          <label>${t.settings.linkName}<input name="name" maxlength="120" /></label>
          <label
            >${t.settings.linkFilter}<input name="filter" placeholder="country=DE" title=${t.settings.linkFilterHint}
          /></label>
          ${
            this.lockable.length
              ? html`<label
                  >${t.segments.one}<select name="segment">
                    <option value="">${t.segments.none}</option>
                    ${this.lockable.map((s) => html`<option value=${s.id}>${s.name}</option>`)}
                  </select></label
                >`
              : nothing
          }
          <label
            >${t.settings.linkPassword}<input
              name="password"
              type="password"
              autocomplete="new-password"
              minlength="10"
          /></label>
          <button class="button" data-add-link>${t.settings.addLink}</button>
        </div>
      </form>
      ${this.failed()}
    </section>`;
  }

  /** @param {!Api.Link} l */
  row(l) {
    return html`<div class="list-row">
      <span
        >${l.name ?? `#${l.id}`}
        <span class="muted"
          >${[l.affiliate_id ? t.nav.affiliates : null, l.filter, this.lockable.find((s) => s.id === l.segment_id)?.name, l.has_password ? t.settings.locked : null].filter(Boolean).join(' · ')}</span
        ></span
      >
      <span class="muted">${format.ago(l.created_at)}</span
      ><button class="button danger" @click=${() => this.revoke(l.id)}>${t.state.remove}</button>
    </div>`;
  }
}
customElements.define('mr-links', Links);

/** Who changed what. */
class Audit extends Element {
  static properties = {path: {}};

  constructor() {
    super();
    /** @type {string} */
    this.path;
    /** @type {!Loading<!Api.Audit>} */
    this.loading = new Loading(this);
    /**
     * Something was changed beside it; where its site was removed, there is nothing to ask for.
     * @param {?} event
     */
    this.changed = (event) => {
      if (!event.detail || !this.path.startsWith(event.detail + '/')) this.loading.again();
    };
  }

  connectedCallback() {
    super.connectedCallback();
    addEventListener('mr-changed', this.changed);
  }

  disconnectedCallback() {
    removeEventListener('mr-changed', this.changed);
    super.disconnectedCallback();
  }

  willUpdate() {
    this.loading.ask(this.path, {limit: 20});
  }

  render() {
    return html`<section class="box">
      <h2>${t.settings.audit}</h2>
      ${shown(this.loading, lines(3), ({entries}) =>
        entries.length
          ? entries.map(
              (e) =>
                html`<div class="list-row">
                  <span>${e.action} <span class="muted">${e.detail ?? ''}</span></span
                  ><span class="muted">${e.actor} · ${format.moment(e.time)}</span>
                </div>`,
            )
          : html`<p class="muted">${t.settings.noAudit}</p>`,
      )}
    </section>`;
  }
}
customElements.define('mr-audit', Audit);

export const saved = () => say(t.state.saved);
