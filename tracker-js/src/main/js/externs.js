/**
 * What the page, the server and the stub know by name: the compiler checks its types and leaves the names alone.
 * @externs
 */

/** @const */
var Tracker = {};

/**
 * An event, as the server reads it.
 * @record
 */
Tracker.Event = class {
  constructor() {
    /** @type {string|number} */ this.site_id;
    /** @type {string} */ this.type;
    /** @type {string|undefined} */ this.id;
    /** @type {number|undefined} */ this.attempt;
    /** @type {number|undefined} */ this.age;
    /** @type {string} */ this.url;
    /** @type {string|undefined} */ this.pathname;
    /** @type {string|undefined} */ this.referrer;
    /** @type {string|undefined} */ this.title;
    /** @type {string|undefined} */ this.language;
    /** @type {number|undefined} */ this.screen_width;
    /** @type {number|undefined} */ this.screen_height;
    /** @type {string|undefined} */ this.visitor_id;
    /** @type {string|undefined} */ this.session_id;
    /** @type {string|undefined} */ this.ref;
    /** @type {string|undefined} */ this.name;
    /** @type {!Object|undefined} */ this.props;
    /** @type {string|undefined} */ this.view;
    /** @type {number|undefined} */ this.engaged_ms;
    /** @type {number|undefined} */ this.scroll;
    /** @type {boolean|undefined} */ this.webdriver;
  }
};

/**
 * The attributes of the tag, or what `init` is given: there or not there.
 * @record
 */
Tracker.Options = class {
  constructor() {
    /** @type {string|number} */ this.site;
    /** @type {string|undefined} */ this.api;
    /** @type {string|boolean|undefined} */ this.hash;
    /** @type {string|undefined} */ this.keep;
    /** @type {string|undefined} */ this.identity;
    /** @type {string|number|undefined} */ this.heartbeat;
    /** @type {string|boolean|undefined} */ this.dnt;
    /** @type {string|boolean|undefined} */ this.dev;
    /** @type {string|undefined} */ this.affiliate;
    /** @type {string|number|undefined} */ this.affiliateDays;
    /** @type {boolean|undefined} */ this.extras;
    /** @type {string|undefined} */ this.status;
  }
};

/**
 * What elements say of themselves.
 * @record
 */
Tracker.Dataset = class {
  constructor() {
    /** @type {string|undefined} */ this.millraceEvent;
  }
};

/**
 * What `millrace` can be told to do.
 * @record
 */
Tracker.Commands = class {
  constructor() {
    /** @type {function(!Object=): void} */ this.page;
    /** @type {function(string, !Object=, !Object=): void} */ this.event;
    /** @type {function(function(!Tracker.Event): ?Tracker.Event): void} */ this.beforeSend;
    /** @type {function(): void} */ this.optout;
  }
};

/**
 * The function that the page calls; before the script has come, the stub.
 * @typedef {function(string, ...?): ?}
 */
Tracker.Millrace;

/** @type {{q: (!Array<!Array<?>>|number|undefined)}|undefined} */
Window.prototype.millrace;

/** @type {boolean|undefined} */
Navigator.prototype.globalPrivacyControl;
/** @type {string|number|undefined} */
Navigator.prototype.doNotTrack;
/** @type {boolean} */
Navigator.prototype.webdriver;
/** @type {boolean|undefined} */
Document.prototype.prerendering;
/** @type {number|undefined} */
PerformanceEntry.prototype.responseStatus;

/** @type {string|undefined} */
Storage.prototype.millrace_id;
/** @type {string|number|undefined} */
Storage.prototype.millrace_off;
/** @type {string|undefined} */
Storage.prototype.millrace_queue;
/** @type {string|undefined} */
Storage.prototype.millrace_ref;

/** @type {!EventTarget} */
var navigation;
/** @type {number} */
var scrollY;
/** @type {number} */
var innerHeight;
/** @type {!Storage} */
var localStorage;
/**
 * @param {string} type
 * @param {function(?): ?} listener
 * @param {boolean} capture
 */
function addEventListener(type, listener, capture) {}

/**
 * Where the ES module leaves what it exports.
 * @type {{init: function(!Object<string, ?>): !Tracker.Millrace}}
 */
var exported;
