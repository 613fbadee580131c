/**
 * The answers of the API, made from its OpenAPI document. ApiTypesTest fails when they differ.
 * @externs
 */

/** @const */
var Api = {};

/** @record */
Api.Affiliate = class {
  constructor() {
    /** @type {!Api.SiteHead} */ this.site;
    /** @type {!Api.Period} */ this.period;
    /** @type {!Api.AffiliateHead} */ this.affiliate;
    /** @type {!Api.AffiliateStats} */ this.stats;
    /** @type {!Array<!Api.AffiliateVisits>} */ this.visitTimeSeries;
    /** @type {!Array<!Api.ConversionSeriesRow>} */ this.convTimeSeries;
    /** @type {!Array<!Api.CountRow>} */ this.landingPages;
    /** @type {!Array<!Api.AffiliateConversion>|undefined} */ this.conversions;
  }
};

/** @record */
Api.AffiliateConversion = class {
  constructor() {
    /** @type {number} */ this.id;
    /** @type {string} */ this.external_id;
    /** @type {?string} */ this.visitor_id;
    /** @type {?string} */ this.session_id;
    /** @type {number} */ this.amount;
    /** @type {string} */ this.currency;
    /** @type {string} */ this.status;
    /** @type {?number} */ this.affiliate_id;
    /** @type {string} */ this.occurred_at;
    /** @type {string} */ this.affiliate_name;
  }
};

/** @record */
Api.AffiliateHead = class {
  constructor() {
    /** @type {number} */ this.id;
    /** @type {string} */ this.name;
    /** @type {string} */ this.slug;
    /** @type {number} */ this.commission_rate;
    /** @type {number} */ this.window_days;
  }
};

/** @record */
Api.AffiliateList = class {
  constructor() {
    /** @type {!Array<!Api.AffiliateHead>} */ this.affiliates;
  }
};

/** @record */
Api.AffiliateRow = class {
  constructor() {
    /** @type {number} */ this.id;
    /** @type {string} */ this.name;
    /** @type {string} */ this.slug;
    /** @type {number} */ this.commission_rate;
    /** @type {number} */ this.window_days;
    /** @type {number} */ this.visits;
    /** @type {number} */ this.unique_visitors;
    /** @type {number} */ this.conversions;
    /** @type {number} */ this.revenue;
    /** @type {number} */ this.commission;
  }
};

/** @record */
Api.AffiliateStats = class {
  constructor() {
    /** @type {number} */ this.visits;
    /** @type {number} */ this.uniqueVisitors;
    /** @type {number} */ this.conversions;
    /** @type {number} */ this.revenue;
    /** @type {?string} */ this.currency;
    /** @type {!Array<!Api.Revenue>} */ this.revenues;
    /** @type {number} */ this.conversionRate;
    /** @type {number} */ this.commission;
  }
};

/** @record */
Api.AffiliateSummary = class {
  constructor() {
    /** @type {string} */ this.name;
    /** @type {string} */ this.slug;
    /** @type {number} */ this.visits;
    /** @type {number} */ this.visitors;
    /** @type {number} */ this.conversions;
    /** @type {number} */ this.revenue;
  }
};

/** @record */
Api.AffiliateTotals = class {
  constructor() {
    /** @type {number} */ this.visits;
    /** @type {number} */ this.unique_visitors;
    /** @type {number} */ this.conversions;
    /** @type {number} */ this.revenue;
    /** @type {?string} */ this.currency;
  }
};

/** @record */
Api.AffiliateVisits = class {
  constructor() {
    /** @type {string} */ this.date;
    /** @type {number} */ this.visits;
    /** @type {number} */ this.unique_visitors;
  }
};

/** @record */
Api.Affiliates = class {
  constructor() {
    /** @type {!Api.SiteHead} */ this.site;
    /** @type {!Api.Period} */ this.period;
    /** @type {!Array<!Api.AffiliateRow>} */ this.affiliates;
    /** @type {!Api.AffiliateTotals} */ this.totals;
    /** @type {!Array<!Api.AffiliateVisits>} */ this.timeSeries;
  }
};

