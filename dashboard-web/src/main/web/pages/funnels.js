/** How far visitors get along the steps of a funnel, by any dimension, and what the funnels are. */
import {Loading, PageElement, html, nothing} from '../lib/element.js';
import {query, send} from '../lib/http.js';
import {DIMENSIONS, asked, toggled} from '../lib/filters.js';
import {change, withParams} from '../lib/route.js';
import {t} from '../strings.js';
import * as format from '../lib/format.js';
import {submitted} from '../ui/form.js';
import {icons} from '../ui/icons.js';
import {empty, lines as skeleton, say, shown} from '../ui/states.js';
import {sorted} from '../ui/sorted.js';
import {scrolling, table} from '../ui/table.js';
import '../ui/dialog.js';
import '../ui/filterbar.js';
import '../ui/period.js';

export const FEWEST_STEPS = 2;
export const MOST_STEPS = 8;
const KINDS = ['page', 'event', 'goal'];

/**
 * A step as its fields show it.
 * @param {!Api.FunnelStep} step
 */
const fieldsOf = (step) => ({
  kind: step.goal != null ? 'goal' : step.event != null ? 'event' : 'page',
  value: step.goal == null ? (step.event ?? step.page) : step.name,
  props: new URLSearchParams(step.props).toString(),
});

/**
 * What the fields of a step stand for.
 * @param {string} kind
 * @param {string} value
 * @param {string} props
 */
const stepOf = (kind, value, props) => ({
  [kind]: value,
  ...(kind === 'event' ? {props: Object.fromEntries(new URLSearchParams(props))} : {}),
});

class Funnels extends PageElement {
  static properties = {edited: {state: true}};

  constructor() {
    super();
    /**
     * The funnel in the window, with its steps as fields; without an id, one to add.
     * @type {?}
     */
    this.edited = null;
    /** @type {!Loading<!Api.FunnelReport>} */
    this.loading = new Loading(this);
  }

  get report() {
    return `${this.app.base}/funnel`;
  }

  get params() {
    const {params} = this.app.route;
    return {...asked(params), funnel: params.get('id'), dimension: params.get('by')};
  }

  get path() {
    return `/api/sites/${this.app.route.site}/funnels`;
  }

  willUpdate() {
    this.loading.ask(this.report, this.params);
  }

  render() {
    const {route, base, link, site} = this.app;
    const {data} = this.loading;
    return html`<div class="toolbar">
        <h1>${t.funnels.title}</h1>
        ${data?.funnels.length ? this.choice(/** @type {!Api.FunnelReport} */ (data)) : nothing}
        <mr-filter-bar .route=${route} .base=${base} .site=${site} .link=${link}></mr-filter-bar
        ><span class="spring"></span
        ><mr-period plain .route=${route} .report=${data?.period} .zone=${site?.timezone}></mr-period>
        <a class="button" href="${this.report}${query({...this.params, format: 'csv'})}" download="funnel.csv"
          >${t.table.csv}</a
        >
        ${site?.may_edit && data?.funnel ? html`<button class="button" data-edit-funnel @click=${() => this.edit(data.funnel)}>${t.funnels.edit}</button>` : nothing}
        ${site?.may_edit ? html`<button class="button primary" data-add-funnel @click=${() => this.edit(null)}>${icons.plus()}<span>${t.funnels.add}</span></button>` : nothing}
      </div>
      ${shown(this.loading, skeleton(8), (data) => (data.funnel ? this.one(data) : empty(t.funnels.empty, t.funnels.emptyHint)))}
      ${this.edited ? html`<mr-dialog .heading=${this.edited.id ? t.funnels.edit : t.funnels.add} .content=${(close) => this.form(close)} @closed=${() => (this.edited = null)}></mr-dialog>` : nothing}`;
  }

  /** @param {!Api.FunnelReport} data */
  choice({funnels, funnel}) {
    return html`<label class="choice"
      ><span class="hidden">${t.funnels.funnel}</span
      ><select name="funnel" @change=${(/** ? */ event) => change({id: event.target.value}, {replace: true})}>
        ${funnels.map((f) => html`<option value=${f.id} ?selected=${f.id === funnel?.id}>${f.name}</option>`)}
      </select></label
    >`;
  }

  /** @param {!Api.FunnelReport} data */
  one(data) {
    const {funnel, steps, cookieless, cookielessShare} = data;
    const heads = [
      t.funnels.step,
      t.metric.visitors,
      t.metric.rate,
      t.funnels.dropOff,
      t.funnels.median,
      t.funnels.average,
    ];
    /** @type {function(?number): string} */
    const time = (seconds) => (seconds === null ? '–' : format.duration(seconds));
    const rows = steps.map((s) => [
      html`<span class="bar-of"
        ><i class="bar" .style=${`width:${s.rate}%`}></i><span>${s.step}. ${format.name('page', s.name)}</span></span
      >`,
      format.whole(s.visitors),
      format.percent(s.rate),
      s.step === 1 ? '–' : `${format.whole(s.dropOff)} (${format.percent(s.dropOffRate)})`,
      time(s.medianSeconds),
      time(s.averageSeconds),
    ]);
    const within = funnel.days ? t.funnels.inDays(t.days(funnel.days)) : t.funnels.inVisit;
    return html`<section class="box">
        ${scrolling(funnel.name, table('data', heads, rows))}
        <p class="muted foot">${within}, ${funnel.strict ? t.funnels.strictly : t.funnels.inOrder}</p>
        ${cookieless ? html`<p class="muted" data-left-out>${t.leftOut(format.percent(cookielessShare))}</p>` : nothing}
      </section>
      <section class="box">
        <label
          >${t.funnels.by}
          <select name="by" @change=${(/** ? */ event) => change({by: event.target.value || null}, {replace: true})}>
            <option value="">${t.funnels.byNothing}</option>
            ${[...new Set([data.dimension, ...DIMENSIONS])].filter(Boolean).map((d) => html`<option value=${d} ?selected=${d === data.dimension}>${t.dimension[d] ?? d}</option>`)}
          </select></label
        >
        ${data.dimension ? this.values(data, data.dimension) : nothing}
      </section>`;
  }

