/** One key does what otherwise takes a few clicks. */
import {Element, html} from '../lib/element.js';
import {t} from '../strings.js';
import {back, carry, change, go} from '../lib/route.js';
import {cleared} from '../lib/filters.js';
import {comparison, setComparison, setPeriod} from '../lib/period.js';
import {theme} from './theme.js';
import './dialog.js';

/**
 * Does something with an element, if it is on the page.
 * @param {string} name
 * @param {function(?): void} work
 */
function on(name, work) {
  const found = document.querySelector(name);
  if (found) work(found);
}

/**
 * @param {string} key
 * @param {string} what it does, for the list
 * @param {function(!Page.App): ?} work
 */
const shortcut = (key, what, work) => ({key, what, work});

/** What works on the pages of a site. */
const KEYS = [
  shortcut('t', t.keys.today, () => setPeriod('today')),
  shortcut('y', t.keys.yesterday, () => setPeriod('yesterday')),
  shortcut('w', t.keys.week, () => setPeriod('7d')),
  shortcut('m', t.keys.month, () => setPeriod('30d')),
  shortcut('l', t.keys.year, () => setPeriod('12m')),
  shortcut('a', t.keys.all, () => setPeriod('all')),
  shortcut('c', t.keys.compare, (app) => setComparison(comparison(app.route.params) === 'off' ? 'previous' : 'off')),
  shortcut('i', t.keys.interval, () => on('mr-site', (site) => site.nextInterval())),
  shortcut('f', t.keys.filter, () => on('mr-filter-bar', (bar) => bar.edit())),
  shortcut('x', t.keys.clear, (app) => change(cleared(app.route.params))),
  shortcut('Escape', t.keys.back, () => back()),
  shortcut('d', t.keys.dashboard, (app) => go(carry(`${app.route.home}`, app.route.params))),
  shortcut('r', t.keys.realtime, (app) => go(carry(`${app.route.home}/realtime`, app.route.params))),
];
/** What works on every page. */
const ALWAYS = [
  shortcut('s', t.keys.sites, () => go('/')),
  shortcut('b', t.keys.dark, () => theme.toggle()),
  shortcut('?', t.keys.help, (app) => (app.help = true)),
];

/** @param {!Page.App} app */
export function shortcuts(app) {
  addEventListener('keydown', (/** ? */ event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.('input, textarea, select, dialog'))
      return;
    const found = [...(app.route.home ? KEYS : []), ...ALWAYS].find(({key}) => key === event.key);
    if (!found || (!app.session?.user && !app.link)) return;
    event.preventDefault();
    found.work(app);
  });
}

class Help extends Element {
  render() {
    return html`<mr-dialog
      .heading=${t.keys.title}
      .content=${() =>
        html`<dl class="shortcuts">
          ${[...KEYS, ...ALWAYS].map(
            ({key, what}) =>
              html`<div>
                <dt><kbd>${key === 'Escape' ? 'Esc' : key}</kbd></dt>
                <dd>${what}</dd>
              </div>`,
          )}
        </dl>`}
      @closed=${() => this.dispatchEvent(new Event('closed'))}
    ></mr-dialog>`;
  }
}
customElements.define('mr-help', Help);
