/** What a site excludes: the rules with what they left out, one more, and what that would have left out. */
import {FormElement, Loading, html, nothing} from '../lib/element.js';
import {get, send} from '../lib/http.js';
import {t} from '../strings.js';
import * as format from '../lib/format.js';
import {submitted} from './form.js';
import {copyable, lines, say, shown} from './states.js';

/** What a rule may be about, as the API calls it. */
export const KINDS = ['address', 'hostname', 'path', 'country', 'query', 'agent'];

/** What of these is stored, so that a rule is tried out on it. */
export const STORED = ['hostname', 'path', 'country'];

class Exclusions extends FormElement {
  /** @type {!Object<string, !Object>} */
  static properties = {path: {}, domain: {}};

  constructor() {
    super();
    /** @type {string} */
    this.path;
    /** @type {string} */
    this.domain;
    /** @type {!Loading<!Api.Exclusions>} */
    this.loading = new Loading(this);
  }

  willUpdate() {
    this.loading.ask(this.path);
  }

  /** @param {!Event} event */
  submit(event) {
    const {kind, pattern} = submitted(event);
    const {submitter} = /** @type {?} */ (event);
    return this.attempt(async () => {
      if (submitter?.name === 'try') {
        const {hits} = /** @type {!Api.WouldExclude} */ (await get(`${this.path}/try`, {kind, pattern}));
        say(t.exclusions.would(format.whole(hits)));
        return;
      }
      await send('POST', this.path, {kind, pattern, trial: submitter?.name === 'trial'});
      /** @type {!HTMLFormElement} */ (event.target).reset();
      await this.loading.again();
    });
  }

  /** @param {number} id */
  start(id) {
    return this.attempt(async () => {
      await send('POST', `${this.path}/${id}/start`);
      await this.loading.again();
    });
  }

  /** @param {number} id */
  async drop(id) {
    if (!confirm(t.exclusions.sure)) return;
    await this.attempt(async () => {
      const {restored} = /** @type {!Api.ExclusionRemoved} */ (await send('DELETE', `${this.path}/${id}?restore=true`));
      say(t.bots.restored(format.whole(restored)));
      await this.loading.again();
    });
  }

  render() {
    return html`<section class="box">
      <h2>${t.exclusions.title}</h2>
      <p class="muted">${t.exclusions.hint}</p>
      ${shown(this.loading, lines(2), ({exclusions}) => html`<div>${exclusions.map((rule) => this.row(rule))}</div>`)}
      <form class="form inline" @submit=${this.submit}>
        <label
          >${t.exclusions.kind}<select name="kind">
            ${KINDS.map((kind) => html`<option value=${kind}>${t.exclusions.kinds[kind]}</option>`)}
          </select></label
        >
        <label>${t.exclusions.pattern}<input name="pattern" required maxlength="256" autocomplete="off" /></label>
        <button class="button" name="add" data-exclude>${t.exclusions.add}</button>
        <button class="button" name="try">${t.exclusions.tryOut}</button>
        <button class="button" name="trial">${t.exclusions.trial}</button>
      </form>
      ${this.failed()}
      <p class="muted">${t.exclusions.own}</p>
      ${copyable(`https://${this.domain}/#millrace_off`, t.exclusions.ownLink)}
    </section>`;
  }

  /** @param {!Api.ExclusionRule} rule */
  row(rule) {
    const count = rule.acts
      ? t.exclusions.today(format.whole(rule.today))
      : t.exclusions.onTrial(format.whole(rule.onTrial), format.moment(rule.from));
    return html`<div class="list-row">
      <span>${rule.pattern} <span class="muted">${t.exclusions.kinds[rule.kind]}</span></span>
      <span class="muted">${count}</span>
      ${
        rule.acts
          ? nothing
          : html`<button class="button" @click=${() => this.start(rule.id)}>${t.exclusions.start}</button>`
      }
      <button class="button danger" @click=${() => this.drop(rule.id)}>${t.state.remove}</button>
    </div>`;
  }
}
customElements.define('mr-exclusions', Exclusions);