/** @record */
Api.AllSites = class {
  constructor() {
    /** @type {number} */ this.live;
    /** @type {!Array<!Api.SiteLine>} */ this.sites;
    /** @type {!Api.SitePages} */ this.pagination;
  }
};

/** @record */
Api.Audit = class {
  constructor() {
    /** @type {!Array<!Api.AuditEntry>} */ this.entries;
  }
};

/** @record */
Api.AuditEntry = class {
  constructor() {
    /** @type {number} */ this.id;
    /** @type {string} */ this.time;
    /** @type {string} */ this.actor;
    /** @type {string} */ this.action;
    /** @type {?number} */ this.site_id;
    /** @type {?string} */ this.detail;
  }
};

/** @record */
Api.Breakdown = class {
  constructor() {
    /** @type {!Api.SiteHead} */ this.site;
    /** @type {!Api.Period} */ this.period;
    /** @type {string} */ this.dimension;
    /** @type {!Array<!Api.BreakdownRow>} */ this.rows;
    /** @type {number} */ this.total;
    /** @type {boolean} */ this.approximate;
    /** @type {number|undefined} */ this.events;
  }
};

/** @record */
Api.BreakdownRow = class {
  constructor() {
    /** @type {string} */ this.name;
    /** @type {number} */ this.visitors;
    /** @type {number} */ this.sessions;
    /** @type {number} */ this.page_views;
    /** @type {number} */ this.events;
    /** @type {number} */ this.bounce_rate;
    /** @type {number} */ this.avg_duration;
  }
};

/** @record */
Api.Changes = class {
  constructor() {
    /** @type {?number} */ this.visitors;
    /** @type {?number} */ this.sessions;
    /** @type {?number} */ this.pageViews;
    /** @type {?number} */ this.bounceRate;
    /** @type {?number} */ this.avgDuration;
  }
};

/** @record */
Api.Client = class {
  constructor() {
    /** @type {?string} */ this.address;
    /** @type {boolean} */ this.behind_trusted_proxy;
    /** @type {?string} */ this.country;
    /** @type {?string} */ this.region;
    /** @type {?string} */ this.city;
    /** @type {?string} */ this.user_agent;
    /** @type {?string} */ this.host;
    /** @type {!Array<string>} */ this.forwarding_headers;
    /** @type {!Array<string>|undefined} */ this.warnings;
  }
};

/** @record */
Api.Conversion = class {
  constructor() {
    /** @type {number} */ this.id;
    /** @type {string} */ this.external_id;
    /** @type {?string} */ this.visitor_id;
    /** @type {?string} */ this.session_id;
    /** @type {number} */ this.amount;
    /** @type {string} */ this.currency;
    /** @type {string} */ this.status;
    /** @type {?number} */ this.affiliate_id;
    /** @type {string} */ this.occurred_at;
    /** @type {?string} */ this.source;
    /** @type {?string} */ this.referrer_domain;
    /** @type {?string} */ this.utm_source;
    /** @type {?string} */ this.utm_medium;
    /** @type {?string} */ this.utm_campaign;
    /** @type {?string} */ this.country;
    /** @type {?string} */ this.city;
    /** @type {?string} */ this.browser;
    /** @type {?string} */ this.os;
    /** @type {?string} */ this.device_type;
    /** @type {?string} */ this.entry_page;
    /** @type {?string} */ this.exit_page;
    /** @type {?number} */ this.page_count;
    /** @type {?number} */ this.session_duration;
    /** @type {?number} */ this.timeToComplete;
    /** @type {!Array<!Api.Step>} */ this.journey;
  }
};

/** @record */
Api.ConversionHead = class {
  constructor() {
    /** @type {number} */ this.id;
    /** @type {string} */ this.external_id;
    /** @type {?string} */ this.visitor_id;
    /** @type {?string} */ this.session_id;
    /** @type {number} */ this.amount;
    /** @type {string} */ this.currency;
    /** @type {string} */ this.status;
    /** @type {?number} */ this.affiliate_id;
    /** @type {string} */ this.occurred_at;
  }
};

/** @record */
Api.ConversionPanel = class {
  constructor() {
    /** @type {!Api.ConversionTotals} */ this.totals;
    /** @type {!Array<!Api.SourceConversions>} */ this.bySource;
    /** @type {!Array<!Api.ConversionSeriesRow>} */ this.timeSeries;
  }
};