  /**
   * @param {!Api.FunnelReport} data
   * @param {string} dimension whose values they are
   */
  values({funnel, rows, total}, dimension) {
    const {route} = this.app;
    /** @type {function(string): !Page.Template} */
    const name = (value) =>
      html`<a href=${withParams({[dimension]: toggled(route.params, dimension, value)})}
        >${format.name(dimension, value)}</a
      >`;
    const heads = [t.dimension[dimension] ?? dimension, t.funnels.entered, t.funnels.completed, t.metric.rate];
    const cells = rows.map((r) => [
      name(r.name),
      format.whole(r.entered),
      format.whole(r.completed),
      format.percent(r.rate),
    ]);
    const keys = rows.map((r) => [r.name, r.entered, r.completed, r.rate]);
    return html`${scrolling(`${funnel.name}: ${heads[0]}`, sorted('data values', heads, cells, keys, rows.length === total))}
      <p class="muted foot">${t.table.rows(format.whole(rows.length), format.whole(total))}</p>`;
  }

  /**
   * Opens the window.
   * @param {?Api.Funnel} funnel null: another one
   */
  edit(funnel) {
    this.refused = null;
    this.edited = funnel
      ? {...funnel, steps: funnel.steps.map(fieldsOf)}
      : {steps: Array.from({length: FEWEST_STEPS}, () => ({kind: 'page', value: '', props: ''}))};
  }

  /** @param {number} by how many steps more */
  resize(by) {
    const {steps} = this.edited;
    const resized = by < 0 ? steps.slice(0, by) : [...steps, {kind: 'page', value: '', props: ''}];
    this.edited = {...this.edited, steps: resized};
  }

  /**
   * @param {!Event} event
   * @param {function(): void} close
   */
  submit(event, close) {
    const fields = submitted(event);
    const {id, steps} = this.edited;
    return this.attempt(async () => {
      const saved = /** @type {!Api.Funnel} */ (
        await send(id ? 'PUT' : 'POST', id ? `${this.path}/${id}` : this.path, {
          name: fields.name,
          strict: fields.strict === 'on',
          days: Number(fields.days),
          steps: steps.map((_, i) => stepOf(fields[`kind-${i}`], fields[`step-${i}`], fields[`props-${i}`])),
        })
      );
      close();
      say(t.state.saved);
      change({id: saved.id}, {replace: true});
      await this.loading.again();
    });
  }

  /** @param {function(): void} close */
  async removeEdited(close) {
    if (!confirm(t.state.sure)) return;
    await this.attempt(async () => {
      await send('DELETE', `${this.path}/${this.edited.id}`);
      close();
      change({id: null}, {replace: true});
      await this.loading.again();
    });
  }

  /** @param {function(): void} close */
  form(close) {
    const f = this.edited;
    return html`<form class="form" @submit=${(event) => this.submit(event, close)}>
      <label>${t.funnels.name}<input name="name" required maxlength="120" .value=${f.name ?? ''} /></label>
      <fieldset>
        <legend>${t.funnels.steps}</legend>
        <ol class="funnel-steps">
          ${f.steps.map(
            (step, i) =>
              html`<li>
                <select name="kind-${i}" aria-label=${t.funnels.kindOf(i + 1)}>
                  ${KINDS.map((kind) => html`<option value=${kind} ?selected=${kind === step.kind}>${t.funnels.kinds[kind]}</option>`)}
                </select>
                <input
                  name="step-${i}"
                  required
                  autocapitalize="off"
                  aria-label=${t.funnels.textOf(i + 1)}
                  aria-describedby="step-hint"
                  .value=${step.value}
                />
                <input
                  name="props-${i}"
                  autocapitalize="off"
                  placeholder="plan=pro"
                  aria-label=${t.funnels.propsOf(i + 1)}
                  .value=${step.props}
                />
              </li>`,
          )}
        </ol>
        <p class="muted" id="step-hint">${t.funnels.stepHint}</p>
        <div class="inline">
          <button
            class="button"
            type="button"
            data-more-steps
            ?disabled=${f.steps.length >= MOST_STEPS}
            @click=${() => this.resize(1)}
          >
            ${t.funnels.more}
          </button>
          <button
            class="button"
            type="button"
            ?disabled=${f.steps.length <= FEWEST_STEPS}
            @click=${() => this.resize(-1)}
          >
            ${t.funnels.fewer}
          </button>
        </div>
      </fieldset>
      <label class="check"
        ><input type="checkbox" name="strict" .checked=${f.strict ?? false} />${t.funnels.strict}</label
      >
      <label>${t.funnels.days}<input name="days" type="number" min="0" max="90" .value=${String(f.days ?? 0)} /></label>
      ${this.failed()}
      <footer>
        ${f.id ? html`<button class="button danger" type="button" @click=${() => this.removeEdited(close)}>${t.state.remove}</button><span class="spring"></span>` : nothing}<button
          class="button"
          type="button"
          @click=${close}
        >
          ${t.state.cancel}</button
        ><button class="button primary">${t.state.save}</button>
      </footer>
    </form>`;
  }
}
customElements.define('mr-funnels', Funnels);
