/** How many bytes the database takes, table by table. */
import {Element, Loading, html, nothing} from '../lib/element.js';
import {get} from '../lib/http.js';
import {t} from '../strings.js';
import * as format from '../lib/format.js';
import {empty, lines, shown} from './states.js';

class Storage extends Element {
  constructor() {
    super();
    /** @type {!Loading<!Api.Storage>} */
    this.loading = new Loading(this);
  }

  connectedCallback() {
    super.connectedCallback();
    this.loading.run((signal) => get('/api/storage', {}, {signal}));
  }

  render() {
    return html`<section class="box">
      <h2>${t.storage.title}</h2>
      ${shown(this.loading, lines(6), (use) => (use.bytes ? this.use(use) : empty(t.storage.unknown)))}
    </section>`;
  }

  /** @param {!Api.Storage} use */
  use(use) {
    return html`<p class="muted">
        ${t.storage.sum(format.bytes(use.bytes), format.bytes(use.free_bytes))}${use.tables.length ? nothing : html` ${t.storage.great}`}
      </p>
      ${
        use.tables.length
          ? html`<div class="scroll low" tabindex="0" role="region" aria-label=${t.storage.title}>
              <table class="outcomes">
                <thead>
                  <tr>
                    <th scope="col">${t.storage.table}</th>
                    <th scope="col" class="n">${t.storage.size}</th>
                    <th scope="col" class="n">${t.panel.share}</th>
                  </tr>
                </thead>
                <tbody>
                  ${use.tables.map(
                    (r) =>
                      html`<tr>
                        <th scope="row">${r.name}</th>
                        <td class="n">${format.bytes(r.bytes)}</td>
                        <td class="n">${format.percent((100 * r.bytes) / use.bytes)}</td>
                      </tr>`,
                  )}
                </tbody>
              </table>
            </div>`
          : nothing
      }`;
  }
}
customElements.define('mr-storage', Storage);