/** @record */
Api.ConversionSeriesRow = class {
  constructor() {
    /** @type {string} */ this.date;
    /** @type {number} */ this.conversions;
    /** @type {number} */ this.revenue;
  }
};

/** @record */
Api.ConversionTotals = class {
  constructor() {
    /** @type {number} */ this.conversions;
    /** @type {number} */ this.revenue;
    /** @type {?string} */ this.currency;
    /** @type {!Array<!Api.Revenue>} */ this.revenues;
    /** @type {number} */ this.avgValue;
    /** @type {number} */ this.conversionRate;
  }
};

/** @record */
Api.Conversions = class {
  constructor() {
    /** @type {!Api.SiteHead} */ this.site;
    /** @type {!Api.Period} */ this.period;
    /** @type {!Array<!Api.Conversion>} */ this.conversions;
    /** @type {!Api.Pages} */ this.pagination;
  }
};

/** @record */
Api.CountRow = class {
  constructor() {
    /** @type {string} */ this.name;
    /** @type {number} */ this.count;
    /** @type {number} */ this.visitors;
  }
};

/** @record */
Api.Error = class {
  constructor() {
    /** @type {!Api.ErrorBody} */ this.error;
  }
};

/** @record */
Api.ErrorBody = class {
  constructor() {
    /** @type {string} */ this.code;
    /** @type {string} */ this.message;
    /** @type {string|undefined} */ this.field;
  }
};

/** @record */
Api.ExitRow = class {
  constructor() {
    /** @type {string} */ this.name;
    /** @type {number} */ this.sessions;
    /** @type {number} */ this.visitors;
  }
};

/** @record */
Api.Flow = class {
  constructor() {
    /** @type {!Api.SiteHead} */ this.site;
    /** @type {!Api.Period} */ this.period;
    /** @type {?Api.FlowNode} */ this.root;
    /** @type {number} */ this.totalVisitors;
    /** @type {!Array<!Api.FlowEntry>} */ this.entryOptions;
  }
};

/** @record */
Api.FlowEntry = class {
  constructor() {
    /** @type {string} */ this.pathname;
    /** @type {number} */ this.visitors;
  }
};

/** @record */
Api.FlowNode = class {
  constructor() {
    /** @type {string} */ this.pathname;
    /** @type {number} */ this.visitors;
    /** @type {number} */ this.exits;
    /** @type {!Array<!Api.FlowNode>} */ this.children;
  }
};

/** @record */
Api.Journey = class {
  constructor() {
    /** @type {!Api.Visitor} */ this.visitor;
    /** @type {?Api.ConversionHead} */ this.conversion;
    /** @type {?number} */ this.timeToComplete;
    /** @type {!Array<!Api.Session>} */ this.sessions;
  }
};

/** @record */
Api.Key = class {
  constructor() {
    /** @type {number} */ this.id;
    /** @type {?string} */ this.name;
    /** @type {string} */ this.scope;
    /** @type {?number} */ this.site_id;
    /** @type {string} */ this.created_at;
    /** @type {?string} */ this.last_used;
  }
};

/** @record */
Api.Keys = class {
  constructor() {
    /** @type {!Array<!Api.Key>} */ this.keys;
  }
};

/** @record */
Api.Link = class {
  constructor() {
    /** @type {number} */ this.id;
    /** @type {?string} */ this.name;
    /** @type {?number} */ this.affiliate_id;
    /** @type {?string} */ this.filter;
    /** @type {boolean} */ this.has_password;
    /** @type {string} */ this.created_at;
  }
};

/** @record */
Api.Links = class {
  constructor() {
    /** @type {!Array<!Api.Link>} */ this.links;
  }
};

/** @record */
Api.LiveRow = class {
  constructor() {
    /** @type {string} */ this.name;
    /** @type {number} */ this.visitors;
  }
};

/** @record */
Api.LiveUser = class {
  constructor() {
    /** @type {string} */ this.visitor_id;
    /** @type {?string} */ this.country;
    /** @type {?string} */ this.browser;
    /** @type {?string} */ this.device_type;
    /** @type {?string} */ this.current_page;
    /** @type {string} */ this.last_activity;
    /** @type {?string} */ this.source;
  }
};

