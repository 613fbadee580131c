/** Everything that the page says, in English. Another language is another file of this shape. */
const s = (n, one, many = `${one}s`) => `${n} ${n === '1' || n === 1 ? one : many}`;

export const t = {
  product: 'Millrace',
  tagline: 'Your traffic, on your machine.',
  none: '(none)',
  days: (n) => s(n, 'day'),
  ago: (d) => `${d} ago`,
  justNow: 'just now',
  weekOf: (date) => `Week of ${date}`,
  device: {desktop: 'Desktop', mobile: 'Mobile', tablet: 'Tablet', other: 'Other'},

  nav: {
    skip: 'Skip to content', sites: 'Sites', site: 'Dashboard', realtime: 'Realtime', flow: 'Flow', journey: 'Journey',
    affiliates: 'Affiliates', settings: 'Settings', account: 'Account', health: 'Health', logOut: 'Log out',
    menu: 'Account menu', chooseSite: 'Choose a site', main: 'Pages of this site', theme: 'Switch between light and dark', help: 'Keyboard shortcuts',
  },

  state: {
    loading: 'Loading…', retry: 'Try again', offline: 'The server cannot be reached.',
    failed: 'This could not be loaded.', busy: 'The server is busy. Try again in a moment.',
    notFound: 'There is nothing here, or it is not yours to see.', forbidden: 'You may not see this.',
    nothing: 'Nothing in this period.', nothingHint: 'Choose a longer period or remove a filter.',
    saved: 'Saved.', copied: 'Copied.', copy: 'Copy', save: 'Save', cancel: 'Cancel', close: 'Close', remove: 'Remove', add: 'Add', sure: 'Really remove?',
  },

  login: {
    title: 'Log in', email: 'E-mail', password: 'Password', submit: 'Log in',
    wrong: 'No such user, or another password.', many: 'Too many attempts. Wait a few minutes.',
    needSetup: 'Nobody has an account here yet. Open the one-time link that the server printed when it started.',
  },

  setup: {
    title: 'Create your account', hint: 'You are the first one here, so you will be the owner of everything.',
    name: 'Your name', email: 'E-mail', password: 'Password', passwordHint: 'At least 10 characters.', submit: 'Create account',
    invalid: 'This link is not valid any more. Start the server again to get a new one.',
    siteTitle: 'Add your site', domain: 'Domain', domainHint: 'As in the address bar, such as example.com', zone: 'Time zone', addSite: 'Add site',
    snippetTitle: 'Put this into your pages', snippetHint: 'Anywhere in the head. It weighs 2 KB, sets no cookie, and this page will notice the first visit.',
    waiting: 'Waiting for the first page view…', arrived: 'It works. Here comes your dashboard.', later: 'Go to the dashboard', steps: ['Account', 'Site', 'Snippet'],
  },

  sites: {
    title: 'Sites', now: 'now', visitors: 'Visitors', views: 'Page views', add: 'Add a site', empty: 'No site yet.',
    emptyHint: 'Add your first one to get its snippet.', last24: 'Last 24 hours', liveAll: (n) => `${s(n, 'visitor')} now on all sites`, spark: (n) => `Page views by hour, ${n} in all`,
    search: 'Find a site',
  },

  metric: {
    visitors: 'Visitors', sessions: 'Visits', page_views: 'Page views', views_per_visit: 'Views per visit',
    bounce_rate: 'Bounce rate', avg_duration: 'Visit duration', events: 'Events', views: 'Views', count: 'Visits', revenue: 'Revenue', conversions: 'Conversions', visits: 'Visits',
  },
  change: (text, before) => `${text} against ${before}`,
  noChange: 'No earlier figure to compare with',

  live: {now: (n) => `${s(n, 'visitor')} now`},

  period: {
    title: 'Period', '24h': 'Last 24 hours', today: 'Today', yesterday: 'Yesterday', '7d': 'Last 7 days', '30d': 'Last 30 days',
    '90d': 'Last 90 days', month: 'This month', year: 'This year', '12m': 'Last 12 months', all: 'All time',
    custom: 'Chosen days', from: 'First day', to: 'Last day', pick: 'Choose days', first: 'Choose the first day', last: 'Choose the last day',
    earlier: 'Earlier month', later: 'Later month', range: (a, b) => (a === b ? a : `${a} – ${b}`), zone: (z) => `Days in ${z}`,
    compare: 'Compare with', previous: 'Previous period', yearBefore: 'Year before', weekday: 'Previous period, same weekday', off: 'Nothing',
    back: 'The period before', forward: 'The period after',
  },

  graph: {
    interval: 'Interval', auto: 'Automatic', hour: 'Hours', day: 'Days', week: 'Weeks', month: 'Months', table: 'As a table', period: 'Period', previous: 'Before',
    label: (metric) => `${metric} over time. Left and right arrow keys read the values.`, partial: 'still running', empty: 'No visits in this period',
  },

  filter: {
    add: 'Filter', title: 'Filter', edit: 'Change filter', by: 'By', value: 'Values', valueHint: 'One a line; any of them is enough.', apply: 'Apply', clear: 'Clear all',
    remove: (what) => `Remove filter ${what}`, or: ' or ', only: (v) => `Filter by ${v}`, undo: (v) => `Remove filter ${v}`,
    is: 'is', is_not: 'is not', contains: 'contains', contains_not: 'does not contain', none: 'No filter', bar: 'Filters',
  },

  dimension: {
    source: 'Source', channel: 'Channel', referrer: 'Referrer', utm_source: 'UTM source', utm_medium: 'UTM medium', utm_campaign: 'Campaign', utm_term: 'UTM term', utm_content: 'UTM content',
    page: 'Page', entry_page: 'Entry page', exit_page: 'Exit page', hostname: 'Hostname', event: 'Event', country: 'Country', region: 'Region', city: 'City',
    language: 'Language', browser: 'Browser', os: 'Operating system', device: 'Device', screen: 'Screen size',
  },

  panel: {
    sources: 'Sources', pages: 'Pages', places: 'Places', technology: 'Technology', events: 'Events', conversions: 'Conversions',
    source: 'Sources', channel: 'Channels', utm_campaign: 'Campaigns', affiliates: 'Affiliates', page: 'Pages', entry_page: 'Entry', exit_page: 'Exit',
    country: 'Countries', region: 'Regions', city: 'Cities', browser: 'Browsers', os: 'OS', device: 'Devices', screen: 'Screens', event: 'Events', property: 'Properties', hostname: 'Hosts', language: 'Languages',
    more: 'More', moreOf: (p) => `All ${p}`, share: 'Share', conversionsBySource: 'Conversions', keys: 'All properties', valuesOf: (k) => `Values of ${k}`,
    empty: {
      source: 'No visits yet.', event: 'No events. Send one with millrace("event", "Signup").', property: 'No properties. Send some with millrace("event", "Signup", {plan: "pro"}).', affiliates: 'No affiliate yet. Add one on the page Affiliates.',
      conversions: 'No conversions. Send them to POST /api/conversions.', utm_campaign: 'No campaign. Put utm_campaign into your links.', other: 'Nothing in this period.',
    },
  },

  table: {search: 'Search', csv: 'Download CSV', rows: (n, of) => `${n} of ${of}`, name: 'Name', sort: (c) => `Sort by ${c}`, none: 'Nothing matches.'},

  realtime: {
    title: 'Realtime', who: 'Who is here', pages: 'Pages', sources: 'Sources', countries: 'Countries', empty: 'Nobody is here right now.',
    emptyHint: 'This page shows people as they come.', visitor: 'Visitor', page: 'Page', active: 'Active', from: 'From', device: 'Device', journey: 'Show the journey', count: 'visitors now',
  },

  flow: {
    title: 'Flow', start: 'Start from', depth: 'Steps', width: 'Paths a step', visitors: (n) => s(n, 'visitor'), of: (p) => `${p} of those before`,
    empty: 'No paths in this period.', leave: 'leave here', graph: 'Paths of visitors as a picture', list: 'As a list', common: 'the commonest first page',
  },

  journey: {
    title: 'Visitor journey', id: 'Visitor', show: 'Show', hint: 'Choose a visitor on the page Realtime, or paste a visitor id.', visits: (n) => s(n, 'visit'), views: (n) => s(n, 'page view'),
    first: 'First visit', last: 'Last activity', from: 'from', bounce: 'bounced', converted: 'Paid', after: (d) => `${d} after the first visit`, unknown: 'This visitor is not known here.', stay: (d) => `stayed ${d}`,
  },

  affiliates: {
    title: 'Affiliates', add: 'Add an affiliate', name: 'Name', slug: 'Slug', slugHint: 'Links end with ?ref=slug', rate: 'Commission', window: 'Window, days',
    visits: 'Visits', visitors: 'Visitors', conversions: 'Conversions', revenue: 'Revenue', commission: 'Commission', empty: 'No affiliate yet.', emptyHint: 'Add one, and give them links that end with ?ref=their-slug.',
    share: 'Share link', shareHint: 'Whoever has this link sees these figures, and nothing else. It is shown once.', makeShare: 'Make a share link', landing: 'Landing pages', rateOf: 'Conversion rate', all: 'All affiliates', graph: 'Visits',
    figures: (n) => `Figures of ${n}`, link: 'Link to hand out', edit: 'Change', total: 'Total',
  },

  settings: {
    title: 'Settings', general: 'Site', domain: 'Domain', name: 'Name', zone: 'Time zone', snippet: 'Snippet', identity: 'Visitors', cookieless: 'Cookieless: drop the ids that clients send',
    hostnames: 'Hostnames that count', hostnamesHint: 'One a line; none: every hostname counts.', keep: 'Query parameters that are part of the path', keepHint: 'One a line; all others are dropped.',
    publicLive: 'Show live count and popular pages to everybody', umami: 'Umami website id', goatcounter: 'GoatCounter host', other: 'Other trackers',
    keys: 'Keys', keysHint: 'For programs. A key is shown once.', keyName: 'Name', scope: 'Scope', scopes: {ingest: 'Send events', read: 'Read reports', admin: 'Everything'}, used: 'Last used', created: 'Created', never: 'never', addKey: 'Make a key', noKeys: 'No key yet.',
    links: 'Shared links', linksHint: 'Whoever has a link reads this site, and no other. It is shown once.', linkName: 'Name', linkFilter: 'Only with this filter', linkFilterHint: 'As in the address bar, such as country=DE', linkPassword: 'Password, optional', addLink: 'Make a link', noLinks: 'No link yet.', embed: 'To embed', locked: 'password',
    remove: 'Remove this site', removeHint: 'With everything that was counted for it. Type the domain to confirm.', removeButton: 'Remove site and its data', audit: 'Who changed what', noAudit: 'Nothing changed yet.', once: 'Copy it now: it is not shown again.',
    viewOnly: 'You can see this site, but not change it.',
  },

  account: {
    title: 'Account', password: 'Password', old: 'Password now', next: 'New password', change: 'Change password', users: 'Users', email: 'E-mail', name: 'Name', role: 'Role', roles: {viewer: 'Viewer', editor: 'Editor', owner: 'Owner'},
    scope: 'On', allSites: 'all sites', addUser: 'Add user', everywhere: 'Log out everywhere', keys: 'Keys for all sites', wrongOld: 'This is not your password.', audit: 'Who changed what', you: 'you', first: 'First password',
  },

  payments: {
    order: 'Payment', time: 'Time', source: 'Source', visitor: 'Visitor', amount: 'Amount', refunded: 'refunded', newer: 'Newer', older: 'Older',
    page: (n, of, all) => `Page ${n} of ${of}, ${s(all, 'payment')}`,
  },

  storage: {
    title: 'Storage', sum: (all, free) => `${all} in all, ${free} of them free for what comes next.`, table: 'Table with its indexes', size: 'Size',
    great: 'Tables are measured in files of up to 2 GiB.', unknown: 'This storage does not tell how much room it takes.',
  },

  health: {
    title: 'Health', state: 'State', running: 'running', ring: 'Ring', free: (n) => `${n} slots free`, inFlight: 'In flight', queries: 'Queries waiting', streams: 'Live streams', batches: 'Batches', latency: 'Commit', wal: 'WAL', storage: 'Storage',
    law: 'The law', lawHint: 'Every beacon received ended in exactly one way.', received: 'Received', accounted: 'Accounted for', holds: 'It holds.', broken: 'It does not add up.', outcome: 'Outcome', reason: 'Reason', count: 'Count', caches: 'Report caches', report: 'Report', hits: 'Hits', loads: 'Computed', kept: 'Kept', entries: 'Entries',
    other: 'All counters', name: 'Name', value: 'Value', sites: 'Sites', percentiles: 'Percentiles',
  },

  share: {locked: 'This link has a password.', open: 'Open', wrong: 'Another password.', gone: 'This link does not exist (any more).', by: 'Counted by Millrace'},

  keys: {
    title: 'Keyboard shortcuts', today: 'Today', yesterday: 'Yesterday', week: 'Last 7 days', month: 'Last 30 days', year: 'Last 12 months', all: 'All time', filter: 'Add a filter', clear: 'Clear filters', realtime: 'Realtime', dashboard: 'Dashboard', sites: 'Sites', compare: 'Comparison on or off', interval: 'Next interval', help: 'This list', dark: 'Light or dark',
  },
};
