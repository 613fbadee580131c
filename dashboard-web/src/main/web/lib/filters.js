/** Filters as the address and the API write them: `source=Google&source=Bing`, `country=!DE`, `page=*blog*`. */

import {stored} from './format.js';

export const DIMENSIONS = [
  'source',
  'channel',
  'referrer',
  'utm_source',
  'utm_medium',
  'utm_campaign',
  'utm_term',
  'utm_content',
  'page',
  'entry_page',
  'exit_page',
  'hostname',
  'event',
  'country',
  'region',
  'city',
  'language',
  'browser',
  'browser_version',
  'os',
  'os_version',
  'device',
  'screen',
];

/** The parameter that filters by goals; their names are values, without patterns. */
export const GOAL = 'goal';

/** The parameter that selects what a segment does, by its id. */
export const SEGMENT = 'segment';

const PROPERTY = 'prop.';

/**
 * The parameter that filters by a property of events.
 * @type {function(string): string}
 */
export const ofProperty = (key) => PROPERTY + key;

/**
 * The property that a parameter filters by, or null.
 * @param {string} name
 * @return {?string}
 */
export const propertyOf = (name) =>
  name.startsWith(PROPERTY) && name.length > PROPERTY.length ? name.slice(PROPERTY.length) : null;

/** @type {function(string): boolean} */
const isFilter = (name) => name === GOAL || DIMENSIONS.includes(name) || propertyOf(name) !== null;

/**
 * What parameters filter by, properties last.
 * @param {!URLSearchParams} params
 * @return {!Array<string>}
 */
const filtered = (params) => [
  ...[...DIMENSIONS, GOAL, SEGMENT].filter((name) => params.has(name)),
  ...new Set([...params.keys()].filter((name) => propertyOf(name) !== null)),
];

export const OPERATORS = ['is', 'is_not', 'contains', 'contains_not'];

/** Dimensions whose values are codes or words of ours, which have no parts. */
const CODED = [GOAL, 'country', 'region', 'language', 'device'];

/** @type {function(string): boolean} */
export const isCoded = (dimension) => CODED.includes(dimension);

/**
 * Those that there are for a dimension.
 * @param {string} dimension
 */
export const operatorsOf = (dimension) => (isCoded(dimension) ? OPERATORS.slice(0, 2) : OPERATORS);

/**
 * One chip for each dimension and operator.
 * @param {!URLSearchParams} params
 * @return {!Array<!Page.Chip>}
 */
export function chips(params) {
  const found = new Map();
  for (const [dimension, value] of params) {
    if (!isFilter(dimension)) continue;
    const {operator, plain} = parse(value);
    const key = `${dimension} ${operator}`;
    if (!found.has(key)) found.set(key, {dimension, operator, values: []});
    found.get(key).values.push(plain);
  }
  return [...found.values()];
}

/**
 * @param {string} value
 * @return {{operator: string, plain: string}}
 */
function parse(value) {
  const not = value.startsWith('!');
  const pattern = not ? value.slice(1) : value;
  const contains = pattern.length > 2 && pattern.startsWith('*') && /[^\\]\*$/.test(pattern);
  const operator = contains ? (not ? 'contains_not' : 'contains') : not ? 'is_not' : 'is';
  return {operator, plain: contains ? pattern.slice(1, -1) : pattern};
}

/**
 * @param {string} operator
 * @param {string} plain
 */
function written(operator, plain) {
  const pattern = operator.startsWith('contains') ? `*${plain}*` : plain;
  return operator.endsWith('not') ? `!${pattern}` : pattern;
}

/**
 * The pattern that finds a value of a report and nothing else, whatever its letters would mean.
 * @param {string} value
 * @return {string}
 */
export const exactly = (value) =>
  /^\\?\(none\)$/.test(value) ? value : value.replace(/[\\*]/g, '\\$&').replace(/^!/, '\\!');

/**
 * A pattern as people read it.
 * @param {string} pattern
 * @return {string}
 */
