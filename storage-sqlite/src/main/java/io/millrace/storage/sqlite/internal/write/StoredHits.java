package io.millrace.storage.sqlite.internal.write;

import io.millrace.engine.Affiliate;
import io.millrace.engine.Beacon;
import io.millrace.engine.Counter;
import io.millrace.engine.Event;
import io.millrace.engine.Money;
import io.millrace.engine.Site;
import io.millrace.engine.Visit;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import io.millrace.storage.sqlite.internal.dictionary.EventIds;
import io.millrace.storage.sqlite.internal.dictionary.SqlJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Reads the hits of a stored visit as they may be kept as not counting. Stateless. */
final class StoredHits {
    private static final String PAGES = """
        SELECT h.n, h.time, path.text AS path, h.host_id, host.text AS host, title.text AS title, h.event_id, h.engaged_ms,
            h.scroll
        FROM page_views h
        LEFT JOIN texts path ON path.id = h.path_id
        LEFT JOIN texts host ON host.id = h.host_id
        LEFT JOIN texts title ON title.id = h.title_id
        WHERE h.session_id = ? ORDER BY h.n\
        """;

    private static final String EVENTS = """
        SELECT h.n, h.time, path.text AS path, h.host_id, host.text AS host, name.text AS name, h.event_id, h.props,
            h.amount, h.currency
        FROM events h
        LEFT JOIN texts path ON path.id = h.path_id
        LEFT JOIN texts host ON host.id = h.host_id
        LEFT JOIN texts name ON name.id = h.name_id
        WHERE h.session_id = ? ORDER BY h.n\
        """;

    /** By time; of the same time page views first, then in the order in which they came. */
    static final Comparator<Hit> BY_TIME = Comparator.comparingLong(Hit::time)
            .thenComparing(hit -> !hit.page())
            .thenComparingInt(Hit::n);

    private StoredHits() {}

    /**
     * A page view or custom event.
     *
     * @param n its number among those of its visit
     * @param hostname of its own, or null: the visit's
     */
    record Hit(
            boolean page,
            int n,
            long time,
            String path,
            boolean ownHost,
            String hostname,
            String title,
            String id,
            long engagedMillis,
            int scroll,
            String name,
            String props,
            Money revenue) {

        String hostname(Visit visit) {
            return ownHost ? hostname : visit.origin().hostname();
        }

        /** The event that it was, as far as that is known: where it came from is known of its visit alone. */
        Event event(Site site, Visit visit, Counter reason, Affiliate affiliate) {
            Visit.Origin o = visit.origin();
            return Event.of(site, page ? Beacon.Type.PAGEVIEW : Beacon.Type.EVENT, time)
                    .id(id)
                    .visitor(visit.key().visitor())
                    .sessionId(visit.key().sessionId())
                    .hostname(hostname(visit))
                    .path(path)
                    .title(title)
                    .referrer(o.referrer())
                    .referrerHost(o.referrerHost())
                    .source(o.source())
                    .channel(o.channel())
                    .campaign(o.campaign())
                    .affiliate(affiliate)
                    .place(o.place())
                    .agent(o.agent())
                    .language(o.language())
                    .screenWidth(o.screenWidth())
                    .screenHeight(o.screenHeight())
                    .name(name)
                    .props(props == null ? Map.of() : SqlJson.map(props))
                    .revenue(revenue)
                    .engagedMillis(engagedMillis)
                    .scroll(scroll)
                    .filtered(reason)
                    .build();
        }
    }

    /** All hits of a visit, page views first, each kind in the order in which they came. */
    static List<Hit> of(StatementCache sql, long visitId) throws SQLException {
        List<Hit> hits = new ArrayList<>();
        sql.each(PAGES, row -> hits.add(page(row)), visitId);
        sql.each(EVENTS, row -> hits.add(event(row)), visitId);
        return hits;
    }

    private static boolean ownHost(ResultSet row) throws SQLException {
        row.getInt("host_id");
        return !row.wasNull();
    }

    private static Hit page(ResultSet row) throws SQLException {
        return new Hit(
                true,
                row.getInt("n"),
                row.getLong("time"),
                row.getString("path"),
                ownHost(row),
                row.getString("host"),
                row.getString("title"),
                EventIds.unpack(row.getObject("event_id")),
                row.getLong("engaged_ms"),
                row.getInt("scroll"),
                null,
                null,
                null);
    }

    private static Hit event(ResultSet row) throws SQLException {
        String currency = row.getString("currency");
        return new Hit(
                false,
                row.getInt("n"),
                row.getLong("time"),
                row.getString("path"),
                ownHost(row),
                row.getString("host"),
                null,
                EventIds.unpack(row.getObject("event_id")),
                0,
                0,
                row.getString("name"),
                row.getString("props"),
                currency == null ? null : new Money(row.getLong("amount"), currency));
    }
}
