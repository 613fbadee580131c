/** The address bar is the state: its path says which page, its query what the page shows. */

const SITE_PAGES = [
  'realtime',
  'flow',
  'journey',
  'affiliates',
  'goals',
  'funnels',
  'retention',
  'revenue',
  'bots',
  'settings',
];

/** Parameters that other pages do not know. */
const OF_ONE_PAGE = [
  'metric',
  'second',
  'tabs',
  'more',
  'key',
  'visitor',
  'root',
  'rootEvent',
  'direction',
  'id',
  'by',
  'unit',
];

/**
 * Where an address leads.
 * @param {(!Location|!URL)=} url
 * @return {!Page.Route}
 */
export function read(url = location) {
  const [first, second, third] = url.pathname.split('/').slice(1);
  const params = new URLSearchParams(url.search);
  const at = (page, more = {}) => ({page, params, path: url.pathname, ...more});
  if (first === 'sites' && second) return at(sitePage(third), {site: Number(second), home: `/sites/${second}`});
  if (first === 'share' && second) {
    return at(sitePage(third), {token: second, home: `/share/${second}`, embed: params.has('embed')});
  }
  if (first === 'setup') return at('setup', {token: second || params.get('token') || url.hash.slice(1)});
  return at(['login', 'settings', 'health'].includes(first) ? (first === 'settings' ? 'account' : first) : 'sites');
}

/** @type {function((string|undefined)): string} */
const sitePage = (name) => (name && SITE_PAGES.includes(name) ? name : 'site');

/**
 * Goes to an address of this page.
 * @param {string} href
 * @param {{replace: (boolean|undefined), closer: (boolean|undefined)}=} options whether the address before is forgotten, and whether
 *     it is the same seen from further away
 */
export function go(href, {replace = false, closer = false} = {}) {
  const target = new URL(href, location.href);
  if (target.href === location.href) return;
  history[replace ? 'replaceState' : 'pushState'](closer ? {closer} : null, '', target);
  dispatchEvent(new Event('mr-route'));
}

/**
 * The same page with some parameters set to others; null or an empty list takes one away.
 * @param {!Object<string, ?>} changes
 * @param {(!Location|!URL)=} url
 */
export function withParams(changes, url = location) {
  const target = new URL(url.href);
  for (const [name, value] of Object.entries(changes)) {
    target.searchParams.delete(name);
    for (const one of [value ?? []].flat()) target.searchParams.append(name, one);
  }
  const readable = target.searchParams.toString().replace(/%(2F|2C|3A|21)/g, decodeURIComponent);
  return target.pathname + (readable ? `?${readable}` : '');
}

/**
 * @param {!Object<string, ?>} changes
 * @param {{replace: (boolean|undefined), closer: (boolean|undefined)}=} options
 */
export const change = (changes, options) => go(withParams(changes), options);

/** Goes back to where somebody came closer from. */
export function back() {
  if (history.state?.closer) history.back();
}

/**
 * Carries period and filters over to another page of the site.
 * @param {string} path
 * @param {!URLSearchParams} params
 */
export function carry(path, params) {
  const kept = new URLSearchParams([...params].filter(([name]) => !OF_ONE_PAGE.includes(name)));
  const text = kept.toString();
  return text ? `${path}?${text}` : path;
}

/**
 * Makes links of this page change the address only.
 * @param {!EventTarget} root
 */
export function followLinks(root) {
  root.addEventListener('click', (/** ? */ event) => {
    const link = /** @type {?HTMLAnchorElement} */ (event.target.closest?.('a[href]'));
    if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
    if (link.target || link.hasAttribute('download') || link.origin !== location.origin) return;
    if (link.pathname.startsWith('/api/') || /\.\w+$/.test(link.pathname)) return;
    event.preventDefault();
    go(link.href);
    if (link.pathname !== location.pathname) scrollTo(0, 0);
  });
  addEventListener('popstate', () => dispatchEvent(new Event('mr-route')));
}
