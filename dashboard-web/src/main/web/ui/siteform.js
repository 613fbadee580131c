/** What a site is made of: its form, and its snippet. */
import {html, nothing} from '../lib/element.js';
import {t} from '../strings.js';

/**
 * The tracker rests on a developer's machine unless it is told to count there, and knows only by its tag what a site keeps.
 * @param {!Api.Site} site
 * @param {?Api.Who} session which knows where the tracker lies, and where it posts to
 */
export function snippet(site, session) {
  const origin = session.origin ?? location.origin;
  const local = /^https?:\/\/(localhost|127\.|\[::1\])/.test(origin);
  const keep = site.keep_params.length ? ` data-keep="${site.keep_params.join(',')}"` : '';
  const api = session.collect ? ` data-api="${origin}${session.collect}"` : '';
  return `<script defer src="${origin}${session.script}" data-site="${site.id}"${keep}${api}${local ? ' data-dev' : ''}></script>`;
}

const zones = () => Intl.supportedValuesOf?.('timeZone') ?? [];

const here = () => new Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';

/** @param {string} value */
function zoneField(value) {
  const all = [...new Set(['UTC', ...zones(), value])];
  return html`<label
    >${t.setup.zone}<select name="timezone">
      ${all.map((z) => html`<option value=${z} ?selected=${z === value}>${z}</option>`)}
    </select></label
  >`;
}

/** @param {!Api.Site=} site which is changed; absent: one is added */
export const siteForm = (site) =>
  html` <label
      >${t.setup.domain}<input
        name="domain"
        required
        maxlength="261"
        autocapitalize="off"
        spellcheck="false"
        placeholder="example.com"
        .value=${site?.domain ?? ''}
        aria-describedby="domain-hint"
    /></label>
    ${site ? nothing : html`<p class="muted" id="domain-hint">${t.setup.domainHint}</p>`}
    ${zoneField(site?.timezone ?? here())}`;
