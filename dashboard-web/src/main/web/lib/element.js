/** What all elements of this page have in common. */
import {LitElement} from '../lit/lit-element.js';

export {html, svg, nothing} from '../lit/lit-element.js';

/** An element in the page's own tree, so that one style sheet, one focus order and one accessibility tree serve all. */
export class Element extends LitElement {
  createRenderRoot() {
    return this;
  }
}

/** One request at a time: a newer one supersedes an older one, and what was there stays until the new is. */
export class Loading {
  constructor(host) {
    this.host = host;
    host.addController(this);
  }

  hostDisconnected() {
    this.abort?.abort();
  }

  /** @param {(signal: AbortSignal) => Promise} work */
  async run(work) {
    this.work = work;
    this.abort?.abort();
    const abort = (this.abort = new AbortController());
    this.busy = true;
    this.host.requestUpdate();
    try {
      const data = await work(abort.signal);
      if (abort === this.abort) Object.assign(this, {data, error: null});
    } catch (e) {
      if (abort === this.abort && e.name !== 'AbortError') this.error = e;
    } finally {
      if (abort === this.abort) this.busy = false;
      this.host.requestUpdate();
    }
  }

  again() {
    return this.run(this.work);
  }

  /** Forgets what was there: another thing is asked for. */
  clear() {
    Object.assign(this, {data: null, error: null});
  }
}
