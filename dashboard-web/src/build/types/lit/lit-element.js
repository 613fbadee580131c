/**
 * What the page uses of Lit, with types for the checker: Lit's own files are minified. LitTypesTest looks whether the
 * real module has these names.
 */

/** Lit's element, as far as the page knows it. */
export class LitElement extends HTMLElement {
  /** @type {!Object<string, !Object>} */
  static properties = {};

  constructor() {
    super();
    /** @type {!Promise<boolean>} */ this.updateComplete;
  }

  /** @return {!Element|!DocumentFragment} */
  createRenderRoot() {}

  connectedCallback() {}

  disconnectedCallback() {}

  /** @param {!Page.Controller} controller */
  addController(controller) {}

  requestUpdate() {}

  performUpdate() {}

  /** @param {!Map<string, ?>=} changed */
  willUpdate(changed) {}

  /** @param {!Map<string, ?>=} changed */
  firstUpdated(changed) {}

  /** @param {!Map<string, ?>=} changed */
  updated(changed) {}

  /** @return {?} what Lit renders */
  render() {}
}

/**
 * @param {!ITemplateArray} strings
 * @param {...?} values
 * @return {!Page.Template}
 */
export const html = (strings, ...values) => ({strings, values});

/**
 * @param {!ITemplateArray} strings
 * @param {...?} values
 * @return {!Page.Template}
 */
export const svg = html;

/**
 * @param {?} value
 * @param {!Element|!DocumentFragment} container
 * @param {!Object=} options
 */
export const render = (value, container, options) => {};

/** @type {symbol} */
export const nothing = Symbol('nothing');
