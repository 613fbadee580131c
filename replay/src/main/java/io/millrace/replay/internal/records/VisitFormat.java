package io.millrace.replay.internal.records;

import io.millrace.engine.Affiliate;
import io.millrace.engine.Agent;
import io.millrace.engine.Beacon;
import io.millrace.engine.Campaign;
import io.millrace.engine.Counter;
import io.millrace.engine.Event;
import io.millrace.engine.EventBuilder;
import io.millrace.engine.Money;
import io.millrace.engine.PastVisit;
import io.millrace.engine.Place;
import io.millrace.engine.Site;
import io.millrace.engine.Sites;
import io.millrace.engine.Visit;
import io.millrace.engine.spi.FilteredEvent;
import io.millrace.wire.json.JsonObject;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Visits with their hits, and what does not count, as members of lines. Names are those of the database's views. Stateless. */
final class VisitFormat {
    private VisitFormat() {}

    /** Leaves out what is absent. */
    static void put(JsonObject to, String name, Object value) {
        if (value != null && !(value instanceof Number number && number.longValue() == 0)) {
            to.put(name, value);
        }
    }

    static JsonObject visit(PastVisit past, Site site) {
        Visit v = past.visit();
        JsonObject o = new JsonObject().with("site", site.domain()).with("id", v.id());
        o.put("visitor", v.key().visitor());
        put(o, "session_id", v.key().sessionId());
        o.put("started_at", v.startedAt());
        o.put("last_activity", v.lastActivity());
        put(o, "engaged_ms", v.engagedMillis());
        put(o, "entry_page", v.origin().entryPath());
        if (v.exitPath() != null) {
            o.with("exit_page", v.exitPath()).put("exit_at", v.exitAt());
        }
        origin(o, v.origin());
        put(o, "page_views_before", past.pages());
        put(o, "events_before", past.events());
        if (!past.touches().isEmpty()) {
            o.put("affiliates", past.touches().stream().map(VisitFormat::touch).toList());
        }
        o.put("hits", past.hits().stream().map(hit -> hit(hit, v.origin())).toList());
        return o;
    }

    private static JsonObject touch(PastVisit.Touch touch) {
        JsonObject o = JsonObject.of("slug", touch.affiliate().slug()).with("time", touch.time());
        put(o, "landing", touch.landing());
        return o;
    }

    private static void origin(JsonObject o, Visit.Origin origin) {
        put(o, "hostname", origin.hostname());
        put(o, "referrer", origin.referrer());
        put(o, "referrer_host", origin.referrerHost());
        put(o, "source", origin.source());
        put(o, "channel", origin.channel());
        put(o, "utm_source", origin.campaign().source());
        put(o, "utm_medium", origin.campaign().medium());
        put(o, "utm_campaign", origin.campaign().name());
        put(o, "utm_term", origin.campaign().term());
        put(o, "utm_content", origin.campaign().content());
        put(o, "country", origin.place().country());
        put(o, "region", origin.place().region());
        put(o, "city", origin.place().city());
        put(o, "browser", origin.agent().browser());
        put(o, "browser_version", origin.agent().browserVersion());
        put(o, "os", origin.agent().os());
        put(o, "os_version", origin.agent().osVersion());
        put(o, "device", origin.agent().device());
        put(o, "language", origin.language());
        put(o, "screen_width", origin.screenWidth());
        put(o, "screen_height", origin.screenHeight());
    }

    /** Without a host it has the visit's; an empty one is none. */
    private static JsonObject hit(Event hit, Visit.Origin origin) {
        JsonObject o = JsonObject.of("time", hit.time());
        String host = hit.hostname();
        if (host == null ? origin.hostname() != null : !host.equals(origin.hostname())) {
            o.put("hostname", host == null ? "" : host);
        }
        rest(o, hit);
        return o;
    }

    private static void rest(JsonObject o, Event hit) {
        put(o, "path", hit.path());
        put(o, "id", hit.id());
        put(o, "title", hit.title());
        put(o, "engaged_ms", hit.engagedMillis());
        put(o, "scroll", hit.scroll());
        put(o, "name", hit.name());
        if (!hit.props().isEmpty()) {
            o.put("props", hit.props());
        }
        if (hit.revenue() != null) {
            o.with("revenue_minor", hit.revenue().minor())
                    .put("revenue_currency", hit.revenue().currency());
        }
    }

