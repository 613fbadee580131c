/** What may be sent along with an event of the site's own. */
export type Props = Record<string, string | number | boolean>;

export interface Revenue {
  amount: number;
  /** ISO 4217, such as "EUR". */
  currency: string;
}

/** An event as it leaves; `beforeSend` may change it. */
export interface TrackerEvent {
  type: 'pageview' | 'event' | 'engagement' | 'heartbeat';
  url: string;
  [field: string]: unknown;
}

export interface Options {
  /** The site's number. */
  site: number | string;
  /** Where events are posted, such as "https://host/api/collect". */
  api: string;
  /** A route in the address's fragment, such as "#/pricing", is part of the path. */
  hash?: boolean;
  /** The query parameters that the site keeps as part of its paths, such as "id,page". */
  keep?: string;
  /** Ids in localStorage and sessionStorage; absent: nothing but unsent events is stored on the device. */
  identity?: 'local';
  /** Seconds between heartbeats, 5 to 15, which is what it is without. */
  heartbeat?: number;
  /** Send nothing for visitors whose browser asks for it, by Global Privacy Control or Do Not Track. */
  dnt?: boolean;
  /** Send also from localhost and from automated browsers; show what the server refused or cleaned. */
  dev?: boolean;
  /** Remember the affiliate of the first or the last link with `ref` or `via` that led here. */
  affiliate?: 'first' | 'last';
  /** For how many days; 60 unless given. */
  affiliateDays?: number;
  /** Also outbound links, file downloads, form submits, `data-millrace-event` and 404 pages. */
  extras?: boolean;
}

/** Never throws. */
export interface Millrace {
  /** Counts a page view. */
  (command: 'page', overrides?: {url?: string; title?: string; referrer?: string}): void;
  /** Counts an event of the site's own. */
  (command: 'event', name: string, props?: Props, more?: {revenue?: Revenue}): void;
  /** Sees every event when it happens: returns it, changed or not, or null to drop it. */
  (command: 'beforeSend', hook: (event: TrackerEvent) => TrackerEvent | null): void;
  /** Sends nothing more for this site from this browser, until localStorage loses `millrace_off`. */
  (command: 'optout'): void;
}

/** Starts the tracker; to be called once. */
export function init(options: Options): Millrace;
