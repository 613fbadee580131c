/**
 * Names that are not the compiler's to shorten.
 * @externs
 */

// Fields of an event, as the server reads them.
Object.prototype.site_id;
Object.prototype.site;
Object.prototype.type;
Object.prototype.id;
Object.prototype.attempt;
Object.prototype.age;
Object.prototype.url;
Object.prototype.pathname;
Object.prototype.referrer;
Object.prototype.title;
Object.prototype.language;
Object.prototype.screen_width;
Object.prototype.screen_height;
Object.prototype.visitor_id;
Object.prototype.session_id;
Object.prototype.ref;
Object.prototype.name;
Object.prototype.props;
Object.prototype.view;
Object.prototype.engaged_ms;
Object.prototype.scroll;

// Options.
Object.prototype.api;
Object.prototype.affiliate;
Object.prototype.affiliateDays;
Object.prototype.manual;
Object.prototype.dev;
Object.prototype.dnt;
Object.prototype.gpc;
Object.prototype.hash;
Object.prototype.heartbeat;
Object.prototype.identity;

// Commands, and what the stub and the script leave on `millrace`.
Object.prototype.page;
Object.prototype.event;
Object.prototype.beforeSend;
Object.prototype.optout;
Object.prototype.q;
Object.prototype.started;
Object.prototype.millrace;

// Of browsers, unknown to the compiler.
Object.prototype.globalPrivacyControl;
Object.prototype.prerendering;
Object.prototype.persisted;
Object.prototype.doNotTrack;
Object.prototype.webdriver;
Object.prototype.navigation;
Object.prototype.millrace_id;
Object.prototype.millrace_off;
Object.prototype.millrace_queue;
/** @const */
var scrollY;
/** @const */
var innerHeight;
/** @const */
var navigation;
function addEventListener(type, listener, capture) {}
/** @const */
var localStorage;
/** Where the ES module leaves what it exports. */
var exported;
Object.prototype.init;
Object.prototype.extras;
Object.prototype.status;
Object.prototype.millrace_ref;
Object.prototype.millraceEvent;
Object.prototype.responseStatus;
