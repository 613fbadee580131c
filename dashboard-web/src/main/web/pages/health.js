/** Whether the server is well: the ring, the batches, the commits, and whether every beacon is accounted for. */
import {Loading, PageElement, html, nothing} from '../lib/element.js';
import {text} from '../lib/http.js';
import {Polling} from '../lib/live.js';
import {t} from '../strings.js';
import * as format from '../lib/format.js';
import {lines, shown} from '../ui/states.js';
import {scrolling, stats, table} from '../ui/table.js';

/**
 * Samples of Prometheus' text format.
 * @param {string} source
 * @return {!Array<!Page.Sample>}
 */
export function samples(source) {
  return source
    .split('\n')
    .filter((line) => line && !line.startsWith('#'))
    .map((line) => {
      const [, name, , labels, value] = /^([^\s{]+)(\{(.*)\})?\s+(\S+)/.exec(line) ?? [];
      return {
        name,
        value: Number(value),
        labels: Object.fromEntries(
          [...(labels ?? '').matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, k, v]) => [k, v]),
        ),
      };
    })
    .filter((s) => s.name);
}

/**
 * The median and the 99th percentile of each histogram: the bound of the bucket that they fall into.
 * @param {!Array<!Page.Sample>} all
 * @return {!Array<!Page.Histogram>}
 */
export function histograms(all) {
  /** @type {!Map<string, !Array<{le: number, count: number}>>} */
  const families = new Map();
  for (const s of all.filter((x) => x.name.endsWith('_bucket'))) {
    const le = s.labels['le'];
    const labels = Object.entries(s.labels).filter(([name]) => name !== 'le');
    const name = [s.name.slice(0, -'_bucket'.length), ...labels.map(([, value]) => value)].join(' · ');
    families.set(name, [...(families.get(name) ?? []), {le: le === '+Inf' ? Infinity : Number(le), count: s.value}]);
  }
  return [...families]
    .map(([name, buckets]) => {
      const count = buckets[buckets.length - 1].count;
      /** @type {function(number): number} */
      const at = (part) => buckets.find((b) => b.count >= part * count)?.le ?? 0;
      return {name, count, half: at(0.5), most: at(0.99), seconds: name.split(' ')[0].endsWith('_seconds')};
    })
    .filter((h) => h.count);
}

/** @param {{name: string, value: number}} sample */
function shownValue({name, value}) {
  if (name.endsWith('_bytes')) return format.bytes(value);
  if (name.endsWith('_seconds') && value < 1000)
    return value < 1 ? `${(value * 1000).toFixed(2)} ms` : `${value.toFixed(1)} s`;
  return Number.isInteger(value) ? format.whole(value) : format.decimal(value);
}

/** What the server calls its state when it is well. */
export const WELL = 'running';

/** The metrics that are shown apart from all others. */
export const KNOWN = [
  'millrace_received_total',
  'millrace_beacons_total',
  'millrace_health',
  'millrace_in_flight',
  'millrace_ring_slots_free',
  'millrace_queries_waiting',
  'millrace_live_streams',
  'millrace_sites',
];

class Health extends PageElement {
  constructor() {
    super();
    /** @type {!Loading<!Array<!Page.Sample>>} */
    this.loading = new Loading(this);
    new Polling(this, () => this.load(), 5000);
  }

  connectedCallback() {
    super.connectedCallback();
    this.load();
  }

  load() {
    return this.loading.run(async () => samples(await text('/metrics')));
  }

  render() {
    return html`<div class="toolbar"><h1>${t.health.title}</h1></div>
      ${shown(this.loading, lines(12), (all) => this.report(all))}`;
  }

  /** @param {!Array<!Page.Sample>} all */
  report(all) {
    /** @type {function(string): number} */
    const of = (name) => all.find((s) => s.name === name)?.value ?? 0;
    const state = all.find((s) => s.name === 'millrace_health' && s.value === 1)?.labels['state'] ?? '–';
    return html`${stats([
        [t.health.state, html`<span class=${state === WELL ? 'ok' : 'not-ok'}>${state}</span>`],
        [t.health.ring, t.health.free(format.whole(of('millrace_ring_slots_free')))],
        [t.health.inFlight, format.whole(of('millrace_in_flight'))],
        [t.health.queries, format.whole(of('millrace_queries_waiting'))],
        [t.health.streams, format.whole(of('millrace_live_streams'))],
      ])}
      <div class="columns">
        ${this.law(all, of('millrace_received_total'), of('millrace_in_flight'))}${this.caches(all)}
      </div>
      ${this.percentiles(all)}${this.others(all)}`;
  }

