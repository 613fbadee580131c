package io.millrace.engine.internal.enrich;

import com.google.common.base.Strings;
import com.google.common.collect.Sets;
import io.millrace.engine.Affiliate;
import io.millrace.engine.Agent;
import io.millrace.engine.Beacon;
import io.millrace.engine.Bounds;
import io.millrace.engine.Campaign;
import io.millrace.engine.Counter;
import io.millrace.engine.Counters;
import io.millrace.engine.Event;
import io.millrace.engine.EventBuilder;
import io.millrace.engine.Exclusion;
import io.millrace.engine.HostNames;
import io.millrace.engine.IpAddress;
import io.millrace.engine.Site;
import io.millrace.engine.Sites;
import io.millrace.engine.spi.Enrichment;
import io.millrace.engine.spi.Fixed;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns beacons into events: exclusions, page, source, campaign, affiliate, agent, visitor. The enrich thread's. */
public final class Enricher {
    private static final Logger LOG = LoggerFactory.getLogger(Enricher.class);

    private final Sites sites;
    private final Counters counters;
    private final AgentParser agents;
    private final Identity identity;
    private final Bots bots;
    private final Exclusions exclusions;

    /** The address that was read last, and what it says: the event's that is being made. */
    private String addressText;

    private IpAddress address;

    @Fixed("those that the engine was set up with")
    private final List<Enrichment> enrichments;

    private static final Sources.Source DIRECT = new Sources.Source(null, "Direct");
    private static final String APP = "android-app:";

    private Sources sources;
    private final Interner interner = new Interner();

    /** @param enrichments asked after all else, in this order */
    public Enricher(
            Sites sites,
            Counters counters,
            AgentParser agents,
            Identity identity,
            Networks dataCenters,
            List<Enrichment> enrichments) {
        this.sites = sites;
        this.counters = counters;
        this.agents = agents;
        this.identity = identity;
        this.bots = new Bots(dataCenters);
        this.exclusions = new Exclusions(sites);
        this.enrichments = enrichments;
    }

    public void register(Bounds bounds) {
        agents.register(bounds);
        interner.register(bounds);
        bounds.add("sources", Sources.FOUND_BYTES, () -> {
            Sources loaded = sources;
            return loaded == null ? 0 : loaded.foundBytes();
        });
        enrichments.forEach(enrichment -> enrichment.register(bounds));
    }

    /** The event, or null when its site is gone. */
    public Event enrich(Beacon beacon, long receivedAt) {
        Site site = sites.byId(beacon.siteId());
        if (site == null) {
            return null;
        }
        long time = beacon.time() <= 0 ? receivedAt : Math.min(beacon.time(), receivedAt);
        EventBuilder event = Event.of(site, beacon.type(), time)
                .id(beacon.id())
                .repeat(beacon.repeat())
                .position(beacon.position())
                .place(interner.one(beacon.place()))
                .language(interner.one(beacon.language()))
                .screenWidth(beacon.screenWidth())
                .screenHeight(beacon.screenHeight())
                .name(beacon.name())
                .props(beacon.props())
                .revenue(beacon.revenue())
                .view(beacon.view())
                .engagedMillis(beacon.engagedMillis())
                .scroll(beacon.scroll());
        attempt(event, () -> identity.identify(beacon, event, receivedAt));
        if (event.visitor() == null) {
            event.visitor("unknown");
        }
        PageUrl url = attempt(
                event,
                () -> PageUrl.parse(beacon.url() == null ? Strings.nullToEmpty(beacon.pathname()) : beacon.url()),
                PageUrl.NONE);
        attempt(event, () -> page(beacon, event, url));
        AgentParser.Parsed parsed =
                attempt(event, () -> agents.parse(beacon.userAgent(), beacon.hints()), AgentParser.Parsed.NOTHING);
        attempt(event, () -> agent(beacon, event, parsed));
        for (Enrichment e : enrichments) {
            attempt(event, () -> e.enrich(beacon, event));
        }
        attempt(event, () -> filter(beacon, event, url, parsed.crawler(), receivedAt));
        return event.build();
    }

