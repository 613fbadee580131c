/** What an affiliate sees through their share link: their own figures and nothing else. */
import {Loading, PageElement, html} from '../lib/element.js';
import {dates} from '../lib/filters.js';
import {t} from '../strings.js';
import {figures} from '../ui/figures.js';
import {lines, shown} from '../ui/states.js';
import '../ui/period.js';
import '../ui/statement.js';

class Partner extends PageElement {
  /** @type {!Loading<!Api.Affiliate>} */
  loading = new Loading(this);

  willUpdate() {
    this.loading.ask(`${this.app.base}/affiliate`, dates(this.app.route.params));
  }

  render() {
    const {route, site, link} = this.app;
    return html`<div class="toolbar">
        <h1>${t.affiliates.figures(link.affiliate.name)}</h1>
        <span class="spring"></span
        ><mr-period plain .route=${route} .report=${this.loading.data?.period} .zone=${site.timezone}></mr-period>
      </div>
      ${shown(this.loading, lines(10), figures)}
      <mr-statement .route=${route} .report=${`${this.app.base}/statement`}></mr-statement>`;
  }
}
customElements.define('mr-partner', Partner);
