/** The top of every page: where one is, and the ways elsewhere. */
import {html, nothing} from '../lib/element.js';
import {ofPart} from '../lib/filters.js';
import {carry} from '../lib/route.js';
import {t} from '../strings.js';
import {icons} from './icons.js';
import {theme} from './theme.js';
import './menu.js';
import './sitelist.js';

export const PAGES = [
  'site',
  'realtime',
  'flow',
  'goals',
  'funnels',
  'retention',
  'revenue',
  'affiliates',
  'bots',
  'settings',
];

/** @param {!Page.App} app */
function switcher(app) {
  if (!app.site) return nothing;
  if (!app.sites?.length) return html`<b class="place">${app.site.domain}</b>`;
  /** @param {!Api.Site} s */
  const to = (s) => `/sites/${s.id}${app.route.page === 'site' ? '' : `/${app.route.page}`}`;
  return html`<b class="place on-paper">${app.site.domain}</b>
    <mr-menu
      .label=${app.site.domain}
      .name=${`${t.nav.chooseSite}: ${app.site.domain}`}
      .content=${(close) => html`<mr-site-list .sites=${app.sites} .now=${app.site} .to=${to} .close=${close}></mr-site-list>`}
    ></mr-menu>`;
}

/** @param {!Page.App} app */
function pages(app) {
  if (!app.route.home || app.link?.affiliate || app.link?.locked || (app.session && !app.session.user) || app.error)
    return nothing;
  if (!app.site) return html`<div class="pages" aria-hidden="true"><span></span></div>`;
  const shared = Boolean(app.link);
  const filtered = ofPart(app.link);
  const shown = PAGES.filter(
    (p) => !(shared && ['bots', 'settings'].includes(p)) && !(filtered && ['realtime', 'revenue'].includes(p)),
  );
  /** @param {string} p */
  const href = (p) => {
    const path = p === 'site' ? `${app.route.home}` : `${app.route.home}/${p}`;
    return p === 'settings' ? path : carry(path, app.route.params);
  };
  return html`<nav class="pages" aria-label=${t.nav.main}>
    ${shown.map((p) => html`<a href=${href(p)} aria-current=${p === app.page ? 'page' : nothing}>${t.nav[p]}</a>`)}
  </nav>`;
}

/** @param {!Page.App} app */
function account(app) {
  const user = app.session?.user;
  if (!user || app.link) return nothing;
  return html`<mr-menu
    align="end"
    class="account"
    .label=${''}
    .name=${t.nav.menu}
    .icon=${icons.user}
    .content=${(close) =>
      html`<ul>
        <li class="muted who">${user.name ?? user.email}</li>
        <li><a href="/" @click=${() => close(false)}>${t.nav.sites}</a></li>
        <li><a href="/settings" @click=${() => close(false)}>${t.nav.account}</a></li>
        ${user.roles?.all === 'owner' ? html`<li><a href="/health" @click=${() => close(false)}>${t.nav.health}</a></li>` : nothing}
        <li>
          <button
            type="button"
            @click=${() => {
              close(false);
              app.help = true;
            }}
          >
            ${t.nav.help}
          </button>
        </li>
        <li class="apart"><button type="button" data-log-out @click=${() => app.logOut()}>${t.nav.logOut}</button></li>
      </ul>`}
  ></mr-menu>`;
}

/** @param {!Page.App} app */
export const header = (app) =>
  html`<a
      class="skip"
      href="#main"
      @click=${(event) => {
        event.preventDefault();
        /** @type {!HTMLElement} */ (document.querySelector('main')).focus();
      }}
      >${t.nav.skip}</a
    >
    <header class="top">
      <div class="top-row">
        <a class="brand" aria-label=${t.product} href=${app.link ? app.route.home : '/'}
          >${icons.wheel()}<span>${t.product}</span></a
        >
        ${switcher(app)}
        <span class="spring"></span>
        <button
          class="button quiet"
          type="button"
          aria-label=${t.nav.theme}
          title=${t.nav.theme}
          data-theme-toggle
          @click=${() => theme.toggle()}
        >
          ${icons.theme()}
        </button>
        ${account(app)}
      </div>
      ${pages(app)}
    </header>`;
