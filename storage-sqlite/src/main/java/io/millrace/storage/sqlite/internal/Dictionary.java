package io.millrace.storage.sqlite.internal;

import io.millrace.engine.Agent;
import io.millrace.engine.Place;
import io.millrace.engine.Visit;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Everything that is kept as a number instead of a text. The store thread's. */
final class Dictionary {
    private static final int VISITORS_REMEMBERED = 100_000;

    private record VisitorKey(int siteId, String name) {}

    private record NewVisitor(int id, VisitorKey key) {}

    private record OriginKey(
            String source, String channel, String referrer, String referrerHost, io.millrace.engine.Campaign campaign) {
        static OriginKey of(Visit.Origin o) {
            return new OriginKey(o.source(), o.channel(), o.referrer(), o.referrerHost(), o.campaign());
        }

        String[] texts() {
            return new String[] {
                source,
                channel,
                referrer,
                referrerHost,
                campaign.source(),
                campaign.medium(),
                campaign.name(),
                campaign.term(),
                campaign.content()
            };
        }
    }

    private final Texts texts;
    private final List<NewVisitor> newVisitors = new ArrayList<>();
    private int lastVisitor;
    private int committedVisitor;
    private final Recent<VisitorKey, Integer> visitors = new Recent<>(VISITORS_REMEMBERED);
    private final Combos<Agent> agents = new Combos<>(
            "agents",
            a -> new String[] {a.browser(), a.browserVersion(), a.os(), a.osVersion(), a.device()},
            "browser_id",
            "browser_version_id",
            "os_id",
            "os_version_id",
            "device_id");
    private final Combos<Place> places = new Combos<>(
            "places", p -> new String[] {p.country(), p.region(), p.city()}, "country_id", "region_id", "city_id");
    private final Combos<OriginKey> origins = new Combos<>(
            "origins",
            OriginKey::texts,
            "source_id",
            "channel_id",
            "referrer_id",
            "referrer_host_id",
            "utm_source_id",
            "utm_medium_id",
            "utm_campaign_id",
            "utm_term_id",
            "utm_content_id");

    Dictionary(int textsPerDay) {
        texts = new Texts(textsPerDay);
    }

    Texts texts() {
        return texts;
    }

    int text(Statements sql, String text) throws SQLException {
        return texts.id(sql, text);
    }

    Combos.Combo agent(Statements sql, Agent agent) throws SQLException {
        return agents.of(sql, texts, agent);
    }

    Combos.Combo place(Statements sql, Place place) throws SQLException {
        return places.of(sql, texts, place);
    }

    Combos.Combo origin(Statements sql, Visit.Origin origin) throws SQLException {
        return origins.of(sql, texts, OriginKey.of(origin));
    }

    /** Takes the highest number ever given to a visitor. */
    void open(Statements sql) throws SQLException {
        lastVisitor = (int) sql.number(0, "SELECT seq FROM sqlite_sequence WHERE name = 'visitors'");
        committedVisitor = lastVisitor;
    }

    /** Within the transaction: writes the visitors that have got a number. */
    void flush(Statements sql) throws SQLException {
        if (!newVisitors.isEmpty()) {
            PreparedStatement insert = sql.get("INSERT INTO visitors (id, site_id, name) VALUES (?, ?, ?)");
            for (NewVisitor visitor : newVisitors) {
                insert.setInt(1, visitor.id());
                insert.setInt(2, visitor.key().siteId());
                Statements.set(insert, 3, VisitorNames.pack(visitor.key().name()));
                insert.addBatch();
            }
            insert.executeBatch();
            newVisitors.clear();
        }
    }

    /** The number of a visitor, given one where it has none; {@link #flush} writes it. */
    int visitor(Statements sql, int siteId, String name) throws SQLException {
        int id = visitorIfKnown(sql, siteId, name);
        if (id != 0) {
            return id;
        }
        VisitorKey key = new VisitorKey(siteId, name);
        newVisitors.add(new NewVisitor(++lastVisitor, key));
        visitors.put(key, lastVisitor);
        return lastVisitor;
    }

    /** The number of a visitor, or 0. */
    int visitorIfKnown(Statements sql, int siteId, String name) throws SQLException {
        VisitorKey key = new VisitorKey(siteId, name);
        Integer known = visitors.get(key);
        if (known != null) {
            return known;
        }
        PreparedStatement select = sql.get("SELECT id FROM visitors WHERE site_id = ? AND name = ?");
        select.setInt(1, siteId);
        Statements.set(select, 2, VisitorNames.pack(name));
        try (ResultSet rows = select.executeQuery()) {
            if (!rows.next()) {
                return 0;
            }
            int id = rows.getInt(1);
            visitors.put(key, id);
            return id;
        }
    }

    /** Forgets the visitors, because some of them are gone. */
    void forgetVisitors() {
        visitors.clear();
    }

    void commit() {
        committedVisitor = lastVisitor;
        texts.commit();
        visitors.commit();
        agents.commit();
        places.commit();
        origins.commit();
    }

    void rollback() {
        lastVisitor = committedVisitor;
        newVisitors.clear();
        texts.rollback();
        visitors.rollback();
        agents.rollback();
        places.rollback();
        origins.rollback();
    }
}
