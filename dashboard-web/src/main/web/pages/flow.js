/** The paths that visitors take, as bands that part. */
import {Loading, PageElement, html, nothing, svg} from '../lib/element.js';
import {get} from '../lib/http.js';
import {asked} from '../lib/filters.js';
import {change, withParams} from '../lib/route.js';
import {t} from '../strings.js';
import * as format from '../lib/format.js';
import {empty, lines, shown} from '../ui/states.js';
import '../ui/filterbar.js';
import '../ui/period.js';

const COLUMN = 262;
const NODE = 12;
const GAP = 10;
const TEXT = 26;

/**
 * Gives each node its place: what leaves is a node too, so that widths add up.
 * @param {!Page.Path} root
 * @param {number} depth how many columns there are at most
 */
export function layout(root, depth) {
  const height = Math.max(360, leaves(root, depth) * (TEXT + GAP));
  const scale = (height * 0.62) / root.visitors;
  /** @type {!Array<!Page.Place>} */
  const nodes = [];
  /** @type {!Array<!Page.Band>} */
  const links = [];
  /** @type {function(!Page.Path, number, number, number): !Page.Place} */
  const place = (node, column, top, room) => {
    const size = Math.max(3, node.visitors * scale);
    const at = {node, column, x: column * COLUMN, y: top + (room - size) / 2, size};
    nodes.push(at);
    const children = node.children ?? [];
    const gone = node.visitors - children.reduce((sum, c) => sum + c.visitors, 0);
    const parts = [
      ...children,
      ...(children.length && gone > 0 ? [{away: true, visitors: gone, pathname: t.flow.leave}] : []),
    ];
    const rooms = parts.map((p) => leaves(p, depth - column - 1));
    const unit =
      room /
      Math.max(
        1,
        rooms.reduce((a, b) => a + b, 0),
      );
    let from = at.y;
    let to = top;
    parts.forEach((part, i) => {
      const child = place(part, column + 1, to, rooms[i] * unit);
      const width = part.visitors * scale;
      links.push({from: at, to: child, y: from + width / 2, width, away: part.away});
      from += width;
      to += rooms[i] * unit;
    });
    return at;
  };
  place(root, 0, 0, height);
  return {nodes, links, height, width: (Math.max(...nodes.map((n) => n.column)) + 1) * COLUMN};
}

/**
 * How many rows a node needs.
 * @param {!Page.Path} node
 * @param {number} depth
 * @return {number}
 */
function leaves(node, depth) {
  const children = node.children ?? [];
  if (!children.length || depth <= 1) return 1;
  const gone = node.visitors > children.reduce((sum, c) => sum + c.visitors, 0) ? 1 : 0;
  return children.reduce((sum, c) => sum + leaves(c, depth - 1), gone);
}

class Flow extends PageElement {
  constructor() {
    super();
    this.key = '';
    /** @type {!Loading<!Api.Flow>} */
    this.loading = new Loading(this);
  }

  willUpdate() {
    const {params} = this.app.route;
    const wanted = {...asked(params), root: params.get('root'), depth: params.get('depth'), topN: params.get('topN')};
    const key = JSON.stringify([this.app.base, wanted]);
    if (key === this.key) return;
    this.key = key;
    this.loading.run((signal) => get(`${this.app.base}/flow`, wanted, {signal}));
  }

  render() {
    const {route, base, site} = this.app;
    return html`<div class="toolbar">
        <h1>${t.flow.title}</h1>
        <mr-filter-bar .route=${route} .base=${base}></mr-filter-bar><span class="spring"></span
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

  /** @param {!Api.Flow} data */
  report(data) {
    const {params} = this.app.route;
    const roots = ['', ...new Set([params.get('root'), ...data.entryOptions.map((e) => e.pathname)].filter(Boolean))];
    const tools = html`<div class="inline form">
      ${this.choice('root', t.flow.start, roots, params.get('root') ?? '', (v) => v || t.flow.common)}
      ${this.choice('depth', t.flow.depth, ['2', '3', '4', '5', '6'], params.get('depth') ?? '4')}
      ${this.choice('topN', t.flow.width, ['1', '2', '3', '4', '5'], params.get('topN') ?? '3')}
    </div>`;
    if (!data.root) return html`<section class="box">${tools}${empty(t.flow.empty, t.state.nothingHint)}</section>`;
    return html`<section class="box ${this.loading.busy ? 'stale' : ''}">${tools}</section>
      <section class="box ${this.loading.busy ? 'stale' : ''}">
        ${this.picture(data.root, Number(params.get('depth') ?? 4))}
        <details class="as-table">
          <summary>${t.flow.list}</summary>
          <ul class="tree">
            ${this.tree(data.root)}
          </ul>
        </details>
      </section>`;
  }

  /**
   * @param {!Api.FlowNode} root
   * @param {number} depth
   */
  picture(root, depth) {
    const {nodes, links, height, width} = layout(root, depth);
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
    const name = node.pathname.length > 26 ? `${node.pathname.slice(0, 25)}…` : node.pathname;
    const label = svg`<text x=${x + NODE + 7} y=${middle - 1}>${name}</text>
      <text class="muted" x=${x + NODE + 7} y=${middle + 13}>${format.whole(node.visitors)} · ${format.percent((100 * node.visitors) / root.visitors)}</text>`;
    return svg`<g class="flow-node ${node.away ? 'away' : ''}"><title>${node.pathname}: ${t.flow.visitors(format.whole(node.visitors))}</title><rect x=${x} y=${y} width=${NODE} height=${size} rx="3" />
      ${node.away ? label : svg`<a href=${withParams({root: node.pathname})}>${label}</a>`}</g>`;
  }

  /** @param {!Api.FlowNode} node */
  tree(node) {
    return html`<li>
      <div><b>${node.pathname}</b><span class="muted">${t.flow.visitors(format.whole(node.visitors))}</span></div>
      ${
        node.children?.length
          ? html`<ul>
              ${node.children.map((c) => this.tree(c))}
            </ul>`
          : nothing
      }
    </li>`;
  }
}
customElements.define('mr-flow', Flow);
