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

/** Whether this browser is opted out; a link that ends with `#millrace_off` does it. */
const off = safe(() =>
  /#millrace_off/.test(/** @type {?} */ (location)) ? (localStorage.millrace_off = 1) : localStorage.millrace_off,
);

/** Why nothing may be sent from this page, in words for the console; falsy: it may. */
export const reasonForSilence = () =>
  (!options.site && 'no data-site') ||
  (off() && 'optout') ||
  (options.dnt != null && (navigator.globalPrivacyControl || /** @type {?} */ (navigator.doNotTrack) > 0) && 'dnt') ||
  (options.dev == null && /^(localhost|127[.\d]+|\[::1]|)$/.test(location.hostname) && 'no data-dev');

/** The ids that the site chose to give its visitors; without that choice none. Where nothing can be stored, none. */
export const identity = () =>
  options.identity && {
    visitor_id: lasting('local'),
    session_id: lasting('session'),
  };

const lasting = safe((area, storage = window[area + 'Storage']) => (storage.millrace_id ||= randomId()));