    static PastVisit visit(Members m, Site site, Sites sites) {
        Visit.Key key = new Visit.Key(site.id(), m.need("visitor"), m.text("session_id"));
        Visit.Origin origin = origin(m, m.text("entry_page"));
        List<Event> hits = new ArrayList<>();
        for (Members hit : m.objects("hits")) {
            Beacon.Type type = hit.has("name") ? Beacon.Type.EVENT : Beacon.Type.PAGEVIEW;
            String host = hit.text("hostname");
            hits.add(rest(Event.of(site, type, hit.time("time")), hit)
                    .hostname(host == null ? origin.hostname() : host.isEmpty() ? null : host)
                    .visitor(key.visitor())
                    .sessionId(key.sessionId())
                    .build());
        }
        List<PastVisit.Touch> touches = new ArrayList<>();
        for (Members touch : m.objects("affiliates")) {
            Affiliate affiliate = sites.affiliate(site.id(), touch.need("slug"));
            if (affiliate != null) {
                touches.add(new PastVisit.Touch(affiliate, touch.time("time"), touch.text("landing")));
            }
        }
        int pages = m.count("page_views_before");
        int events = m.count("events_before");
        Visit visit = new Visit(
                m.number("id"),
                key,
                m.time("started_at"),
                m.time("last_activity"),
                pages,
                events,
                m.count("engaged_ms"),
                m.text("exit_page"),
                m.number("exit_at"),
                origin,
                List.of());
        if (visit.lastActivity() < visit.startedAt()) {
            throw new IllegalArgumentException("last_activity: lies before started_at");
        }
        return new PastVisit(visit, pages, events, hits, touches);
    }

    private static Visit.Origin origin(Members m, String entry) {
        return new Visit.Origin(
                m.text("hostname"),
                entry,
                m.text("referrer"),
                m.text("referrer_host"),
                m.text("source"),
                m.text("channel"),
                campaign(m),
                place(m),
                agent(m),
                m.text("language"),
                m.count("screen_width"),
                m.count("screen_height"));
    }

    private static Campaign campaign(Members m) {
        return new Campaign(
                m.text("utm_source"),
                m.text("utm_medium"),
                m.text("utm_campaign"),
                m.text("utm_term"),
                m.text("utm_content"));
    }

    private static Place place(Members m) {
        return new Place(m.text("country"), m.text("region"), m.text("city"));
    }

    private static Agent agent(Members m) {
        return new Agent(
                m.text("browser"), m.text("browser_version"), m.text("os"), m.text("os_version"), m.text("device"));
    }

    private static EventBuilder rest(EventBuilder hit, Members m) {
        String currency = m.text("revenue_currency");
        return hit.path(m.text("path"))
                .id(m.text("id"))
                .title(m.text("title"))
                .engagedMillis(m.count("engaged_ms"))
                .scroll(m.count("scroll"))
                .name(m.text("name"))
                .props(m.map("props"))
                .revenue(currency == null ? null : new Money(m.number("revenue_minor"), currency));
    }

    static JsonObject filtered(FilteredEvent filtered, Site site) {
        Event e = filtered.event();
        JsonObject o = new JsonObject()
                .with("site", site.domain())
                .with("day", LocalDate.ofEpochDay(filtered.epochDay()).toString())
                .with("since", filtered.since())
                .with("reason", e.filtered().reason())
                .with("type", e.type().name().toLowerCase(Locale.ROOT))
                .with("time", e.time());
        put(o, "visitor", e.visitor());
        put(o, "earlier_visitor", e.earlierVisitor());
        put(o, "session_id", e.sessionId());
        put(o, "view", e.view());
        put(o, "affiliate", e.affiliate() == null ? null : e.affiliate().slug());
        if (e.repeat()) {
            o.put("repeat", true);
        }
        origin(o, Visit.Origin.of(e));
        rest(o, e);
        return o;
    }

    static FilteredEvent filtered(Members m, Site site, Sites sites) {
        Beacon.Type type = one(Beacon.Type.values(), m.need("type"), "type");
        Counter reason = one(Counter.values(), "filtered_" + m.need("reason"), "reason");
        Visit.Origin origin = origin(m, null);
        String affiliate = m.text("affiliate");
        Event event = rest(Event.of(site, type, m.time("time")), m)
                .filtered(reason)
                .visitor(m.text("visitor"))
                .earlierVisitor(m.text("earlier_visitor"))
                .sessionId(m.text("session_id"))
                .view(m.text("view"))
                .repeat(m.truth("repeat"))
                .affiliate(affiliate == null ? null : sites.affiliate(site.id(), affiliate))
                .hostname(origin.hostname())
                .referrer(origin.referrer())
                .referrerHost(origin.referrerHost())
                .source(origin.source())
                .channel(origin.channel())
                .campaign(origin.campaign())
                .place(origin.place())
                .agent(origin.agent())
                .language(origin.language())
                .screenWidth(origin.screenWidth())
                .screenHeight(origin.screenHeight())
                .build();
        long since = m.number("since");
        return FilteredEvent.of(
                event, (int) LocalDate.parse(m.need("day")).toEpochDay(), since == 0 ? event.time() : since);
    }

    static <E extends Enum<E>> E one(E[] all, String name, String field) {
        return Arrays.stream(all)
                .filter(e -> e.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(field + ": not known"));
    }
}
