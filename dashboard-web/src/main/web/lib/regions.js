/** What regions are called: the files of names are loaded when the first region is to be shown. */

import {asset} from './assets.js';

/** Beside English, which has them all. */
const LANGUAGES = ['de', 'es', 'fr', 'it', 'ja', 'nl', 'pl', 'pt', 'zh'];

/**
 * By codes of ISO 3166-2; null until somebody asks.
 * @type {?Map<string, string>}
 */
let names = null;

/**
 * Adds a file's names to those that are there.
 * @param {string} language
 */
async function read(language) {
  const response = await fetch(asset(`regions/${language}.tsv`));
  if (!response.ok) return;
  for (const line of (await response.text()).split('\n')) {
    const tab = line.indexOf('\t');
    if (tab > 0) names?.set(line.slice(0, tab), line.slice(tab + 1));
  }
}

async function load() {
  names = new Map();
  const reader = (navigator.languages ?? [])
    .map((tag) => tag.split('-')[0])
    .find((l) => l === 'en' || LANGUAGES.includes(l));
  try {
    await read('en');
    if (reader && reader !== 'en') await read(reader);
  } catch {
    // Codes are shown instead.
  }
  dispatchEvent(new Event('mr-names'));
}

/**
 * A region with its country, or its code while names are on their way.
 * @param {string} code
 * @param {string|undefined} country
 * @return {string}
 */
export function region(code, country) {
  if (!names) load();
  const name = names?.get(code);
  return name ? `${name}, ${country ?? code.slice(0, 2)}` : code;
}

/**
 * Codes by names in small letters.
 * @return {!Map<string, string>}
 */
export function codesOfRegions() {
  if (!names) load();
  return new Map([...(names ?? [])].map(([code, name]) => [name.toLowerCase(), code]));
}
