/** The paths that visitors take, as bands that part. */
import {Loading, PageElement, html, nothing, svg} from '../lib/element.js';
import {asked} from '../lib/filters.js';
import {change, withParams} from '../lib/route.js';
import {t} from '../strings.js';
import * as format from '../lib/format.js';
import {empty, lines, shown} from '../ui/states.js';
import '../ui/filterbar.js';
import '../ui/period.js';

/** How many pages deep, and how many pages after each, one may choose. */
export const DEPTHS = ['2', '3', '4', '5', '6'];
export const WIDTHS = ['1', '2', '3', '4', '5'];

const COLUMN = 262;
const NODE = 12;
const GAP = 10;
const TEXT = 26;

/** How high the first node is. */
const HIGHEST = 320;
const LEAST = 3;

/**
 * Where visitors of a node go: to its pages, to other pages, away. Together they are as many as the node has. Behind the last
 * column, where they go on is not known.
 * @param {!Page.Path} node
 * @param {boolean=} backward
 * @return {!Array<!Page.Path>}
 */
function parts(node, backward) {
  const {children = [], exits = 0, others = 0} = node;
  if (!children.length && others) return [];
  return [
    ...children,
    ...(others > 0 ? [{rest: true, visitors: others, pathname: t.flow.rest}] : []),
    ...(exits > 0 ? [{away: true, visitors: exits, pathname: backward ? t.flow.begin : t.flow.leave}] : []),
  ];
}

/**
 * How much room a node needs: for itself, for its text, and for what comes after it.
 * @param {!Page.Path} node
 * @param {number} scale
 * @param {boolean=} backward
 * @return {number}
 */
const room = (node, scale, backward) =>
  Math.max(
    Math.max(LEAST, node.visitors * scale, TEXT) + GAP,
    parts(node, backward).reduce((sum, part) => sum + room(part, scale, backward), 0),
  );

/**
 * Gives each node its place, none over another.
 * @param {!Page.Path} root
 * @param {boolean=} backward whether the tree shows what came before
 */
export function layout(root, backward = false) {
  const scale = HIGHEST / root.visitors;
  /** @type {!Array<!Page.Place>} */
  const nodes = [];
  /** @type {!Array<!Page.Band>} */
  const links = [];
  /** @type {function(!Page.Path, number, number): !Page.Place} */
  const place = (node, column, top) => {
    const size = Math.max(LEAST, node.visitors * scale);
    const at = {node, column, x: column * COLUMN, y: top + (room(node, scale, backward) - size) / 2, size};
    nodes.push(at);
    let from = at.y;
    const after = parts(node, backward);
    let to =
      top + (room(node, scale, backward) - after.reduce((sum, part) => sum + room(part, scale, backward), 0)) / 2;
    for (const part of after) {
      const child = place(part, column + 1, to);
      const width = part.visitors * scale;
      links.push({from: at, to: child, y: from + width / 2, width, away: part.away});
      from += width;
      to += room(part, scale, backward);
    }
    return at;
  };
  place(root, 0, 0);
  return {
    nodes,
    links,
    height: room(root, scale, backward),
    width: (Math.max(...nodes.map((n) => n.column)) + 1) * COLUMN,
  };
}

/** What the root may be, and the parameters that say so. */
const PAGE = 'page ';
const EVENT = 'event ';
export const DIRECTIONS = ['forward', 'backward'];

class Flow extends PageElement {
  /** @type {!Loading<!Api.Flow>} */
  loading = new Loading(this);

  /** @type {!Loading<!Api.Breakdown>} */
  events = new Loading(this);

  get backward() {
    return this.loading.data?.direction === 'backward';
  }

  willUpdate() {
    const {params} = this.app.route;
    const own = ['root', 'rootEvent', 'direction', 'depth', 'topN'].map((name) => [name, params.get(name)]);
    this.loading.ask(`${this.app.base}/flow`, {...asked(params), ...Object.fromEntries(own)});
    this.events.ask(`${this.app.base}/breakdown`, {...asked(params), dimension: 'event', limit: 30});
  }

  render() {
    const {route, base, site} = this.app;
    return html`<div class="toolbar">
        <h1>${t.flow.title}</h1>
        <mr-filter-bar .route=${route} .base=${base} .site=${this.app.site} .link=${this.app.link}></mr-filter-bar
        ><span class="spring"></span
        ><mr-period plain .route=${route} .report=${this.loading.data?.period} .zone=${site?.timezone}></mr-period>
      </div>
      ${shown(this.loading, html`<section class="box">${lines(12)}</section>`, (data) => this.report(data))}`;
  }

  /**
   * @param {string} name
   * @param {string} label
   * @param {!Array<string>} values
   * @param {string} now
   * @param {function(string): string=} show
   */
  choice(name, label, values, now, show = (v) => v) {
    return html`<label
      >${label}<select
        name=${name}
        @change=${(/** ? */ event) => change({[name]: event.target.value || null}, {replace: true})}
      >
        ${values.map((v) => html`<option value=${v} ?selected=${v === now}>${show(v)}</option>`)}
      </select></label
    >`;
  }