/** @record */
Api.MadeKey = class {
  constructor() {
    /** @type {number} */ this.id;
    /** @type {?string} */ this.name;
    /** @type {string} */ this.scope;
    /** @type {?number} */ this.site_id;
    /** @type {string} */ this.created_at;
    /** @type {?string} */ this.last_used;
    /** @type {string} */ this.key;
  }
};

/** @record */
Api.MadeLink = class {
  constructor() {
    /** @type {number} */ this.id;
    /** @type {?string} */ this.name;
    /** @type {?number} */ this.affiliate_id;
    /** @type {?string} */ this.filter;
    /** @type {boolean} */ this.has_password;
    /** @type {string} */ this.created_at;
    /** @type {string} */ this.token;
    /** @type {string} */ this.path;
  }
};

/** @record */
Api.Me = class {
  constructor() {
    /** @type {string} */ this.site;
    /** @type {boolean} */ this.cookieless;
    /** @type {?Api.Visitor} */ this.visitor;
    /** @type {!Array<!Api.Session>} */ this.sessions;
  }
};

/** @record */
Api.Overview = class {
  constructor() {
    /** @type {!Api.SiteHead} */ this.site;
    /** @type {!Api.Period} */ this.period;
    /** @type {!Api.Totals} */ this.current;
    /** @type {!Api.Totals} */ this.previous;
    /** @type {!Api.Changes} */ this.changes;
    /** @type {!Array<!Api.SeriesRow>} */ this.timeSeries;
    /** @type {?Array<!Api.SeriesRow>|undefined} */ this.previousTimeSeries;
    /** @type {!Array<!Api.VisitRow>} */ this.sources;
    /** @type {!Array<!Api.PageRow>} */ this.pages;
    /** @type {!Array<!Api.VisitRow>} */ this.entryPages;
    /** @type {!Array<!Api.ExitRow>} */ this.exitPages;
    /** @type {!Array<!Api.CountRow>} */ this.countries;
    /** @type {!Array<!Api.CountRow>} */ this.cities;
    /** @type {!Array<!Api.CountRow>} */ this.browsers;
    /** @type {!Array<!Api.CountRow>} */ this.os;
    /** @type {!Array<!Api.CountRow>} */ this.devices;
    /** @type {!Api.ConversionPanel} */ this.conversions;
    /** @type {!Array<!Api.AffiliateSummary>} */ this.affiliates;
  }
};

/** @record */
Api.PageRow = class {
  constructor() {
    /** @type {string} */ this.name;
    /** @type {number} */ this.views;
    /** @type {number} */ this.visitors;
  }
};

/** @record */
Api.Pages = class {
  constructor() {
    /** @type {number} */ this.page;
    /** @type {number} */ this.limit;
    /** @type {number} */ this.total;
    /** @type {number} */ this.totalPages;
  }
};

/** @record */
Api.Period = class {
  constructor() {
    /** @type {string} */ this.period;
    /** @type {string} */ this.from;
    /** @type {string} */ this.to;
    /** @type {?Array<string>} */ this.previous;
    /** @type {string} */ this.zone;
  }
};

/** @record */
Api.Properties = class {
  constructor() {
    /** @type {!Api.SiteHead} */ this.site;
    /** @type {!Api.Period} */ this.period;
    /** @type {?string} */ this.key;
    /** @type {number} */ this.events;
    /** @type {!Array<!Api.PropertyRow>} */ this.rows;
    /** @type {number} */ this.total;
  }
};

/** @record */
Api.PropertyRow = class {
  constructor() {
    /** @type {string} */ this.name;
    /** @type {number} */ this.events;
    /** @type {number} */ this.visitors;
  }
};

/** @record */
Api.PublicLive = class {
  constructor() {
    /** @type {number} */ this.count;
    /** @type {number|undefined} */ this.page;
  }
};

/** @record */
Api.PublicPopular = class {
  constructor() {
    /** @type {string} */ this.period;
    /** @type {!Array<!Api.PageRow>} */ this.pages;
  }
};

