package io.millrace.storage.sqlite.internal.dictionary;

import io.millrace.engine.Agent;
import io.millrace.engine.Place;
import io.millrace.engine.Visit;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Everything that is kept as a number instead of a text. The store thread's. */
public final class Dictionary {
    private static final int VISITORS_REMEMBERED = 100_000;
    private static final String NEW_VISITOR =
            "INSERT INTO visitors (id, site_id, name) VALUES (?, ?, ?) ON CONFLICT (site_id, name) DO NOTHING";

    private record VisitorKey(int siteId, String name) {}

    private final TextDictionary texts;
    private int lastVisitor;
    private int committedVisitor;
    private final CommittedCache<VisitorKey, Integer> visitors = new CommittedCache<>(VISITORS_REMEMBERED);
    private final TupleDictionary<Agent> agents = new TupleDictionary<>(TupleTable.AGENTS);
    private final TupleDictionary<Place> places = new TupleDictionary<>(TupleTable.PLACES);
    private final TupleDictionary<TupleTable.OriginKey> origins = new TupleDictionary<>(TupleTable.ORIGINS);

    public Dictionary(int textsPerDay) {
        texts = new TextDictionary(textsPerDay);
    }

    public TextDictionary texts() {
        return texts;
    }

    public int text(StatementCache sql, String text) throws SQLException {
        return texts.id(sql, text);
    }

    public Tuple agent(StatementCache sql, Agent agent) throws SQLException {
        return agents.of(sql, texts, agent);
    }

    public Tuple place(StatementCache sql, Place place) throws SQLException {
        return places.of(sql, texts, place);
    }

    public Tuple origin(StatementCache sql, Visit.Origin origin) throws SQLException {
        return origins.of(sql, texts, TupleTable.OriginKey.of(origin));
    }

    /** Takes the highest number ever given to a visitor. */
    public void open(StatementCache sql) throws SQLException {
        lastVisitor = (int) sql.number(0, "SELECT seq FROM sqlite_sequence WHERE name = 'visitors'");
        committedVisitor = lastVisitor;
    }

    /** The number of a visitor, given one where it has none. Most who are not remembered are new: so insert, then look. */
    public int visitor(StatementCache sql, int siteId, String name) throws SQLException {
        VisitorKey key = new VisitorKey(siteId, name);
        Integer known = visitors.get(key);
        if (known != null) {
            return known;
        }
        PreparedStatement insert = sql.get(NEW_VISITOR);
        insert.setInt(1, lastVisitor + 1);
        insert.setInt(2, siteId);
        StatementCache.set(insert, 3, VisitorNames.pack(name));
        if (insert.executeUpdate() == 0) {
            return find(sql, key);
        }
        visitors.put(key, ++lastVisitor);
        return lastVisitor;
    }

    /** The number of a visitor, or 0. */
    public int visitorIfKnown(StatementCache sql, int siteId, String name) throws SQLException {
        VisitorKey key = new VisitorKey(siteId, name);
        Integer known = visitors.get(key);
        return known != null ? known : find(sql, key);
    }

    private int find(StatementCache sql, VisitorKey key) throws SQLException {
        PreparedStatement select = sql.get("SELECT id FROM visitors WHERE site_id = ? AND name = ?");
        select.setInt(1, key.siteId());
        StatementCache.set(select, 2, VisitorNames.pack(key.name()));
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
    public void forgetVisitors() {
        visitors.clear();
    }

    public void commit() {
        committedVisitor = lastVisitor;
        texts.commit();
        visitors.commit();
        agents.commit();
        places.commit();
        origins.commit();
    }

    public void rollback() {
        lastVisitor = committedVisitor;
        texts.rollback();
        visitors.rollback();
        agents.rollback();
        places.rollback();
        origins.rollback();
    }
}
