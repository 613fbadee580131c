/**
 * What the parts of the page hand to each other.
 * @externs
 */

/** @const */
var Page = {};

/**
 * Where an address leads.
 * @record
 */
Page.Route = class {
  constructor() {
    /** @type {string} */ this.page;
    /** @type {!URLSearchParams} */ this.params;
    /** @type {string} */ this.path;
    /** @type {number|undefined} */ this.site;
    /** @type {string|undefined} */ this.home; // the path of the site's first page
    /** @type {string|undefined} */ this.token; // of a shared link, or of the set-up
    /** @type {boolean|undefined} */ this.embed;
  }
};

/**
 * A site, as its readers and its editors know it.
 * @record
 */
Page.Site = class {
  constructor() {
    /** @type {number} */ this.id;
    /** @type {string} */ this.domain;
    /** @type {string} */ this.name;
    /** @type {string} */ this.timezone;
    /** @type {boolean|undefined} */ this.may_edit;
    /** @type {boolean|undefined} */ this.may_remove;
  }
};

/**
 * What every page is given: where it is, and who looks.
 * @record
 */
Page.Context = class {
  constructor() {
    /** @type {!Page.Route} */ this.route;
    /** @type {string} */ this.base; // what the paths of the site's reports begin with
    /** @type {!Page.Site|undefined} */ this.site;
    /** @type {?Api.Who} */ this.session;
    /** @type {?Array<!Api.Site>} */ this.sites;
    /** @type {?Api.Shared} */ this.link;
  }
};

/**
 * The whole page, as its header knows it.
 * @record
 */
Page.App = class {
  constructor() {
    /** @type {!Page.Route} */ this.route;
    /** @type {!Page.Site|undefined} */ this.site;
    /** @type {?Api.Who} */ this.session;
    /** @type {?Array<!Api.Site>} */ this.sites;
    /** @type {?Api.Shared} */ this.link;
    /** @type {?string} */ this.page;
    /** @type {?Page.Failure} */ this.error;
    /** @type {boolean} */ this.help; // whether the shortcuts are on show
    /** @type {function(): !Promise} */ this.logOut;
  }
};

/**
 * The filter values of one dimension and operator.
 * @record
 */
Page.Chip = class {
  constructor() {
    /** @type {string} */ this.dimension;
    /** @type {string} */ this.operator;
    /** @type {!Array<string>} */ this.values;
  }
};

/**
 * A metric of the cards and of the graph.
 * @record
 */
Page.Metric = class {
  constructor() {
    /** @type {string} */ this.id;
    /** @type {function(!Api.Totals): number} */ this.of;
    /** @type {function(!Api.SeriesRow): number} */ this.at;
    /** @type {function(!Api.Overview): ?number} */ this.change;
    /** @type {function(number): string} */ this.show;
    /** @type {boolean|undefined} */ this.less; // whether less of it is better
  }
};

/**
 * What the graph shows of a moment.
 * @record
 */
Page.Point = class {
  constructor() {
    /** @type {string} */ this.date;
    /** @type {number} */ this.value;
  }
};

/**
 * Another metric in the graph.
 * @record
 */
Page.Second = class {
  constructor() {
    /** @type {string} */ this.label;
    /** @type {function(number): string} */ this.show;
    /** @type {!Array<number>} */ this.values;
  }
};

/**
 * A row of a panel.
 * @record
 */
Page.Row = class {
  constructor() {
    /** @type {string} */ this.name;
    /** @type {number} */ this.value;
    /** @type {number} */ this.share; // of the whole, 0 to 1
    /** @type {string|undefined} */ this.filter; // the dimension that a click filters by
    /** @type {?string|undefined} */ this.link; // where a click leads instead
    /** @type {boolean|undefined} */ this.plain; // whether a click does nothing
    /** @type {string|undefined} */ this.more; // one more figure
  }
};

/**
 * A node of the paths that visitors take.
 * @record
 */
Page.Path = class {
  constructor() {
    /** @type {string} */ this.pathname;
    /** @type {number} */ this.visitors;
    /** @type {number|undefined} */ this.exits;
    /** @type {number|undefined} */ this.others;
    /** @type {!Array<!Page.Path>|undefined} */ this.children;
    /** @type {boolean|undefined} */ this.away; // whether it stands for those who leave
    /** @type {boolean|undefined} */ this.rest; // whether it stands for pages that have no band of their own
  }
};

/**
 * Where a node of the paths is drawn.
 * @record
 */
Page.Place = class {
  constructor() {
    /** @type {!Page.Path} */ this.node;
    /** @type {number} */ this.column;
    /** @type {number} */ this.x;
    /** @type {number} */ this.y;
    /** @type {number} */ this.size;
  }
};

/**
 * How those who go on are drawn.
 * @record
 */
Page.Band = class {
  constructor() {
    /** @type {!Page.Place} */ this.from;
    /** @type {!Page.Place} */ this.to;
    /** @type {number} */ this.y;
    /** @type {number} */ this.width;
    /** @type {boolean|undefined} */ this.away;
  }
};

/**
 * A sample of Prometheus' text format.
 * @record
 */
Page.Sample = class {
  constructor() {
    /** @type {string} */ this.name;
    /** @type {number} */ this.value;
    /** @type {!Object<string, string>} */ this.labels;
  }
};

/**
 * A histogram, read from its buckets.
 * @record
 */
Page.Histogram = class {
  constructor() {
    /** @type {string} */ this.name;
    /** @type {number} */ this.count;
    /** @type {number} */ this.half;
    /** @type {number} */ this.most;
    /** @type {boolean} */ this.seconds;
  }
};

/**
 * A column of a table.
 * @record
 */
Page.Column = class {
  constructor() {
    /** @type {string} */ this.id;
    /** @type {function(!Api.BreakdownRow): string} */ this.show;
  }
};

/**
 * A part of an element that lives as long as it.
 * @record
 */
Page.Controller = class {
  constructor() {
    /** @type {(function(): void)|undefined} */ this.hostConnected;
    /** @type {(function(): void)|undefined} */ this.hostDisconnected;
  }
};

/**
 * The element that a controller belongs to.
 * @record
 */
Page.Host = class {
  constructor() {
    /** @type {boolean} */ this.isConnected;
    /** @type {function(!Page.Controller): void} */ this.addController;
    /** @type {function(): void} */ this.requestUpdate;
  }
};

/**
 * Why a request failed.
 * @record
 */
Page.Failure = class {
  constructor() {
    /** @type {string} */ this.message;
    /** @type {number|undefined} */ this.status; // 0: there was no answer
    /** @type {string|undefined} */ this.code;
    /** @type {string|undefined} */ this.field;
  }
};

/**
 * What Lit renders.
 * @record
 */
Page.Template = class {
  constructor() {
    /** @type {!ITemplateArray} */ this.strings;
    /** @type {!Array<?>} */ this.values;
  }
};