  /**
   * The page or event that the tree begins with.
   * @param {!Api.Flow} data
   */
  root(data) {
    const {params} = this.app.route;
    const [page, event] = [params.get('root'), params.get('rootEvent')];
    const pages = [...new Set([page, ...data.entryOptions.map((e) => e.pathname)])].filter(Boolean);
    const events = [...new Set([event, ...(this.events.data?.rows ?? []).map((r) => r.name)])].filter(
      (name) => name && name !== '(none)',
    );
    /** @type {function(string, ?string, string): function(string): !Page.Template} */
    const option = (kind, now, dimension) => (name) =>
      html`<option value=${kind + name} ?selected=${name === now}>${format.name(dimension, name)}</option>`;
    const chosen = (/** ? */ {target}) => {
      const name = (/** string */ kind) => (target.value.startsWith(kind) ? target.value.slice(kind.length) : null);
      change({root: name(PAGE), rootEvent: name(EVENT)}, {replace: true});
    };
    return html`<label
      >${t.flow.start}<select name="root" @change=${chosen}>
        <option value="" ?selected=${!page && !event}>${t.flow.common}</option>
        ${pages.map(option(PAGE, page, 'page'))}
        ${events.length ? html`<optgroup label=${t.panel.events}>${events.map(option(EVENT, event, 'event'))}</optgroup>` : nothing}
      </select></label
    >`;
  }

  /** @param {!Api.Flow} data */
  report(data) {
    const {params} = this.app.route;
    const tools = html`<div class="inline form">
      ${this.choice('direction', t.flow.direction, DIRECTIONS, data.direction, (v) => t.flow[v])} ${this.root(data)}
      ${this.choice('depth', t.flow.depth, DEPTHS, params.get('depth') ?? '4')}
      ${this.choice('topN', t.flow.width, WIDTHS, params.get('topN') ?? '3')}
    </div>`;
    if (!data.root) return html`<section class="box">${tools}${empty(t.flow.empty, t.state.nothingHint)}</section>`;
    return html`<section class="box ${this.loading.stale ? 'stale' : ''}">${tools}</section>
      <section class="box ${this.loading.stale ? 'stale' : ''}">
        ${this.picture(data.root)}
        <details class="as-table">
          <summary>${t.flow.list}</summary>
          <ul class="tree">
            ${this.tree(data.root)}
          </ul>
        </details>
      </section>`;
  }

  /** @param {!Api.FlowNode} root */
  picture(root) {
    const {nodes, links, height, width} = layout(root, this.backward);
    /** @type {function(!Page.Band): string} */
    const curve = (l) => {
      const [x1, x2] = [l.from.x + NODE, l.to.x];
      const [y1, y2] = [l.y, l.to.y + l.to.size / 2];
      const mid = (x1 + x2) / 2;
      return `M${x1} ${y1}C${mid} ${y1} ${mid} ${y2} ${x2} ${y2}`;
    };
    return html`<div class="flow-picture" tabindex="0" role="region" aria-label=${t.flow.graph}>
      <svg width=${width} height=${height + 24} viewBox="0 -12 ${width} ${height + 24}">
        ${links.map((l) => svg`<path class="flow-link ${l.away ? 'away' : ''}" d=${curve(l)} stroke-width=${Math.max(1.5, l.width)} />`)}
        ${nodes.map((n) => this.node(n, root))}
      </svg>
    </div>`;
  }

  /**
   * @param {!Page.Place} place
   * @param {!Api.FlowNode} root
   */
  node({node, x, y, size}, root) {
    const middle = y + size / 2;
    const shown = format.name('page', node.pathname);
    const name = shown.length > 26 ? `${shown.slice(0, 25)}…` : shown;
    const label = svg`<text x=${x + NODE + 7} y=${middle - 1}>${name}</text>
      <text class="muted" x=${x + NODE + 7} y=${middle + 13}>${format.whole(node.visitors)} · ${format.percent((100 * node.visitors) / root.visitors)}</text>`;
    return svg`<g class="flow-node ${node.away ? 'away' : node.rest ? 'rest' : ''}"><title>${shown}: ${t.flow.visitors(format.whole(node.visitors))}</title><rect x=${x} y=${y} width=${NODE} height=${size} rx="3" />
      ${node.away || node.rest || (node === root && this.loading.data?.event) ? label : svg`<a href=${withParams({root: node.pathname, rootEvent: null})}>${label}</a>`}</g>`;
  }

  /** @param {!Page.Path} node */
  tree(node) {
    const after = parts(node, this.backward);
    return html`<li>
      <div>
        <b>${format.name('page', node.pathname)}</b
        ><span class="muted">${t.flow.visitors(format.whole(node.visitors))}</span>
      </div>
      ${
        after.length
          ? html`<ul>
              ${after.map((part) => this.tree(part))}
            </ul>`
          : nothing
      }
    </li>`;
  }
}
customElements.define('mr-flow', Flow);