  /**
   * @param {!Array<!Page.Sample>} all
   * @param {number} received
   * @param {number} inFlight
   */
  law(all, received, inFlight) {
    const outcomes = all
      .filter((s) => s.name === 'millrace_beacons_total' && s.value > 0)
      .sort((a, b) => b.value - a.value);
    const sum = outcomes.reduce((n, s) => n + s.value, 0);
    const holds = received === sum + inFlight;
    const rows = [
      [html`<b>${t.health.received}</b>`, '', html`<b>${format.whole(received)}</b>`],
      ...outcomes.map((s) => [s.labels['outcome'], s.labels['reason'], format.whole(s.value)]),
      [t.health.inFlight, '', format.whole(inFlight)],
    ];
    return html`<section class="box">
      <h2>${t.health.law}</h2>
      <p class="muted">${t.health.lawHint}</p>
      ${table('outcomes', [t.health.outcome, t.health.reason, t.health.count], rows, 2)}
      <p class=${holds ? 'ok' : 'not-ok'} role="status">${holds ? t.health.holds : t.health.broken}</p>
    </section>`;
  }

  /** @param {!Array<!Page.Sample>} all */
  caches(all) {
    const reports = [...new Set(all.filter((s) => s.labels['report']).map((s) => s.labels['report']))];
    /** @type {function(string, string): string} */
    const value = (kind, report) =>
      format.whole(all.find((s) => s.name === `millrace_report_cache_${kind}` && s.labels['report'] === report)?.value);
    const {report, hits, kept, loads, entries} = t.health;
    const kinds = ['hits_total', 'kept_total', 'loads_total', 'entries'];
    const rows = reports.map((r) => [r, ...kinds.map((kind) => value(kind, r))]);
    return this.box(t.health.caches, [report, hits, kept, loads, entries], rows);
  }

  /**
   * @param {string} title
   * @param {!Array<string>} heads
   * @param {!Array<!Array<string>>} rows
   */
  box(title, heads, rows) {
    return html`<section class="box">
      <h2>${title}</h2>
      ${scrolling(title, table('outcomes', heads, rows))}
    </section>`;
  }

  /** @param {!Array<!Page.Sample>} all */
  percentiles(all) {
    const found = histograms(all);
    /** @type {function(!Page.Histogram, number): string} */
    const bound = (h, v) =>
      v === Infinity ? '∞' : `≤ ${h.seconds ? shownValue({name: '_seconds', value: v}) : format.whole(v)}`;
    const rows = found.map((h) => [
      h.name.replace(/^millrace_/, '').replaceAll('_', ' '),
      format.whole(h.count),
      bound(h, h.half),
      bound(h, h.most),
    ]);
    return rows.length ? this.box(t.health.percentiles, [t.health.name, t.health.count, 'p50', 'p99'], rows) : nothing;
  }

  /** @param {!Array<!Page.Sample>} all */
  others(all) {
    const rest = all.filter(
      (s) =>
        s.name.startsWith('millrace_') &&
        !/_(bucket|sum|count|created)$/.test(s.name) &&
        !KNOWN.includes(s.name) &&
        !s.name.startsWith('millrace_report_cache_') &&
        !(s.name.includes('_notes_') && !s.value),
    );
    /** @type {function(!Page.Sample): string} */
    const name = (s) =>
      [
        s.name
          .replace(/^millrace_/, '')
          .replace(/_(total|bytes|seconds)$/, '')
          .replaceAll('_', ' '),
        ...Object.values(s.labels),
      ].join(' · ');
    const rows = rest.map((s) => [name(s), shownValue(s)]);
    return rows.length ? this.box(t.health.other, [t.health.name, t.health.value], rows) : nothing;
  }
}
customElements.define('mr-health', Health);
