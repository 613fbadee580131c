/** What visitors and site owners decide: whether anything is sent, and by what name. */
import {randomId, safe} from './page.js';

/**
 * The script tag's `data-` attributes, or the same names given to the ES module.
 * @type {!Tracker.Options}
 */
export let options;

/** @param {!Tracker.Options} given */
export const configure = (given) => {
  options = given;
};

/** Why nothing may be sent from this page, in words for the console; falsy: it may. */
export const reasonForSilence = () =>
  (!options.site && 'no data-site') ||
  (safe(() => localStorage.millrace_off)() && 'optout') ||
  (options.dnt != null && (navigator.globalPrivacyControl || navigator.doNotTrack == 1) && 'dnt') ||
  (options.dev == null &&
    (navigator.webdriver || /^(localhost|127[.\d]+|\[::1]|)$/.test(location.hostname)) &&
    'no data-dev');

/** The ids that the site chose to give its visitors; without that choice none. Where nothing can be stored, none. */
export const identity = () =>
  options.identity && {
    visitor_id: lasting('local'),
    session_id: lasting('session'),
  };

const lasting = safe((area, storage = window[area + 'Storage']) => (storage.millrace_id ||= randomId()));
