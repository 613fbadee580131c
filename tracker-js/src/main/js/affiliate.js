/** Of t.full.js: remembers the affiliate of the first or the last link that led here, within a window of days. */
import {add} from './core.js';
import {safe} from './page.js';
import {options} from './visitor.js';

const DAY_MS = 864e5;
const DAYS = 60;
/** A time of our days in milliseconds has thirteen digits. */
const DIGITS = 13;

/** Kept as thirteen digits, the time until which it counts, and the slug. Without the option nothing is stored. */
const slug = safe(() => {
  const query = new URLSearchParams(location.search + location.hash.replace(/[^?]*\??/, '&'));
  const named = query.get('ref') || query.get('via');
  const kept = localStorage.millrace_ref || '';
  const current = /** @type {?} */ (kept.slice(0, DIGITS)) > Date.now() ? kept.slice(DIGITS) : '';
  if (!named || (current && options.affiliate == 'first')) {
    return current;
  }
  localStorage.millrace_ref =
    Math.round(Date.now() + /** @type {number} */ (options.affiliateDays || DAYS) * DAY_MS) + named;
  return named;
});

add(() => ({ref: (options.affiliate && slug()) || undefined}));