/** @record */
Api.QueryAnswer = class {
  constructor() {
    /** @type {!Api.QueryEcho} */ this.query;
    /** @type {!Array<?>} */ this.rows;
    /** @type {number} */ this.total;
    /** @type {boolean} */ this.approximate;
  }
};

/** @record */
Api.QueryEcho = class {
  constructor() {
    /** @type {number} */ this.site_id;
    /** @type {string} */ this.from;
    /** @type {string} */ this.to;
    /** @type {string} */ this.timezone;
    /** @type {!Array<string>} */ this.metrics;
    /** @type {!Array<string>} */ this.dimensions;
    /** @type {?} */ this.filters;
    /** @type {?string} */ this.order_by;
    /** @type {number} */ this.limit;
    /** @type {number} */ this.offset;
  }
};

/** @record */
Api.Readiness = class {
  constructor() {
    /** @type {string} */ this.state;
    /** @type {?string} */ this.reason;
    /** @type {number} */ this.slots_free;
    /** @type {number} */ this.in_flight;
    /** @type {number} */ this.queries_waiting;
  }
};

/** @record */
Api.Realtime = class {
  constructor() {
    /** @type {number} */ this.count;
    /** @type {!Array<!Api.LiveUser>} */ this.users;
    /** @type {!Array<!Api.LiveRow>} */ this.pages;
    /** @type {!Array<!Api.LiveRow>} */ this.sources;
    /** @type {!Array<!Api.LiveRow>} */ this.countries;
  }
};

/** @record */
Api.RecordedConversion = class {
  constructor() {
    /** @type {number} */ this.id;
    /** @type {string} */ this.external_id;
    /** @type {?string} */ this.visitor_id;
    /** @type {?string} */ this.session_id;
    /** @type {number} */ this.amount;
    /** @type {string} */ this.currency;
    /** @type {string} */ this.status;
    /** @type {?number} */ this.affiliate_id;
    /** @type {string} */ this.occurred_at;
    /** @type {?string} */ this.affiliate;
  }
};

/** @record */
Api.Rejected = class {
  constructor() {
    /** @type {number} */ this.index;
    /** @type {string} */ this.code;
    /** @type {string} */ this.message;
  }
};

/** @record */
Api.Revenue = class {
  constructor() {
    /** @type {string} */ this.currency;
    /** @type {number} */ this.revenue;
  }
};

/** @record */
Api.SeriesRow = class {
  constructor() {
    /** @type {string} */ this.date;
    /** @type {number} */ this.visitors;
    /** @type {number} */ this.sessions;
    /** @type {number} */ this.page_views;
    /** @type {number} */ this.bounce_rate;
    /** @type {number} */ this.avg_duration;
  }
};

/** @record */
Api.Session = class {
  constructor() {
    /** @type {string} */ this.id;
    /** @type {string} */ this.started_at;
    /** @type {string} */ this.last_activity;
    /** @type {?string} */ this.entry_page;
    /** @type {?string} */ this.exit_page;
    /** @type {?string} */ this.country;
    /** @type {?string} */ this.city;
    /** @type {?string} */ this.browser;
    /** @type {?string} */ this.os;
    /** @type {?string} */ this.device_type;
    /** @type {?string} */ this.referrer;
    /** @type {?string} */ this.referrer_domain;
    /** @type {?string} */ this.source;
    /** @type {?string} */ this.utm_source;
    /** @type {?string} */ this.utm_medium;
    /** @type {?string} */ this.utm_campaign;
    /** @type {number} */ this.page_count;
    /** @type {number} */ this.duration;
    /** @type {boolean} */ this.is_bounce;
    /** @type {!Array<!Api.View>} */ this.pageViews;
  }
};

/** @record */
Api.Shared = class {
  constructor() {
    /** @type {boolean} */ this.locked;
    /** @type {!Api.SiteHead|undefined} */ this.site;
    /** @type {?Api.AffiliateHead|undefined} */ this.affiliate;
    /** @type {?string|undefined} */ this.filter;
  }
};

/** @record */
Api.SignedIn = class {
  constructor() {
    /** @type {!Api.User} */ this.user;
  }
};

