/** What all elements of this page have in common. */
import {LitElement, html, nothing, render} from '../lit/lit-element.js';
import {t} from '../strings.js';
import {get, query} from './http.js';

export {html, svg, nothing} from '../lit/lit-element.js';

/** What stands in the place of what cannot be drawn. */
const broken = () =>
  html`<div class="empty" role="alert">
    <p>${t.state.broken}</p>
    <button class="button" @click=${() => location.reload()}>${t.state.reload}</button>
  </div>`;

/** An element in the page's own tree, so that one style sheet, one focus order and one accessibility tree serve all. */
export class Element extends LitElement {
  constructor() {
    super();
    this.named = () => this.requestUpdate();
  }

  createRenderRoot() {
    return this;
  }

  /** What throws says so instead of showing what was there before, and what is beside it goes on. */
  performUpdate() {
    try {
      super.performUpdate();
    } catch (e) {
      reportError(e);
      render(broken(), this, {host: this});
    }
  }

  connectedCallback() {
    super.connectedCallback();
    addEventListener('mr-names', this.named);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    removeEventListener('mr-names', this.named);
  }
}

/** An element with forms, which says why what they send is refused. */
export class FormElement extends Element {
  /** @type {!Object<string, !Object>} */
  static properties = {refused: {state: true}, busy: {state: true}};

  constructor() {
    super();
    /** @type {?{why: string, at: string}} */
    this.refused = null;
    this.busy = false;
  }

  /**
   * @param {function(): !Promise} work
   * @param {function(!Page.Failure): (?string|boolean)=} own what is said of failures that only this form knows
   * @param {string=} at which form it is, where there are several
   */
  async attempt(work, own = () => null, at = '') {
    this.busy = true;
    this.refused = null;
    try {
      await work();
    } catch (e) {
      const why = e.status === 0 ? t.state.offline : e.status === 429 ? t.login.many : e.message || t.state.failed;
      this.refused = {why: String(own(e) || why), at};
    } finally {
      this.busy = false;
    }
  }

  /** @param {string=} at */
  failed(at = '') {
    return this.refused?.at === at ? html`<p class="error" role="alert">${this.refused.why}</p>` : nothing;
  }
}

/** The element that is a page. */
export class PageElement extends FormElement {
  /** @type {!Object<string, !Object>} */
  static properties = {app: {attribute: false}};

  constructor() {
    super();
    /** @type {!Page.Context} */
    this.app;
  }
}

/** How long the answer to an earlier question stays when another one is asked, in milliseconds. */
const GRACE = 400;

/** What ends some failures: somebody has logged in again, the network is back. */
const MENDED = ['mr-session', 'online'];

/**
 * One request at a time: a newer one supersedes an older one. What was there stays until the new is, unless it answers
 * another question: then it goes when the answer takes long, and when there is none.
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
  /** What was asked about last, the question, and that which the data answers. */
  about = '';
  question = '';
  answered = '';

  /** @type {number|undefined} */
  late = undefined;

  /** @param {!Page.Host} host */
  constructor(host) {
    this.host = host;
    this.mended = () => this.error && this.again();
    host.addController(this);
  }

  hostConnected() {
    MENDED.forEach((event) => addEventListener(event, this.mended));
  }

  hostDisconnected() {
    MENDED.forEach((event) => removeEventListener(event, this.mended));
    this.abort?.abort();
  }

  /** Whether what there is answers another question than the one that was asked last. */
  get stale() {
    return this.busy && this.answered !== this.question;
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
    clearTimeout(this.late);
    this.late = setTimeout(() => {
      if (!this.stale) return;
      this.data = null;
      this.host.requestUpdate();
    }, GRACE);
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

  /**
   * Asks what there is at a path, when it was not the last question. What was there goes when it is of another path.
   * @param {string} path
   * @param {!Object<string, ?>=} params
   * @return {boolean} whether it was another question
   */
  ask(path, params = {}) {
    const question = path + query(params);
    if (question === this.question) return false;
    if (path !== this.about) this.clear();
    this.about = path;
    this.run((signal) => get(path, params, {signal}), question);
    return true;
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
