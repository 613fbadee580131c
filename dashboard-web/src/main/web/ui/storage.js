/** How many bytes the database takes, table by table. */
import {Element, Loading, html, nothing} from '../lib/element.js';
import {t} from '../strings.js';
import * as format from '../lib/format.js';
import {empty, lines, shown} from './states.js';
import {scrolling, table} from './table.js';

class Storage extends Element {
  /** @type {!Loading<!Api.Storage>} */
  loading = new Loading(this);

  connectedCallback() {
    super.connectedCallback();
    this.loading.ask('/api/storage');
  }

  render() {
    return html`<section class="box">
      <h2>${t.storage.title}</h2>
      ${shown(this.loading, lines(6), (use) => (use.bytes ? this.use(use) : empty(t.storage.unknown)))}
    </section>`;
  }

  /** @param {!Api.Storage} use */
  use(use) {
    const heads = [t.storage.table, t.storage.size, t.panel.share];
    /** @param {number} bytes */
    const share = (bytes) => format.percent((100 * bytes) / use.bytes);
    const rows = use.tables.map((r) => [r.name, format.bytes(r.bytes), share(r.bytes)]);
    return html`<p class="muted">
        ${t.storage.sum(format.bytes(use.bytes), format.bytes(use.free_bytes))}${rows.length ? nothing : html` ${t.storage.great}`}
      </p>
      ${rows.length ? scrolling(t.storage.title, table('outcomes', heads, rows), 'low') : nothing}`;
  }
}
customElements.define('mr-storage', Storage);