/** @record */
Api.Site = class {
  constructor() {
    /** @type {number} */ this.id;
    /** @type {string} */ this.domain;
    /** @type {string} */ this.name;
    /** @type {string} */ this.timezone;
    /** @type {boolean} */ this.cookieless;
    /** @type {!Array<string>} */ this.hostnames;
    /** @type {!Array<string>} */ this.keep_params;
    /** @type {boolean} */ this.public_live;
    /** @type {?string} */ this.umami_id;
    /** @type {?string} */ this.goatcounter_host;
    /** @type {boolean} */ this.may_edit;
    /** @type {boolean} */ this.may_remove;
  }
};

/** @record */
Api.SiteHead = class {
  constructor() {
    /** @type {number} */ this.id;
    /** @type {string} */ this.domain;
    /** @type {string} */ this.name;
    /** @type {string} */ this.timezone;
  }
};

/** @record */
Api.SiteLine = class {
  constructor() {
    /** @type {number} */ this.id;
    /** @type {string} */ this.domain;
    /** @type {string} */ this.name;
    /** @type {string} */ this.timezone;
    /** @type {number} */ this.live;
    /** @type {number} */ this.visitors;
    /** @type {number} */ this.sessions;
    /** @type {number} */ this.pageViews;
    /** @type {!Array<number>} */ this.sparkline;
  }
};

/** @record */
Api.SitePages = class {
  constructor() {
    /** @type {number} */ this.page;
    /** @type {number} */ this.limit;
    /** @type {number} */ this.total;
  }
};

/** @record */
Api.Sites = class {
  constructor() {
    /** @type {!Array<!Api.Site>} */ this.sites;
  }
};

/** @record */
Api.SourceConversions = class {
  constructor() {
    /** @type {string} */ this.name;
    /** @type {number} */ this.conversions;
    /** @type {number} */ this.revenue;
  }
};

/** @record */
Api.Step = class {
  constructor() {
    /** @type {string} */ this.pathname;
    /** @type {string} */ this.timestamp;
  }
};

/** @record */
Api.Storage = class {
  constructor() {
    /** @type {number} */ this.bytes;
    /** @type {number} */ this.free_bytes;
    /** @type {!Array<!Api.TableSize>} */ this.tables;
  }
};

/** @record */
Api.TableSize = class {
  constructor() {
    /** @type {string} */ this.name;
    /** @type {number} */ this.bytes;
  }
};

/** @record */
Api.Taken = class {
  constructor() {
    /** @type {number} */ this.accepted;
    /** @type {!Array<!Api.Rejected>} */ this.rejected;
  }
};

/** @record */
Api.Totals = class {
  constructor() {
    /** @type {number} */ this.visitors;
    /** @type {number} */ this.sessions;
    /** @type {number} */ this.pageViews;
    /** @type {number} */ this.bounceRate;
    /** @type {number} */ this.avgDuration;
  }
};

/** @record */
Api.User = class {
  constructor() {
    /** @type {number} */ this.id;
    /** @type {string} */ this.email;
    /** @type {?string} */ this.name;
    /** @type {?} */ this.roles;
    /** @type {string} */ this.created_at;
  }
};

/** @record */
Api.Users = class {
  constructor() {
    /** @type {!Array<!Api.User>} */ this.users;
  }
};

/** @record */
Api.View = class {
  constructor() {
    /** @type {string} */ this.pathname;
    /** @type {?string} */ this.hostname;
    /** @type {?string} */ this.title;
    /** @type {string} */ this.timestamp;
  }
};

/** @record */
Api.VisitRow = class {
  constructor() {
    /** @type {string} */ this.name;
    /** @type {number} */ this.sessions;
    /** @type {number} */ this.visitors;
    /** @type {number} */ this.bounce_rate;
  }
};

/** @record */
Api.Visitor = class {
  constructor() {
    /** @type {string} */ this.id;
    /** @type {number} */ this.totalSessions;
    /** @type {number} */ this.totalPageViews;
    /** @type {string} */ this.firstVisit;
    /** @type {string} */ this.lastVisit;
  }
};

/** @record */
Api.Who = class {
  constructor() {
    /** @type {?Api.User} */ this.user;
    /** @type {boolean} */ this.setupNeeded;
    /** @type {string} */ this.script;
  }
};
