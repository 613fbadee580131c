/** Numbers, times and names as people read them. */
import {t} from '../strings.js';

const LOCALE = 'en';
const WHOLE = new Intl.NumberFormat(LOCALE);
const SHORT = new Intl.NumberFormat(LOCALE, {notation: 'compact', maximumFractionDigits: 1});
const REGIONS = new Intl.DisplayNames(LOCALE, {type: 'region'});
const LANGUAGES = new Intl.DisplayNames(LOCALE, {type: 'language'});

/** @type {function((number|null|undefined)): string} */
export const whole = (n) => WHOLE.format(n ?? 0);

/**
 * Up to 9,999 as it is, then 10.4K.
 * @type {function((number|null|undefined)): string}
 */
export const compact = (n) => (Math.abs(n ?? 0) < 10_000 ? WHOLE.format(n ?? 0) : SHORT.format(n ?? 0));

/** @type {function(number): string} */
export const percent = (p) => `${Number.isInteger(p) || Math.abs(p) >= 10 ? Math.round(p) : p.toFixed(1)}%`;

/** @type {function((number|null|undefined)): string} */
export const decimal = (n) => (n ?? 0).toFixed((n ?? 0) >= 10 ? 1 : 2).replace(/0$/, '');

/**
 * 2m 05s.
 * @param {number|null|undefined} seconds
 */
export function duration(seconds) {
  const s = Math.round(seconds ?? 0);
  if (s < 60) return `${s}s`;
  if (s < 3600) return `${Math.floor(s / 60)}m ${String(s % 60).padStart(2, '0')}s`;
  if (s < 86_400) return `${Math.floor(s / 3600)}h ${String(Math.floor((s % 3600) / 60)).padStart(2, '0')}m`;
  return t.days(Math.round(s / 86_400));
}

/**
 * @param {number} minor in the currency's smallest unit
 * @param {?string|undefined} currency
 */
export function money(minor, currency) {
  if (!currency) return '–';
  const format = new Intl.NumberFormat(LOCALE, {style: 'currency', currency});
  return format.format(minor / 10 ** format.resolvedOptions().maximumFractionDigits);
}

/** @param {number} n */
export function bytes(n) {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let i = 0;
  for (; n >= 1024 && i < units.length - 1; i++) n /= 1024;
  return `${i && n < 100 ? n.toFixed(1) : Math.round(n)} ${units[i]}`;
}

/**
 * A value of a dimension: countries and languages come as codes.
 * @param {string|undefined} dimension
 * @param {?string|undefined} value
 * @return {string}
 */
export function name(dimension, value) {
  if (value === '(none)' || value === '' || value == null) return t.none;
  try {
    if (dimension === 'country' && /^[A-Z]{2}$/.test(value)) return REGIONS.of(value) ?? value;
    if (dimension === 'language') return LANGUAGES.of(value) ?? value;
  } catch {
    return value;
  }
  if (dimension === 'device') return t.device[value] ?? value;
  return value;
}

/** @type {function(string): !Date} */
const dateOf = (label) =>
  new Date(label.length === 7 ? `${label}-01T00:00Z` : label.length === 10 ? `${label}T00:00Z` : `${label}:00Z`);
/**
 * @param {!Object} options
 * @return {function(string): string}
 */
const dates = (options) => {
  const format = new Intl.DateTimeFormat(LOCALE, {timeZone: 'UTC', ...options});
  return (label) => format.format(dateOf(label));
};
const hour = dates({hour: '2-digit', minute: '2-digit', hour12: false});
const dayHour = dates({
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hour12: false,
});
const day = dates({day: 'numeric', month: 'short'});
const fullDay = dates({weekday: 'short', day: 'numeric', month: 'short', year: 'numeric'});
const month = dates({month: 'short', year: 'numeric'});

/**
 * A bucket's label below the graph. Labels are local to the site already.
 * @type {function(string): string}
 */
export const tick = (label) => (label.length === 7 ? month(label) : label.length === 10 ? day(label) : hour(label));
/**
 * A bucket's label at full length.
 * @type {function(string, ?string=): string}
 */
export const bucket = (label, interval) =>
  label.length === 7
    ? month(label)
    : label.length > 10
      ? dayHour(label)
      : interval === 'week'
        ? t.weekOf(fullDay(label))
        : fullDay(label);
/** @type {function(string): string} */
export const date = (label) => fullDay(label);
/** @type {function(string): string} */
export const plainDay = (label) => day(label);

/**
 * The moment of an instant with offset, as the clock there showed it.
 * @type {function((?string|undefined)): string}
 */
export const moment = (iso) => (iso ? `${fullDay(iso.slice(0, 10))}, ${iso.slice(11, 16)}` : '–');
/** @type {function(string): string} */
export const clock = (iso) => iso.slice(11, 16);

/**
 * How long ago an instant was.
 * @param {string} iso
 */
export function ago(iso) {
  const s = Math.max(0, Math.round((Date.now() - Date.parse(iso)) / 1000));
  return s < 5 ? t.justNow : t.ago(duration(s));
}

/**
 * Only web addresses become links.
 * @type {function((?string|undefined)): ?string}
 */
export const safeUrl = (url) => (url && /^https?:\/\//i.test(url) ? url : null);
