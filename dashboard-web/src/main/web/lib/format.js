/** Numbers, times and names as people read them. */
import {t} from '../strings.js';
import {codesOfRegions, region} from './regions.js';

/** Of the page's words and numbers; places and languages are called as its reader calls them. */
const LOCALE = 'en';
const WHOLE = new Intl.NumberFormat(LOCALE);
const SHORT = new Intl.NumberFormat(LOCALE, {notation: 'compact', maximumFractionDigits: 1});
const READER = [...(navigator.languages ?? []), LOCALE];
const COUNTRIES = new Intl.DisplayNames(READER, {type: 'region'});
/** Dimensions whose values are paths. */
const PATHS = ['page', 'entry_page', 'exit_page'];
const LANGUAGES = new Intl.DisplayNames(READER, {type: 'language'});

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

/**
 * What people type as an amount, in minor units: exactly what the digits say. Not a number where they say nothing, or more
 * than the currency has.
 * @param {string} text
 * @param {string} currency
 */
export function minor(text, currency) {
  let digits = 2;
  try {
    digits =
      new Intl.NumberFormat(LOCALE, {style: 'currency', currency}).resolvedOptions().maximumFractionDigits ?? digits;
  } catch {
    // no currency: the server says so
  }
  const [, whole, part = ''] = /^\s*(\d{1,12})(?:[.,](\d*))?\s*$/.exec(text) ?? [];
  return whole && part.length <= digits ? Number(whole + part.padEnd(digits, '0')) : null;
}

/**
 * Amounts of several currencies, each by itself.
 * @param {!Array<?>} rows each with its currency
 * @param {string} name of the amount
 * @param {?string} currency of nothing
 */
export const amounts = (rows, name, currency) =>
  rows.length ? rows.map((r) => money(r[name], r.currency)).join(' + ') : money(0, currency);

/** @param {number} n */
export function bytes(n) {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let i = 0;
  for (; n >= 1024 && i < units.length - 1; i++) n /= 1024;
  return `${i && n < 100 ? n.toFixed(1) : Math.round(n)} ${units[i]}`;
}

/** Of what letters are written with in a path, as old rows have it; what cannot be seen stays as it is. */
const ESCAPED = /(?:%[89a-f][0-9a-f])+/gi;
const UNSEEN = /[\p{C}\p{Z}]/u;

/**
 * A path as people read it.
 * @param {string} path
 */
export const readable = (path) =>
  path.replace(ESCAPED, (run) => {
    try {
      const text = decodeURIComponent(run);
      return UNSEEN.test(text) ? run : text;
    } catch {
      return run;
    }
  });

/**
 * A value of a dimension: countries, regions and languages come as codes, and a value that is called like none has a mark.
 * @param {string|undefined} dimension
 * @param {?string|undefined} value
 * @return {string}
 */
export function name(dimension, value) {
  if (value === '(none)' || value === '' || value == null) return t.none;
  if (value === `\\${t.none}`) return t.none;
  try {
    if (dimension === 'country' && /^[A-Z]{2}$/.test(value)) return COUNTRIES.of(value) ?? value;
    if (dimension === 'region' && /^[A-Z]{2}-/.test(value)) return region(value, COUNTRIES.of(value.slice(0, 2)));
    if (dimension === 'language') return LANGUAGES.of(value) ?? value;
  } catch {
    return value;
  }
  if (dimension === 'device') return t.device[value] ?? value;
  return dimension && PATHS.includes(dimension) ? readable(value) : value;
}

/** @type {function(string): string} */
export const folded = (text) => text.trim().toLowerCase();

/**
 * Codes by what they are called, in English and in the reader's languages.
 * @param {string} type as Intl.DisplayNames calls it
 * @param {function(string): string} cased
 * @return {!Map<string, string>}
 */
function codes(type, cased) {
  const letters = [...'abcdefghijklmnopqrstuvwxyz'];
  const all = letters.flatMap((a) => letters.map((b) => cased(a + b)));
  const found = new Map();
  for (const languages of [navigator.languages, LOCALE]) {
    const names = new Intl.DisplayNames(languages, {type, fallback: 'none'});
    for (const code of all) {
      const called = names.of(code);
      if (called) found.set(folded(called), code);
    }
  }
  for (const code of all) found.set(folded(code), code);
  return found;
}

/** @type {!Object<string, !Map<string, string>>} */
const known = {};

/**
 * What values of a dimension are called in small letters, and what is stored for each: `DE` for Germany. Null where a value is
 * called by itself.
 * @param {string} dimension
 * @return {?Map<string, string>}
 */
export function called(dimension) {
  if (dimension === 'region') return codesOfRegions();
  if (dimension === 'country') known['country'] ??= codes('region', (code) => code.toUpperCase());
  if (dimension === 'language') known['language'] ??= codes('language', (code) => code);
  if (dimension === 'device') known['device'] ??= new Map(Object.entries(t.device).map(([k, v]) => [folded(v), k]));
  return known[dimension] ?? null;
}

/**
 * What is stored for a value that somebody typed as it is shown.
 * @param {string} dimension
 * @param {string} typed
 * @return {string}
 */
export function stored(dimension, typed) {
  const text = folded(dimension === 'region' ? typed.split(',')[0] : typed);
  return called(dimension)?.get(text) ?? typed;
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
export const day = dates({day: 'numeric', month: 'short'});
export const fullDay = dates({weekday: 'short', day: 'numeric', month: 'short', year: 'numeric'});
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

/**
 * The moment of an instant with offset, as the clock there showed it.
 * @type {function((?string|undefined)): string}
 */
export const moment = (iso) => (iso ? `${fullDay(iso.slice(0, 10))}, ${iso.slice(11, 16)}` : '–');
/**
 * The time of day of a moment, in milliseconds, where the reader is.
 * @type {function(number): string}
 */
export const time = (millis) =>
  new Date(millis).toLocaleTimeString(LOCALE, {hour: '2-digit', minute: '2-digit', hour12: false});
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
