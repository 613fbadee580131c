/** Periods as the address and the API write them: `period=7d`, or `from=2026-11-01&to=2026-11-20`. */
import {t} from '../strings.js';
import * as format from './format.js';
import {change} from './route.js';

const DAY = 86_400_000;
const USUAL = '30d';

/** How many days each period has at most, in the order in which they are offered. */
const DAYS = new Map([
  ['30m', 1 / 48],
  ['today', 1],
  ['yesterday', 1],
  ['24h', 1],
  ['7d', 7],
  ['30d', 30],
  ['90d', 90],
  ['month', 31],
  ['year', 366],
  ['12m', 366],
  ['all', 4000],
]);

export const PERIODS = [...DAYS.keys()];
export const COMPARISONS = ['previous', 'year', 'weekday', 'off'];

/** The most days of hours that the API answers with. */
const MOST_DAYS_OF_HOURS = 31;

/** From how many days on an interval makes sense, and up to how many. */
const SUITED = new Map([
  ['minute', [0, 1]],
  ['hour', [0.5, MOST_DAYS_OF_HOURS]],
  ['day', [2, Infinity]],
  ['week', [14, Infinity]],
  ['month', [60, Infinity]],
]);

export const INTERVALS = [...SUITED.keys()];

/** @param {!URLSearchParams} params */
function length(params) {
  const from = params.get('from');
  if (!from) return DAYS.get(params.get('period') ?? USUAL) ?? 30;
  return (Date.parse(params.get('to') ?? from) - Date.parse(from)) / DAY + 1;
}

/**
 * The intervals that make sense for a period.
 * @param {!URLSearchParams} params
 * @return {!Array<string>}
 */
export function intervals(params) {
  const days = length(params);
  return [...SUITED].filter(([, [least, most]]) => days >= least && days <= most).map(([name]) => name);
}

/**
 * The interval that is chosen, or null where it makes no sense for the period.
 * @param {!URLSearchParams} params
 */
export function interval(params) {
  const chosen = params.get('interval');
  return chosen && intervals(params).includes(chosen) ? chosen : null;
}

/**
 * What the period is called.
 * @param {!URLSearchParams} params
 * @return {string}
 */
export function periodLabel(params) {
  const from = params.get('from');
  if (from) return t.period.range(format.day(from), format.day(params.get('to') ?? from));
  const period = params.get('period') ?? USUAL;
  return PERIODS.includes(period) ? t.period[period] : period;
}

/**
 * The days of a report, by the clock of its site.
 * @param {!Api.Period} period
 * @return {string}
 */
export function days(period) {
  const {from, to} = spanOf(period);
  return t.period.range(format.fullDay(from), format.fullDay(to));
}

/**
 * The days of buckets of a report, no others than it has.
 * @param {string} first the label of the first bucket
 * @param {string} last
 * @param {?string} interval
 * @param {!Api.Period} period of the report
 * @return {{from: string, to: string}}
 */
export function daysOf(first, last, interval, period) {
  const from = last.length === 7 ? `${first}-01` : first.slice(0, 10);
  const end = new Date(Date.parse(last.length === 7 ? `${last}-01` : last.slice(0, 10)));
  if (last.length === 7) end.setUTCMonth(end.getUTCMonth() + 1, 0);
  else if (interval === 'week') end.setUTCDate(end.getUTCDate() + 6);
  const to = end.toISOString().slice(0, 10);
  const whole = spanOf(period);
  return {from: from < whole.from ? whole.from : from, to: to > whole.to ? whole.to : to};
}

/**
 * The first and the last day of a report.
 * @param {!Api.Period} period
 */
export function spanOf({from, to}) {
  const end = Date.parse(to.slice(0, 10)) - (to.slice(11, 16) === '00:00' ? DAY : 0);
  return {from: from.slice(0, 10), to: new Date(end).toISOString().slice(0, 10)};
}

/**
 * The chosen days so many of their own lengths later, or earlier.
 * @param {string} from
 * @param {string} to
 * @param {number} times
 */
export function moved(from, to, times) {
  const by = times * (Date.parse(to) - Date.parse(from) + DAY);
  /** @type {function(string): string} */
  const later = (day) => new Date(Date.parse(day) + by).toISOString().slice(0, 10);
  return {from: later(from), to: later(to)};
}

/**
 * What is compared with.
 * @param {!URLSearchParams} params
 * @return {string}
 */
export function comparison(params) {
  const asked = params.get('compare');
  return asked && COMPARISONS.includes(asked) ? asked : 'previous';
}

/** @param {string} period */
export const setPeriod = (period) =>
  change({period: period === USUAL ? null : period, from: null, to: null, interval: null});

/** @param {string} compare */
export const setComparison = (compare) => change({compare: compare === 'previous' ? null : compare}, {replace: true});
