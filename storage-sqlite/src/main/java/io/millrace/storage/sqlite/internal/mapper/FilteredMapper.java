package io.millrace.storage.sqlite.internal.mapper;

import io.millrace.engine.Affiliate;
import io.millrace.engine.Agent;
import io.millrace.engine.Beacon;
import io.millrace.engine.Campaign;
import io.millrace.engine.Counter;
import io.millrace.engine.Event;
import io.millrace.engine.EventBuilder;
import io.millrace.engine.Money;
import io.millrace.engine.Place;
import io.millrace.engine.Site;
import io.millrace.engine.spi.FilteredEvent;
import io.millrace.storage.sqlite.internal.dictionary.SqlJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * Rows of filtered_events as the engine's, of which what is not a column stands in one text. It has neither address nor
 * agent, as the event. Stateless.
 */
public final class FilteredMapper {
    /** Before the name of a property. */
    private static final String PROPERTY = "prop.";

    /** What {@link #event} reads. */
    public static final String COLUMNS =
            "id, day, since, time, reason, type, hostname, path, source, browser, country, visitor, earlier_visitor,"
                    + " session_id, event";

    private FilteredMapper() {}

    /** What of an event is no column. */
    public static String rest(FilteredEvent filtered) {
        Map<String, String> rest = new TreeMap<>();
        Event e = filtered.event();
        FilteredEvent.OfVisit of = filtered.ofVisit();
        if (of != null) {
            put(rest, "visit_start", of.startedAt());
            put(rest, "visit_opened", of.opened() ? "1" : null);
            put(rest, "visit_entry", of.entry() ? "1" : null);
            put(rest, "visit_end", of.lastActivity() == 0 ? null : of.lastActivity());
        }
        put(rest, "id", e.id());
        put(rest, "repeat", e.repeat() ? "1" : null);
        put(rest, "session_id", e.sessionId());
        put(rest, "title", e.title());
        put(rest, "referrer", e.referrer());
        put(rest, "referrer_host", e.referrerHost());
        put(rest, "channel", e.channel());
        put(rest, "utm_source", e.campaign().source());
        put(rest, "utm_medium", e.campaign().medium());
        put(rest, "utm_campaign", e.campaign().name());
        put(rest, "utm_term", e.campaign().term());
        put(rest, "utm_content", e.campaign().content());
        put(rest, "affiliate", e.affiliate() == null ? null : e.affiliate().id());
        put(rest, "region", e.place().region());
        put(rest, "city", e.place().city());
        put(rest, "browser_version", e.agent().browserVersion());
        put(rest, "os", e.agent().os());
        put(rest, "os_version", e.agent().osVersion());
        put(rest, "device", e.agent().device());
        put(rest, "language", e.language());
        put(rest, "screen_width", e.screenWidth() == 0 ? null : e.screenWidth());
        put(rest, "screen_height", e.screenHeight() == 0 ? null : e.screenHeight());
        put(rest, "name", e.name());
        put(rest, "revenue", e.revenue() == null ? null : e.revenue().minor());
        put(rest, "currency", e.revenue() == null ? null : e.revenue().currency());
        put(rest, "view", e.view());
        put(rest, "engaged_ms", e.engagedMillis() == 0 ? null : e.engagedMillis());
        put(rest, "scroll", e.scroll() == 0 ? null : e.scroll());
        put(rest, "excluded", e.excluded() == null ? null : e.excluded().id());
        e.props().forEach((key, value) -> rest.put(PROPERTY + key, value));
        return SqlJson.object(rest);
    }

    private static void put(Map<String, String> rest, String name, Object value) {
        if (value != null) {
            rest.put(name, value.toString());
        }
    }

    /**
     * A row of {@link #COLUMNS}.
     *
     * @param affiliates those that there are still, by their ids; null for others
     */
    public static FilteredEvent event(ResultSet row, Site site, IntFunction<Affiliate> affiliates) throws SQLException {
        String text = row.getString("event");
        Map<String, String> rest = text == null ? Map.of() : SqlJson.map(text);
        Map<String, String> props = new TreeMap<>();
        rest.forEach((key, value) -> {
            if (key.startsWith(PROPERTY)) {
                props.put(key.substring(PROPERTY.length()), value);
            }
        });
        String currency = rest.get("currency");
        EventBuilder event = Event.of(
                        site, Beacon.Type.valueOf(row.getString("type").toUpperCase(Locale.ROOT)), row.getLong("time"))
                .filtered(Counter.valueOf("FILTERED_" + row.getString("reason").toUpperCase(Locale.ROOT)))
                .hostname(row.getString("hostname"))
                .path(row.getString("path"))
                .source(row.getString("source"))
                .visitor(row.getString("visitor"))
                .id(rest.get("id"))
                .repeat(rest.containsKey("repeat"))
                .earlierVisitor(row.getString("earlier_visitor"))
                .sessionId(rest.get("session_id"))
                .title(rest.get("title"))
                .referrer(rest.get("referrer"))
                .referrerHost(rest.get("referrer_host"))
                .channel(rest.get("channel"))
                .campaign(new Campaign(
                        rest.get("utm_source"),
                        rest.get("utm_medium"),
                        rest.get("utm_campaign"),
                        rest.get("utm_term"),
                        rest.get("utm_content")))
                .affiliate(rest.containsKey("affiliate") ? affiliates.apply((int) number(rest, "affiliate")) : null)
                .place(new Place(row.getString("country"), rest.get("region"), rest.get("city")))
                .agent(new Agent(
                        row.getString("browser"),
                        rest.get("browser_version"),
                        rest.get("os"),
                        rest.get("os_version"),
                        rest.get("device")))
                .language(rest.get("language"))
                .screenWidth((int) number(rest, "screen_width"))
                .screenHeight((int) number(rest, "screen_height"))
                .name(rest.get("name"))
                .props(props)
                .revenue(currency == null ? null : new Money(number(rest, "revenue"), currency))
                .view(rest.get("view"))
                .engagedMillis(number(rest, "engaged_ms"))
                .scroll((int) number(rest, "scroll"))
                .excluded(
                        rest.containsKey("excluded") ? new Event.Excluded((int) number(rest, "excluded"), true) : null);
        return new FilteredEvent(
                row.getLong("id"),
                row.getInt("day"),
                row.getLong("since"),
                event.build(),
                text != null,
                ofVisit(row, rest));
    }

    private static FilteredEvent.OfVisit ofVisit(ResultSet row, Map<String, String> rest) throws SQLException {
        long visit = row.getLong("session_id");
        return visit == 0
                ? null
                : new FilteredEvent.OfVisit(
                        visit,
                        number(rest, "visit_start"),
                        rest.containsKey("visit_opened"),
                        rest.containsKey("visit_entry"),
                        number(rest, "visit_end"));
    }

    private static long number(Map<String, String> rest, String name) {
        return Long.parseLong(rest.getOrDefault(name, "0"));
    }
}
