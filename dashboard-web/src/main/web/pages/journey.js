/** Everything that one visitor did, visit by visit. */
import {Loading, PageElement, html, nothing} from '../lib/element.js';
import {query} from '../lib/http.js';
import {change} from '../lib/route.js';
import {t} from '../strings.js';
import * as format from '../lib/format.js';
import {submitted} from '../ui/form.js';
import {empty, failure, lines} from '../ui/states.js';
import {stats} from '../ui/table.js';

class Journey extends PageElement {
  /** @type {!Loading<!Api.Journey>} */
  loading = new Loading(this);

  willUpdate() {
    const visitor = this.app.route.params.get('visitor');
    if (visitor) this.loading.ask(`${this.app.base}/visitor-journey${query({visitorId: visitor})}`);
  }

  /** @param {!Event} event */
  submit(event) {
    change({visitor: submitted(event).visitor.trim()});
  }

  render() {
    const visitor = this.app.route.params.get('visitor');
    return html`<div class="toolbar"><h1>${t.journey.title}</h1></div>
      <section class="box">
        <form class="form inline" @submit=${this.submit}>
          <label>${t.journey.id}<input name="visitor" required maxlength="64" .value=${visitor ?? ''} /></label
          ><button class="button primary">${t.journey.show}</button>
        </form>
      </section>
      ${visitor ? this.found() : empty(t.journey.hint)}`;
  }

  found() {
    const {data, error} = this.loading;
    if (error?.status === 404)
      return empty(t.journey.unknown, error.code === 'visits_removed' ? t.journey.removed : '');
    if (error) return failure(error, () => this.loading.again());
    return data ? this.timeline(data) : lines(8);
  }

  /** @param {!Api.Journey} data */
  timeline(data) {
    const v = data.visitor;
    return html`${stats([
        [t.journey.first, format.moment(v.firstVisit)],
        [t.journey.last, format.moment(v.lastVisit)],
        [t.metric.sessions, format.whole(v.totalSessions)],
        [t.metric.page_views, format.whole(v.totalPageViews)],
      ])}
      <section class="box">
        ${data.visitsFrom ? html`<p class="muted">${t.journey.since(format.moment(data.visitsFrom))}</p>` : nothing}
        <ol class="timeline">
          ${this.items(data)}
        </ol>
      </section>`;
  }

  /**
   * Visits and payments, as they came.
   * @param {!Api.Journey} data
   */
  items(data) {
    return [
      ...data.sessions.map((s) => ({at: s.started_at, shown: this.visit(s)})),
      ...data.conversions.map((c) => ({at: c.occurred_at, shown: this.paid(c, data)})),
    ]
      .sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
      .map(({shown}) => shown);
  }

  /**
   * The page views and events of a visit, as they came.
   * @param {!Api.Session} s
   */
  steps(s) {
    const seen = s.pageViews.map((p) => ({
      at: p.timestamp,
      shown: html`${p.pathname}${p.title ? html` <span class="muted">${p.title}</span>` : nothing}`,
    }));
    const done = s.events.map((e) => ({
      at: e.timestamp,
      shown: html`<b>${e.name}</b>
        <span class="muted"
          >${Object.entries(e.props)
            .map((pair) => pair.join('='))
            .join(', ')}</span
        >`,
    }));
    return [...seen, ...done]
      .sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
      .map(({at, shown}) => html`<li><time datetime=${at}>${format.clock(at)}</time><span>${shown}</span></li>`);
  }

  /** @param {!Api.Session} s */
  visit(s) {
    const link = format.safeUrl(s.referrer);
    const where = [s.city, format.name('country', s.country)].filter((x) => x && x !== t.none).join(', ');
    return html`<li>
      <b>${format.moment(s.started_at)}</b>
      <span class="muted"
        >${[format.duration(s.duration), where, s.browser, s.os, s.is_bounce ? t.journey.bounce : null].filter(Boolean).join(' · ')}</span
      >
      <p class="muted">
        ${t.journey.from}
        ${link ? html`<a href=${link} rel="noopener noreferrer" target="_blank">${s.source}</a>` : s.source}${s.utm_campaign ? ` · ${s.utm_campaign}` : ''}
      </p>
      <ol class="steps-of">
        ${this.steps(s)}
      </ol>
    </li>`;
  }

  /**
   * @param {!Api.ConversionHead} c
   * @param {!Api.Journey} data
   */
  paid(c, {conversion, timeToComplete}) {
    const after = timeToComplete && c.id === conversion?.id ? t.journey.after(format.duration(timeToComplete)) : null;
    const refunded = c.refunded ? t.journey.refunded(format.money(c.refunded, c.currency)) : null;
    return html`<li class="paid">
      <b>${t.journey.converted} ${format.money(c.amount, c.currency)}</b>
      <span class="muted">${[format.moment(c.occurred_at), after, refunded].filter(Boolean).join(' · ')}</span>
    </li>`;
  }
}
customElements.define('mr-journey', Journey);
