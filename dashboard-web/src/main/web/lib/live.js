/** What happens over time: polling and the live stream, both at rest while nobody looks. */
import {get} from './http.js';

/**
 * Calls a function every so often while its element is on the page and the page is looked at.
 * @implements {Page.Controller}
 */
export class Polling {
  last = 0;
  /** @type {number|undefined} */
  timer = undefined;

  /**
   * @param {!Page.Host} host
   * @param {function(): ?} work
   * @param {number} millis
   */
  constructor(host, work, millis) {
    this.work = work;
    this.millis = millis;
    this.look = () => this.wake();
    host.addController(this);
  }

  hostConnected() {
    document.addEventListener('visibilitychange', this.look);
    this.last = Date.now();
    this.wake();
  }

  hostDisconnected() {
    document.removeEventListener('visibilitychange', this.look);
    clearTimeout(this.timer);
  }

  wake() {
    clearTimeout(this.timer);
    if (document.hidden) return;
    this.timer = setTimeout(
      async () => {
        this.last = Date.now();
        try {
          await this.work();
        } finally {
          this.wake();
        }
      },
      Math.max(0, this.last + this.millis - Date.now()),
    );
  }
}

/**
 * Who is on a site now: pushed, or asked for where no stream is to be had.
 * @implements {Page.Controller}
 */
export class Live {
  /** @type {string|undefined} */
  base = undefined;
  /** Whether it pushes or asks now. */
  on = false;
  /** @type {?EventSource} */
  stream = null;
  /** @type {number|undefined} */
  timer = undefined;
  /** @type {?Api.Realtime} */
  data = null;
  /**
   * Since when the server does not answer, in milliseconds: what is shown is of that time; 0: it does.
   */
  lost = 0;

  /** @param {!Page.Host} host */
  constructor(host) {
    this.host = host;
    this.look = () => (document.hidden ? this.stop() : this.start());
    /** Somebody has logged in again: who was refused may know now. */
    this.anew = () => {
      this.stop();
      this.start();
    };
    host.addController(this);
  }

  hostConnected() {
    document.addEventListener('visibilitychange', this.look);
    addEventListener('mr-session', this.anew);
    this.start();
  }

  hostDisconnected() {
    document.removeEventListener('visibilitychange', this.look);
    removeEventListener('mr-session', this.anew);
    this.stop();
  }

  /**
   * Watches the site of this API path; the same again changes nothing.
   * @param {string} base
   */
  watch(base) {
    if (base === this.base) return;
    this.stop();
    this.base = base;
    this.data = null;
    this.lost = 0;
    this.start();
  }

  start() {
    if (!this.base || this.on || document.hidden || !this.host.isConnected) return;
    this.on = true;
    this.stream = new EventSource(`${this.base}/live`);
    this.stream.addEventListener('live', (/** ? */ event) =>
      this.show(/** @type {!Api.Realtime} */ (JSON.parse(event.data))),
    );
    this.stream.onopen = () => this.found();
    this.stream.onerror = () => {
      this.lose();
      if (this.stream?.readyState === EventSource.CLOSED) this.ask();
    };
  }

  stop() {
    clearTimeout(this.timer);
    this.stream?.close();
    this.stream = null;
    this.on = false;
  }

  async ask() {
    const base = this.base;
    try {
      const data = await get(`${base}/realtime`);
      if (base === this.base) this.show(data);
    } catch (e) {
      // Who is there now is worth no error of its own: it is asked for again, unless nobody may know.
      if ([401, 403, 404].includes(e.status)) return;
      if (base === this.base) this.lose();
    }
    if (this.on && base === this.base) this.timer = setTimeout(() => this.ask(), 5_000);
  }

  /** The browser tries to reach a stream again by itself, and says so each time. */
  lose() {
    this.lost ||= Date.now();
    this.host.requestUpdate();
  }

  found() {
    this.lost = 0;
    this.host.requestUpdate();
  }

  /** @param {!Api.Realtime} data */
  show(data) {
    this.data = data;
    this.found();
  }
}
