/** What visitors and site owners decide: whether anything is sent, and by what name. */
import {randomId, safe} from './page.js';

/** Why nothing may be sent from this page, for the console; falsy: it may. */
export const reasonForSilence = options =>
  safe(() => localStorage.millrace_off)() && 'opted out'
    || options.gpc != null && navigator.globalPrivacyControl && 'GPC'
    || options.dnt != null && navigator.doNotTrack == 1 && 'DNT'
    || options.dev == null && (navigator.webdriver && 'automation'
      || /(^|\.)localhost$|^127\.|^\[::1]$|^$/.test(location.hostname) && 'local, no data-dev');

/** The ids that the site chose to give its visitors; without that choice none. Where nothing can be stored, none. */
export const identity = options => options.identity == 'local' && {
  visitor_id: lasting('localStorage'),
  session_id: lasting('sessionStorage'),
};

const lasting = safe(area => window[area].millrace_id ||= randomId());
