/** What all elements of this page have in common. */
import {LitElement} from '../lit/lit-element.js';

export {html, svg, nothing} from '../lit/lit-element.js';

/** An element in the page's own tree, so that one style sheet, one focus order and one accessibility tree serve all. */
export class Element extends LitElement {
  createRenderRoot() {
    return this;
  }
}

/** The element that is a page. */
export class PageElement extends Element {
  /** @type {!Object<string, !Object>} */
  static properties = {app: {attribute: false}};

  constructor() {
    super();
    /** @type {!Page.Context} */
    this.app;
  }
}

/**
 * One request at a time: a newer one supersedes an older one, and what was there stays until the new is, or until the new
 * fails and what was there answers another question.
 * @template T
 * @implements {Page.Controller}
 */
export class Loading {
  /** @type {?T} */
  data = null;
  /** @type {?Page.Failure} */
  error = null;
  busy = false;
  /** @type {?AbortController} */
  abort = null;
  /** @type {?function(!AbortSignal): !Promise<T>} */
  work = null;
  /** The question asked last, and that which the data answers. */
  question = '';
  answered = '';

  /** @param {!Page.Host} host */
  constructor(host) {
    this.host = host;
    host.addController(this);
  }

  hostDisconnected() {
    this.abort?.abort();
  }

  /**
   * @param {function(!AbortSignal): !Promise<T>} work
   * @param {string=} question what is asked: the same words for the same question
   */
  async run(work, question = '') {
    this.work = work;
    this.question = question;
    this.abort?.abort();
    const abort = (this.abort = new AbortController());
    this.busy = true;
    this.host.requestUpdate();
    try {
      const data = await work(abort.signal);
      if (abort === this.abort) {
        this.data = data;
        this.answered = question;
        this.error = null;
      }
    } catch (e) {
      if (abort === this.abort && e.name !== 'AbortError') {
        if (this.answered !== question) this.data = null;
        this.error = e;
      }
    } finally {
      if (abort === this.abort) this.busy = false;
      this.host.requestUpdate();
    }
  }

  again() {
    return this.work && this.run(this.work, this.question);
  }

  /** Forgets what was there: another thing is asked for. */
  clear() {
    this.data = null;
    this.error = null;
  }
}
