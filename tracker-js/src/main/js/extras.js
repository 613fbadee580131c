/** Of t.full.js: events that need no code in the page. */
import {on} from './page.js';
import {options} from './visitor.js';

const FILES =
  /\.(7z|apk|avi|csv|dmg|docx?|epub|exe|gz|iso|key|mov|mp[34]|mpe?g|msi|pdf|pkg|pptx?|rar|rtf|tar|tgz|txt|wav|wmv|xlsx?|zip)$/i;
const PREFIX = 'millrace';

/**
 * `data-millrace-event="Signup" data-millrace-plan="pro"` is the event Signup with the property plan.
 * @param {!Tracker.Millrace} millrace
 * @param {!HTMLElement} element
 */
const say = (millrace, element) => {
  const props = {};
  for (const name in element.dataset) {
    if (name.startsWith(PREFIX) && name != 'millraceEvent') {
      props[name[PREFIX.length].toLowerCase() + name.slice(PREFIX.length + 1)] = element.dataset[name];
    }
  }
  millrace('event', /** @type {!Tracker.Dataset} */ (/** @type {?} */ (element.dataset)).millraceEvent, props);
};

/**
 * @param {!Tracker.Millrace} millrace
 * @param {!HTMLAnchorElement} link
 */
const followed = (millrace, link) => {
  const url = link.href;
  if (FILES.test(link.pathname)) {
    millrace('event', 'File Download', {url});
  } else if (link.host != location.host && /^http/.test(url)) {
    millrace('event', 'Outbound Link', {url});
  }
};

/**
 * What an element says of itself goes before what is found out about it.
 * @param {!Tracker.Millrace} millrace
 */
export const watch = (millrace) => {
  on('click auxclick', (event) => {
    // Of the buttons, the middle one opens links too. The first of the path may be inside a shadow tree.
    const element = event.button < 2 && event.composedPath()[0];
    const named = element.closest('[data-millrace-event]');
    const link = element.closest('a[href]');
    if (named && !named.matches('form')) {
      say(millrace, named);
    } else if (link) {
      followed(millrace, link);
    }
  });
  on('submit', (event) => {
    const form = /** @type {!HTMLFormElement} */ (event.target);
    if (/** @type {!Tracker.Dataset} */ (/** @type {?} */ (form.dataset)).millraceEvent) {
      say(millrace, form);
    } else {
      millrace('event', 'Form Submit', {
        form: form.getAttribute('id') || form.getAttribute('name') || form.getAttribute('action'),
      });
    }
  });
  // Browsers that do not tell the status need data-status on the tag of the error page.
  if ((performance.getEntriesByType('navigation')[0]?.responseStatus || options.status) == 404) {
    millrace('event', '404', {path: location.pathname});
  }
};
