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
  /** Count a change of the address's hash as a page view of its own. */
  hash?: boolean;
  /** Count only the page views that `millrace('page')` asks for. */
  manual?: boolean;
  /** "local": ids in localStorage and sessionStorage; absent: nothing but unsent events is stored on the device. */
  identity?: 'local';
  /** Seconds between heartbeats, 5 to 15; 0: none. */
  heartbeat?: number;
  /** Send nothing for visitors whose browser asks for Global Privacy Control. */
  gpc?: boolean;
  /** Send nothing for visitors whose browser asks for Do Not Track. */
  dnt?: boolean;
  /** Send also from localhost and from automated browsers. */
  dev?: boolean;
}

/** Never throws. */
export interface Millrace {
  /** Counts a page view. */
  (command: 'page', overrides?: {url?: string; title?: string; referrer?: string}): void;
  /** Counts an event of the site's own. */
  (command: 'event', name: string, props?: Props, more?: {revenue?: Revenue}): void;
  /** Sees every event before it leaves: returns it, changed or not, or null to drop it. */
  (command: 'beforeSend', hook: (event: TrackerEvent) => TrackerEvent | null): void;
  /** Sends nothing more from this browser, for this site. */
  (command: 'optout'): void;
  /** Takes the opt-out back, from the next page on. */
  (command: 'optin'): void;
}

/** Starts the tracker; to be called once. */
export function init(options: Options): Millrace;