    /** How much an exclusion would have caught while it was on trial. Any thread. */
    public long onTrial(int exclusionId) {
        return exclusions.onTrial(exclusionId);
    }

    /** Forgets it. Any thread. */
    public void endTrial(int exclusionId) {
        exclusions.endTrial(exclusionId);
    }

    /**
     * Why it does not count: what the site does not count whoever visits, and then what is left out as a bot. What is both counts
     * again for neither.
     */
    private void filter(Beacon beacon, EventBuilder event, PageUrl url, Crawlers.Kind crawler, long now) {
        if (event.filtered() != null) {
            return;
        }
        Site site = event.site();
        if (!site.hostnames().isEmpty() && !isListed(event.hostname(), site.hostnames())) {
            event.filtered(Counter.FILTERED_HOSTNAME);
            return;
        }
        Counter bot = bots.reason(beacon, event, crawler, () -> address(beacon));
        Exclusion rule = exclusions.any(site.id())
                ? exclusions.find(new Exclusions.Asked(beacon, event, url, address(beacon)), now)
                : null;
        if (rule != null) {
            event.filtered(rule.kind().reason())
                    .excluded(new Event.Excluded(
                            rule.id(), bot == null && rule.kind().kept()));
        } else {
            event.filtered(bot);
        }
    }

    private IpAddress address(Beacon beacon) {
        if (beacon.address() != null && !beacon.address().equals(addressText)) {
            addressText = beacon.address();
            address = IpAddress.parse(addressText);
        }
        return beacon.address() == null ? null : address;
    }

    /** What one derivation throws leaves its field empty, and nothing else. */
    private void attempt(EventBuilder event, Runnable derivation) {
        attempt(
                event,
                () -> {
                    derivation.run();
                    return null;
                },
                null);
    }

    private <T> T attempt(EventBuilder event, Supplier<T> derivation, T otherwise) {
        try {
            return derivation.get();
        } catch (RuntimeException e) {
            counters.add(Counter.ENRICH_FAILED, event.site().id());
            LOG.debug("enrichment failed", e);
            return otherwise;
        }
    }

    /** With {@code www.} or without, on either side. */
    private static boolean isListed(String host, Set<String> hosts) {
        return host != null
                && (hosts.contains(host)
                        || hosts.contains(HostNames.withoutWww(host))
                        || hosts.contains("www." + host));
    }

    private void page(Beacon beacon, EventBuilder event, PageUrl url) {
        Site site = event.site();
        String host = beacon.hostname() == null ? url.host() : HostNames.of(beacon.hostname());
        String path = beacon.pathname() == null ? url.path() : PageUrl.normal(beacon.pathname());
        event.hostname(interner.one(host))
                .path(interner.one(url.pathWith(site.pathForm().of(path), kept(site, url))))
                .title(interner.one(beacon.title()));
        event.campaign(interner.one(campaign(beacon, url)));
        event.affiliate(affiliate(beacon, site, url));
        referrer(beacon.referrer(), event);
        source(event, url);
    }

    /** The parameters that are part of a page: a click id is of one visitor, whatever the site keeps. */
    private Set<String> kept(Site site, PageUrl url) {
        if (url.query() == null || site.keepParams().isEmpty()) {
            return Set.of();
        }
        return Sets.filter(site.keepParams(), name -> !sources().isClick(name));
    }

    private Campaign campaign(Beacon beacon, PageUrl url) {
        Campaign sent = beacon.campaign();
        if (!url.hasCampaign()) {
            return sent;
        }
        int site = beacon.siteId();
        return new Campaign(
                field(sent.source(), url, "utm_source", site),
                field(sent.medium(), url, "utm_medium", site),
                field(sent.name(), url, "utm_campaign", site),
                field(sent.term(), url, "utm_term", site),
                field(sent.content(), url, "utm_content", site));
    }

