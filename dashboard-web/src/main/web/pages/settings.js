/** What a site is, who may send and see, and how to put it into pages. */
import {Loading, PageElement, html, nothing} from '../lib/element.js';
import {send} from '../lib/http.js';
import {go} from '../lib/route.js';
import {t} from '../strings.js';
import * as format from '../lib/format.js';
import '../later/checker.js';
import {siteForm} from '../ui/siteform.js';
import {lines, submitted} from '../ui/form.js';
import '../ui/exclusions.js';
import {SCOPES, saved} from '../ui/secrets.js';
import {lines as skeleton, shown} from '../ui/states.js';
import {scrolling, table} from '../ui/table.js';

/**
 * What spells of a page are the same page, as it stands in the form.
 * @param {?} form
 */
const pathForm = (form) => ({
  keep_params: lines(form.keep_params),
  without_slash: 'without_slash' in form,
  lower_case: 'lower_case' in form,
  path_patterns: lines(form.path_patterns),
});

class Settings extends PageElement {
  /** @type {!Object<string, !Object>} */
  static properties = {preview: {state: true}};

  constructor() {
    super();
    /** @type {!Loading<!Api.Site>} */
    this.loading = new Loading(this);
    /**
     * What paths would become by what stands in the form.
     * @type {?Api.FormPreview}
     */
    this.preview = null;
  }

  get path() {
    return `/api/sites/${this.app.route.site}`;
  }

  willUpdate() {
    this.loading.ask(this.path);
  }

  /** @param {!Event} event */
  submit(event) {
    const form = submitted(event);
    const {submitter} = /** @type {?} */ (event);
    return this.attempt(async () => {
      if (submitter?.name === 'preview') {
        this.preview = /** @type {!Api.FormPreview} */ (
          await send('POST', `${this.path}/paths/preview`, pathForm(form))
        );
        return;
      }
      this.preview = null;
      this.loading.data = await send('PUT', this.path, {
        domain: form.domain,
        name: form.name || null,
        timezone: form.timezone,
        cookieless: 'cookieless' in form,
        public_live: 'public_live' in form,
        hostnames: lines(form.hostnames),
        ...pathForm(form),
        bots: form.bots,
        umami_id: form.umami_id || null,
        goatcounter_host: form.goatcounter_host || null,
      });
      saved();
      dispatchEvent(new Event('mr-sites'));
    });
  }

  /** @param {!Event} event */
  removeSite(event) {
    event.preventDefault();
    const remove = async () => {
      await send('DELETE', this.path);
      go('/');
      dispatchEvent(new Event('mr-sites'));
    };
    return this.attempt(remove, undefined, 'removal');
  }

  render() {
    return html`<div class="toolbar"><h1>${t.settings.title}</h1></div>
      ${shown(this.loading, skeleton(12), (site) => this.all(site))}`;
  }

  /** @param {!Api.Site} site */
  all(site) {
    const scopes = SCOPES.filter((scope) => scope !== 'admin' || site.may_remove);
    return html`<section class="box">
        <h2>${t.settings.snippet}</h2>
        <p class="muted">${t.setup.snippetHint}</p>
        <mr-checker .site=${site} .session=${this.app.session}></mr-checker>
      </section>
      ${
        site.may_edit
          ? html`<div class="columns">
              ${this.general(site)}
              <div>
                <mr-exclusions .path=${`/api/sites/${site.id}/exclusions`} .domain=${site.domain}></mr-exclusions>
                <mr-keys .path=${`/api/sites/${site.id}/keys`} .scopes=${scopes}></mr-keys>
                <mr-links
                  .path=${`/api/sites/${site.id}/links`}
                  .segments=${`/api/sites/${site.id}/segments`}
                ></mr-links>
              </div>
            </div>`
          : html`<p class="muted">${t.settings.viewOnly}</p>`
      }
      ${site.may_remove ? html`<mr-audit .path=${`/api/sites/${site.id}/audit`}></mr-audit>${this.removal(site)}` : nothing}`;
  }

  /** @param {!Api.Site} site */
  general(site) {
    /** @type {function(string, string, string, !Array<string>): !Page.Template} */
    const lineField = (name, label, hint, values) =>
      html`<label
          >${label}<textarea
            name=${name}
            rows="2"
            .value=${values.join('\n')}
            aria-describedby="${name}-hint"
          ></textarea>
        </label>
        <p class="muted" id="${name}-hint">${hint}</p>`;
    return html`<section class="box">
      <h2>${t.settings.general}</h2>
      <form class="form" @submit=${this.submit}>
        <label>${t.settings.name}<input name="name" maxlength="120" .value=${site.name ?? ''} /></label>
        ${siteForm(site)}
        <label class="check"
          ><input type="checkbox" name="cookieless" .checked=${site.cookieless} />${t.settings.cookieless}</label
        >
        <label class="check"
          ><input type="checkbox" name="public_live" .checked=${site.public_live} />${t.settings.publicLive}</label
        >
        ${lineField('hostnames', t.settings.hostnames, t.settings.hostnamesHint, site.hostnames)}
        ${lineField('keep_params', t.settings.keep, t.settings.keepHint, site.keep_params)}
        ${lineField('path_patterns', t.settings.patterns, t.settings.patternsHint, site.path_patterns)}
        <label class="check"
          ><input
            type="checkbox"
            name="without_slash"
            .checked=${site.without_slash}
          />${t.settings.withoutSlash}</label
        >
        <label class="check"
          ><input type="checkbox" name="lower_case" .checked=${site.lower_case} />${t.settings.lowerCase}</label
        >
        <button class="button" name="preview">${t.settings.preview}</button>
        ${this.preview ? this.previewed(this.preview) : nothing}
        <label
          >${t.settings.bots}<select name="bots" aria-describedby="bots-hint">
            ${Object.entries(t.settings.botModes).map(
              ([mode, label]) => html`<option value=${mode} ?selected=${mode === site.bots}>${label}</option>`,
            )}
          </select></label
        >
        <p class="muted" id="bots-hint">${t.settings.botsHint}</p>
        <div class="pair">
          <label>${t.settings.umami}<input name="umami_id" maxlength="64" .value=${site.umami_id ?? ''} /></label
          ><label
            >${t.settings.goatcounter}<input
              name="goatcounter_host"
              maxlength="253"
              .value=${site.goatcounter_host ?? ''}
          /></label>
        </div>
        ${this.failed()}
        <button class="button primary">${t.state.save}</button>
      </form>
    </section>`;
  }

  /** @param {!Api.FormPreview} preview */
  previewed({paths, forms, examples}) {
    const rows = examples.map((e) => [e.form, e.of.join(' '), format.whole(e.paths)]);
    return html`<p class="muted" role="status">${t.settings.previewed(format.whole(paths), format.whole(forms))}</p>
      ${rows.length ? scrolling(t.settings.preview, table('data', [t.dimension.page, t.settings.before, t.settings.paths], rows, 2)) : nothing}`;
  }

  /** @param {!Api.Site} site */
  removal(site) {
    const pattern = site.domain.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    return html`<section class="box">
      <h2>${t.settings.remove}</h2>
      <form class="form" @submit=${this.removeSite}>
        <label>${t.settings.removeHint}<input name="confirm" required pattern=${pattern} autocomplete="off" /></label>
        ${this.failed('removal')}<button class="button danger">${t.settings.removeButton}</button>
      </form>
    </section>`;
  }
}
customElements.define('mr-settings', Settings);
