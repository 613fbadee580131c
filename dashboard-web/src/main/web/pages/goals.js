/** What visitors completed of the site's goals, one goal by any dimension, and what the goals are. */
import {html, nothing} from '../lib/element.js';
import {get, query} from '../lib/http.js';
import {DIMENSIONS, GOAL, asked, exactly, toggled} from '../lib/filters.js';
import {carry, change, withParams} from '../lib/route.js';
import {t} from '../strings.js';
import * as format from '../lib/format.js';
import {EditingPage} from '../ui/editing.js';
import {lines} from '../ui/form.js';
import {icons} from '../ui/icons.js';
import {empty} from '../ui/states.js';
import {sorted} from '../ui/sorted.js';
import {scrolling, stats} from '../ui/table.js';

const BY = 'source';

/** @type {function({visitors: number, completions: number, rate: number}): !Array<string>} */
const figures = (r) => [format.whole(r.visitors), format.whole(r.completions), format.percent(r.rate)];

class Goals extends EditingPage {
  constructor() {
    super('goals', t.goals, 'id', 'by');
  }

  get by() {
    return this.app.route.params.get('by') ?? BY;
  }

  get report() {
    return `${this.app.base}/${this.chosen ? 'goal' : 'goals'}`;
  }

  get params() {
    const {params} = this.app.route;
    return {...asked(params), ...(this.chosen ? {id: String(this.chosen), dimension: this.by} : {})};
  }

  willUpdate() {
    this.loading.ask(this.report, this.params);
  }

  render() {
    const csv = `${this.report}${query({...this.params, format: 'csv'})}`;
    return this.page(
      this.chosen ? this.loading.data?.goal?.name : null,
      html`<a class="button" href=${csv} download="goals.csv">${t.table.csv}</a>
        ${this.app.site?.may_edit ? html`<button class="button primary" data-edit-goal @click=${() => this.editChosen()}>${this.chosen ? nothing : icons.plus()}<span>${this.chosen ? t.goals.edit : t.goals.add}</span></button>` : nothing}`,
      (data) => (this.chosen ? this.one(data) : this.list(data)),
    );
  }

  /** @param {!Api.Goals} data */
  list(data) {
    if (!data.goals.length) return empty(t.goals.empty, t.goals.emptyHint);
    const heads = [t.goals.name, t.metric.visitors, t.metric.completions, t.metric.rate];
    const rows = data.goals.map((g) => [html`<a href=${withParams({id: g.id})}>${g.name}</a>`, ...figures(g)]);
    const keys = data.goals.map((g) => [g.name, g.visitors, g.completions, g.rate]);
    return html`<section class="box">${scrolling(t.goals.title, sorted('data', heads, rows, keys, true))}</section>`;
  }

  /** @param {!Api.Goal} data */
  one(data) {
    const {route} = this.app;
    const {goal, rows} = data;
    const heads = [
      t.dimension[data.dimension] ?? data.dimension,
      ...['visitors', 'completions', 'rate', 'all'].map((id) => t.metric[id]),
    ];
    /** @type {function(string): !Page.Template} */
    const name = (value) =>
      html`<a href=${withParams({[data.dimension]: toggled(route.params, data.dimension, value)})}
        >${format.name(data.dimension, value)}</a
      >`;
    const cells = rows.map((r) => [name(r.name), ...figures(r), format.whole(r.all)]);
    const keys = rows.map((r) => [r.name, r.visitors, r.completions, r.rate, r.all]);
    const visits = carry(`${route.home}`, route.params);
    const filter = new URLSearchParams({[GOAL]: exactly(goal.name)});
    return html`${stats([
        [
          t.metric.visitors,
          html`<a href="${visits}${visits.includes('?') ? '&' : '?'}${filter}">${format.whole(goal.visitors)}</a>`,
        ],
        [t.metric.completions, format.whole(goal.completions)],
        [t.metric.rate, format.percent(goal.rate)],
      ])}
      <section class="box">
        <label
          >${t.goals.by}
          <select name="by" @change=${(/** ? */ event) => change({by: event.target.value}, {replace: true})}>
            ${[...new Set([this.by, ...DIMENSIONS])].map((d) => html`<option value=${d} ?selected=${d === this.by}>${t.dimension[d] ?? d}</option>`)}
          </select></label
        >
        ${scrolling(goal.name, sorted('data', heads, cells, keys, rows.length === data.total))}
        <p class="muted foot">${t.table.rows(format.whole(rows.length), format.whole(data.total))}</p>
      </section>`;
  }

  /** Opens the window: for the goal that is chosen, or for another one. */
  async editChosen() {
    if (!this.chosen) {
      this.edit({});
      return;
    }
    const {goals} = /** @type {!Api.GoalList} */ (await get(this.path));
    this.edit(goals.find((g) => g.id === this.chosen) ?? {});
  }

  body({name, page, event, props, scroll, seconds}) {
    return {
      name,
      page: page || null,
      event: event || null,
      props: Object.fromEntries(lines(props).map((line) => line.split(/=(.*)/s).slice(0, 2))),
      scroll: Number(scroll),
      seconds: Number(seconds),
    };
  }

  fields() {
    const g = this.edited;
    const props = Object.entries(g.props ?? {}).map((pair) => pair.join('='));
    return html`<label>${t.goals.name}<input name="name" required maxlength="120" .value=${g.name ?? ''} /></label>
      <label
        >${t.goals.page}<input
          name="page"
          maxlength="256"
          autocapitalize="off"
          .value=${g.page ?? ''}
          aria-describedby="page-hint"
      /></label>
      <p class="muted" id="page-hint">${t.goals.pageHint}</p>
      <label
        >${t.goals.event}<input
          name="event"
          maxlength="256"
          autocapitalize="off"
          .value=${g.event ?? ''}
          aria-describedby="event-hint"
      /></label>
      <p class="muted" id="event-hint">${t.goals.eventHint}</p>
      <label
        >${t.goals.props}<textarea
          name="props"
          rows="2"
          .value=${props.join('\n')}
          aria-describedby="props-hint"
        ></textarea>
      </label>
      <p class="muted" id="props-hint">${t.goals.propsHint}</p>
      <div class="pair">
        <label
          >${t.goals.scroll}<input name="scroll" type="number" min="0" max="100" .value=${String(g.scroll ?? 0)}
        /></label>
        <label
          >${t.goals.seconds}<input name="seconds" type="number" min="0" max="86400" .value=${String(g.seconds ?? 0)}
        /></label>
      </div>`;
  }
}
customElements.define('mr-goals', Goals);
