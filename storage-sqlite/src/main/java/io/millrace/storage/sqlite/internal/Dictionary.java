package io.millrace.storage.sqlite.internal;

import io.millrace.engine.Agent;
import io.millrace.engine.Place;
import io.millrace.engine.Visit;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Everything that is kept as a number instead of a text. The store thread's. */
final class Dictionary {
    private static final int VISITORS_REMEMBERED = 100_000;
    private static final String NEW_VISITOR =
            "INSERT INTO visitors (id, site_id, name) VALUES (?, ?, ?) ON CONFLICT (site_id, name) DO NOTHING";

    private record VisitorKey(int siteId, String name) {}

    private final Texts texts;
    private int lastVisitor;
    private int committedVisitor;
    private final Recent<VisitorKey, Integer> visitors = new Recent<>(VISITORS_REMEMBERED);
    private final Combos<Agent> agents = new Combos<>(TupleTable.AGENTS);
    private final Combos<Place> places = new Combos<>(TupleTable.PLACES);
    private final Combos<TupleTable.OriginKey> origins = new Combos<>(TupleTable.ORIGINS);

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
        return origins.of(sql, texts, TupleTable.OriginKey.of(origin));
    }

    /** Takes the highest number ever given to a visitor. */
    void open(Statements sql) throws SQLException {
        lastVisitor = (int) sql.number(0, "SELECT seq FROM sqlite_sequence WHERE name = 'visitors'");
        committedVisitor = lastVisitor;
    }

    /** The number of a visitor, given one where it has none. Most who are not remembered are new: so insert, then look. */
    int visitor(Statements sql, int siteId, String name) throws SQLException {
        VisitorKey key = new VisitorKey(siteId, name);
        Integer known = visitors.get(key);
        if (known != null) {
            return known;
        }
        PreparedStatement insert = sql.get(NEW_VISITOR);
        insert.setInt(1, lastVisitor + 1);
        insert.setInt(2, siteId);
        Statements.set(insert, 3, VisitorNames.pack(name));
        if (insert.executeUpdate() == 0) {
            return find(sql, key);
        }
        visitors.put(key, ++lastVisitor);
        return lastVisitor;
    }

    /** The number of a visitor, or 0. */
    int visitorIfKnown(Statements sql, int siteId, String name) throws SQLException {
        VisitorKey key = new VisitorKey(siteId, name);
        Integer known = visitors.get(key);
        return known != null ? known : find(sql, key);
    }

    private int find(Statements sql, VisitorKey key) throws SQLException {
        PreparedStatement select = sql.get("SELECT id FROM visitors WHERE site_id = ? AND name = ?");
        select.setInt(1, key.siteId());
        Statements.set(select, 2, VisitorNames.pack(key.name()));
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
        texts.rollback();
        visitors.rollback();
        agents.rollback();
        places.rollback();
        origins.rollback();
    }
}