    private String field(String sent, PageUrl url, String param, int site) {
        if (sent != null && !sent.isEmpty()) {
            return sent;
        }
        if (PageUrl.isTooLong(url.param(param))) {
            counters.add(Counter.CUT, site);
        }
        return url.campaignParam(param);
    }

    private static String or(String sent, PageUrl url, String param) {
        return sent != null && !sent.isEmpty() ? sent : url.param(param);
    }

    private Affiliate affiliate(Beacon beacon, Site site, PageUrl url) {
        String slug = or(beacon.ref(), url, "ref");
        slug = slug == null ? url.param("via") : slug;
        return slug == null ? null : sites.affiliate(site.id(), slug.toLowerCase(Locale.ROOT));
    }

    private void referrer(String referrer, EventBuilder event) {
        if (referrer == null || referrer.isEmpty()) {
            return;
        }
        String host = HostNames.withoutWww(PageUrl.parse(referrer).host());
        if (host != null && !own(host, event)) {
            event.referrer(interner.one(PageUrl.withoutUser(referrer))).referrerHost(interner.one(host));
        }
    }

    private static boolean own(String host, EventBuilder event) {
        String domain = event.site().domain();
        return host.equals(domain)
                || host.endsWith("." + domain)
                || host.equals(HostNames.withoutWww(event.hostname()))
                || event.site().hostnames().stream().anyMatch(own -> host.equals(HostNames.withoutWww(own)));
    }

    /** The source by the campaign, else by the referrer, else by whose click id the URL carries. */
    private void source(EventBuilder event, PageUrl url) {
        Campaign campaign = event.campaign();
        Sources.ClickId click = click(url);
        Sources.Source source = source(event, click);
        boolean direct = source == null && campaign.medium() == null && event.affiliate() == null;
        if (direct) {
            event.source(DIRECT.name()).channel(DIRECT.name());
            return;
        }
        Sources.Source from = source == null ? DIRECT : source;
        event.source(interner.one(from.name()))
                .channel(new Channels(sources())
                        .of(from, event.referrerHost(), campaign, click, event.affiliate() != null));
    }

    private Sources.Source source(EventBuilder event, Sources.ClickId click) {
        String sent = event.campaign().source();
        if (sent != null) {
            return sources().campaign(sent);
        }
        if (event.referrerHost() != null) {
            boolean app = event.referrer().regionMatches(true, 0, APP, 0, APP.length());
            return app ? sources().app(event.referrerHost()) : sources().host(event.referrerHost());
        }
        return click == null ? null : sources().host(click.domain());
    }

    private Sources.ClickId click(PageUrl url) {
        if (url.query() == null && url.routeQuery() == null) {
            return null;
        }
        for (var id : sources().clicks().entrySet()) {
            if (url.param(id.getKey()) != null) {
                return id.getValue();
            }
        }
        return null;
    }

    /** Read when a visit first comes from somewhere. */
    private Sources sources() {
        sources = sources == null ? Sources.load() : sources;
        return sources;
    }

    /** With what somebody visits. */
    private void agent(Beacon beacon, EventBuilder event, AgentParser.Parsed parsed) {
        if (parsed.agent() == null) {
            counters.add(Counter.AGENT_SKIPPED, beacon.siteId());
        }
        Agent said = beacon.agent() == null ? parsed.agent() : beacon.agent();
        Agent agent = said == null ? Agent.UNKNOWN : said;
        event.agent(interner.one(
                agent.device() != null
                        ? agent
                        : new Agent(
                                agent.browser(),
                                agent.browserVersion(),
                                agent.os(),
                                agent.osVersion(),
                                deviceOf(beacon.screenWidth()))));
    }

    /** For an agent that says nothing of its device: the usual break points of CSS frameworks. */
    private static String deviceOf(int screenWidth) {
        if (screenWidth <= 0 || screenWidth >= 1024) {
            return "desktop";
        }
        return screenWidth < 768 ? "mobile" : "tablet";
    }
}
