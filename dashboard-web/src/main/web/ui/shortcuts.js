/** One key does what otherwise takes a few clicks. */
import {Element, html} from '../lib/element.js';
import {t} from '../strings.js';
import {carry, change, go} from '../lib/route.js';
import {cleared} from '../lib/filters.js';
import {comparison, setComparison, setPeriod} from './period.js';
import {theme} from './theme.js';
import './dialog.js';

const KEYS = [
  ['t', t.keys.today, () => setPeriod('today')],
  ['y', t.keys.yesterday, () => setPeriod('yesterday')],
  ['w', t.keys.week, () => setPeriod('7d')],
  ['m', t.keys.month, () => setPeriod('30d')],
  ['l', t.keys.year, () => setPeriod('12m')],
  ['a', t.keys.all, () => setPeriod('all')],
  ['c', t.keys.compare, (app) => setComparison(comparison(app.route.params) === 'off' ? 'previous' : 'off')],
  ['i', t.keys.interval, () => document.querySelector('mr-site')?.nextInterval()],
  ['f', t.keys.filter, () => document.querySelector('mr-filter-bar')?.edit()],
  ['x', t.keys.clear, () => change(cleared())],
  ['d', t.keys.dashboard, (app) => go(carry(app.route.home, app.route.params))],
  ['r', t.keys.realtime, (app) => go(carry(`${app.route.home}/realtime`, app.route.params))],
];
const ALWAYS = [
  ['s', t.keys.sites, () => go('/')],
  ['b', t.keys.dark, () => theme.toggle()],
  ['?', t.keys.help, (app) => (app.help = true)],
];

export function shortcuts(app) {
  addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.('input, textarea, select, dialog'))
      return;
    const found = [...(app.route.home ? KEYS : []), ...ALWAYS].find(([key]) => key === event.key);
    if (!found || (!app.session?.user && !app.link)) return;
    event.preventDefault();
    found[2](app);
  });
}

class Help extends Element {
  render() {
    return html`<mr-dialog
      .heading=${t.keys.title}
      .content=${() =>
        html`<dl class="shortcuts">
          ${[...KEYS, ...ALWAYS].map(
            ([key, what]) =>
              html`<div>
                <dt><kbd>${key}</kbd></dt>
                <dd>${what}</dd>
              </div>`,
          )}
        </dl>`}
      @closed=${() => this.dispatchEvent(new Event('closed'))}
    ></mr-dialog>`;
  }
}
customElements.define('mr-help', Help);
