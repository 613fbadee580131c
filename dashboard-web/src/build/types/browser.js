/**
 * What browsers have and the compiler's own externs lack.
 * @externs
 */

/** @type {string} */
HTMLAnchorElement.prototype.origin;

/**
 * @param {string} key
 * @return {!Array<string>}
 */
Intl.supportedValuesOf = function (key) {};

/**
 * @constructor
 * @param {string} tag
 */
Intl.Locale = function (tag) {};

/** @return {{weekend: !Array<number>}} */
Intl.Locale.prototype.getWeekInfo = function () {};

/** @type {!Storage} */
var localStorage;

/** @type {!Storage} */
var sessionStorage;

/**
 * @param {string} type
 * @param {function(!Event): ?} listener
 */
function addEventListener(type, listener) {}

/**
 * @param {string} type
 * @param {function(!Event): ?} listener
 */
function removeEventListener(type, listener) {}

/** @param {!Event} event */
function dispatchEvent(event) {}

/**
 * @param {string} query
 * @return {!MediaQueryList}
 */
function matchMedia(query) {}

/**
 * @param {number} x
 * @param {number} y
 */
function scrollTo(x, y) {}
