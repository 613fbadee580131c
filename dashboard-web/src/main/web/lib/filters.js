/** Filters as the address and the API write them: `source=Google&source=Bing`, `country=!DE`, `page=*blog*`. */

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
  'os',
  'device',
  'screen',
];

export const OPERATORS = ['is', 'is_not', 'contains', 'contains_not'];

/** One chip for each dimension and operator: [{dimension, operator, values}]. */
export function chips(params) {
  const found = new Map();
  for (const [dimension, value] of params) {
    if (!DIMENSIONS.includes(dimension)) continue;
    const {operator, plain} = parse(value);
    const key = `${dimension} ${operator}`;
    if (!found.has(key)) found.set(key, {dimension, operator, values: []});
    found.get(key).values.push(plain);
  }
  return [...found.values()];
}

function parse(value) {
  const not = value.startsWith('!');
  const pattern = not ? value.slice(1) : value;
  const contains = pattern.length > 2 && pattern.startsWith('*') && pattern.endsWith('*');
  const operator = contains ? (not ? 'contains_not' : 'contains') : not ? 'is_not' : 'is';
  return {operator, plain: contains ? pattern.slice(1, -1) : pattern};
}

function written(operator, plain) {
  const pattern = operator.startsWith('contains') ? `*${plain}*` : plain;
  return operator.endsWith('not') ? `!${pattern}` : pattern;
}

/** The parameter of a dimension once a chip is taken away and another put in its place (either may be null). */
export function replaced(params, dimension, without, chip) {
  const kept = params.getAll(dimension).filter((v) => parse(v).operator !== without);
  return [...kept, ...(chip?.values ?? []).map((v) => written(chip.operator, v))];
}

/** Clicking a row: sets the filter, or takes it away when it is set. */
export function toggled(params, dimension, value) {
  const now = params.getAll(dimension);
  return now.includes(value) ? now.filter((v) => v !== value) : [value];
}

export const isSet = (params, dimension, value) => params.getAll(dimension).includes(value);

/** What the API is asked with, for reports of a site. */
export function asked(params, {paged = false} = {}) {
  const out = {};
  for (const name of ['period', 'from', 'to']) if (params.has(name)) out[name] = params.get(name);
  if (!out.period && !out.from) out.period = '30d';
  for (const name of DIMENSIONS) {
    const values = params.getAll(name);
    if (values.length) out[paged && name === 'page' ? 'path' : name] = values;
  }
  return out;
}

export const cleared = () => Object.fromEntries(DIMENSIONS.map((d) => [d, null]));