export const literal = (pattern) => pattern.replace(/\\([\\*!(])/g, '$1');

/**
 * The parameter of a dimension once a chip is taken away and another put in its place (either may be null).
 * @param {!URLSearchParams} params
 * @param {string} dimension
 * @param {?string} without the operator of the chip that goes
 * @param {?{operator: string, values: !Array<string>}} chip
 * @return {!Array<string>}
 */
export function replaced(params, dimension, without, chip) {
  const kept = params.getAll(dimension).filter((v) => parse(v).operator !== without);
  return [...kept, ...(chip?.values ?? []).map((v) => written(chip.operator, v))];
}

/**
 * Clicking a row of a report: sets the filter, or takes it away when it is set.
 * @param {!URLSearchParams} params
 * @param {string} dimension
 * @param {string} value
 * @return {!Array<string>}
 */
export function toggled(params, dimension, value) {
  const now = params.getAll(dimension);
  const pattern = exactly(value);
  return now.includes(pattern) ? now.filter((v) => v !== pattern) : [pattern];
}

/**
 * Leaves out a row of a report, or takes it in again.
 * @param {!URLSearchParams} params
 * @param {string} dimension
 * @param {string} value
 * @return {!Array<string>}
 */
export function without(params, dimension, value) {
  const pattern = exactly(value);
  const others = params.getAll(dimension).filter((v) => v !== pattern && v !== `!${pattern}`);
  return isOut(params, dimension, value) ? others : [...others, `!${pattern}`];
}

/** @type {function(!URLSearchParams, string, string): boolean} */
export const isOut = (params, dimension, value) => params.getAll(dimension).includes(`!${exactly(value)}`);

/** @type {function(!URLSearchParams, string, string): boolean} */
export const isSet = (params, dimension, value) => params.getAll(dimension).includes(exactly(value));

/**
 * The period that the API is asked about.
 * @param {!URLSearchParams} params
 * @return {!Object<string, string>}
 */
export function dates(params) {
  /** @type {!Object<string, string>} */
  const out = {};
  for (const name of ['period', 'from', 'to']) {
    const value = params.get(name);
    if (value) out[name] = value;
  }
  return out['period'] || out['from'] ? out : {period: '30d', ...out};
}

/**
 * What the API is asked with, for reports of a site.
 * @param {!URLSearchParams} params
 * @param {{paged: boolean}=} list whether the report is a list, where `page` is a number
 * @return {!Object<string, (string|!Array<string>)>}
 */
export function asked(params, {paged} = {paged: false}) {
  /** @type {!Object<string, (string|!Array<string>)>} */
  const out = {...dates(params)};
  for (const name of filtered(params)) out[paged && name === 'page' ? 'path' : name] = params.getAll(name);
  return out;
}

/**
 * The filters that are set one by one, as a segment keeps them.
 * @param {!URLSearchParams} params
 * @return {string}
 */
export const kept = (params) => new URLSearchParams([...params].filter(([name]) => isFilter(name))).toString();

/**
 * Whether a link shows a part of its site: the live count and journeys cannot be filtered.
 * @param {?Api.Shared} link
 */
export const ofPart = (link) => Boolean(link?.filter || link?.segment);

/** @type {function(!URLSearchParams): !Object<string, null>} */
export const cleared = (params) => Object.fromEntries(filtered(params).map((d) => [d, null]));

/**
 * Whether all filters are about these dimensions.
 * @param {!URLSearchParams} params
 * @param {!Array<string>} dimensions
 */
export const within = (params, dimensions) => filtered(params).every((name) => dimensions.includes(name));

/**
 * Whether filters, as the API understands them, let something through.
 * @param {!URLSearchParams} params
 * @param {!Object<string, (?string|undefined)>} values by dimension
 */
export const passes = (params, values) =>
  filtered(params).every((name) => {
    const all = params.getAll(name);
    /** @param {string} pattern */
    const matches = (pattern) => match(stored(name, pattern), values[name] ?? '');
    const wanted = all.filter((v) => !v.startsWith('!'));
    return (!wanted.length || wanted.some(matches)) && !all.some((v) => v.startsWith('!') && matches(v.slice(1)));
  });

/**
 * @param {string} pattern
 * @param {string} value
 */
function match(pattern, value) {
  if (pattern === '(none)') return !value;
  const text = pattern.replace(/\\(.)|(\*)|([^\w\s])/g, (found, literal, star) =>
    star ? '.*' : (literal ?? found).replace(/\W/, '\\$&'),
  );
  return new RegExp(`^${text}$`, 's').test(value);
}
