package io.millrace.storage.sqlite.internal.dictionary;

import io.millrace.engine.Agent;
import io.millrace.engine.Bounds;
import io.millrace.engine.Place;
import io.millrace.engine.Visit;
import io.millrace.engine.spi.Bounded;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Everything that is kept as a number instead of a text. The store thread's. */
public final class Dictionary {
    private static final String NEW_VISITOR =
            "INSERT INTO visitors (id, site_id, name) VALUES (?, ?, ?) ON CONFLICT (site_id, name) DO NOTHING";

    private record VisitorKey(int siteId, String name) implements Comparable<VisitorKey> {
        @Override
        public int compareTo(VisitorKey other) {
            int order = Integer.compare(siteId, other.siteId);
            return order != 0 ? order : name.compareTo(other.name);
        }

        /** By hand, as hashCode below: what a record brings goes through a chain of method handles, with each event. */
        @Override
        public boolean equals(Object o) {
            return o instanceof VisitorKey other && siteId == other.siteId && name.equals(other.name);
        }

        @Override
        public int hashCode() {
            return 31 * siteId + name.hashCode();
        }

        int bytes() {
            return HeldBytes.numbers(2) + HeldBytes.numbered(name);
        }
    }

    private final TextDictionary texts;
    private boolean anyPacked;
    private int lastVisitor;
    private int committedVisitor;
    private final TupleDictionary<Agent> agents;
    private final TupleDictionary<Place> places;
    private final TupleDictionary<TupleTable.OriginKey> origins;

    @Bounded("storage_visitors")
    private final CommittedCache<VisitorKey, Integer> visitors;

    /** @param bytes what it may remember in all */
    public Dictionary(int textsPerDay, long bytes) {
        texts = new TextDictionary(textsPerDay, bytes / 2);
        visitors = new CommittedCache<>(bytes * 5 / 16, VisitorKey::bytes);
        origins = new TupleDictionary<>(TupleTable.ORIGINS, bytes / 8);
        agents = new TupleDictionary<>(TupleTable.AGENTS, bytes / 32);
        places = new TupleDictionary<>(TupleTable.PLACES, bytes / 32);
    }

    /** Registers what is remembered of what strangers send. */
    public void register(Bounds bounds) {
        register(bounds, "storage_texts", List.of(texts.remembered()));
        register(bounds, "storage_visitors", List.of(visitors));
        register(bounds, "storage_tuples", List.of(origins.remembered(), agents.remembered(), places.remembered()));
    }

    private static void register(Bounds bounds, String name, List<CommittedCache<?, ?>> caches) {
        long limit = caches.stream().mapToLong(CommittedCache::limit).sum();
        bounds.add(
                name,
                limit,
                () -> caches.stream().mapToLong(CommittedCache::held).sum());
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

    public Tuple storedAgent(StatementCache sql, int id) throws SQLException {
        return agents.stored(sql, id);
    }

    public Tuple storedPlace(StatementCache sql, int id) throws SQLException {
        return places.stored(sql, id);
    }

    public Tuple storedOrigin(StatementCache sql, int id) throws SQLException {
        return origins.stored(sql, id);
    }

    /** Takes the highest number ever given to a visitor. */
    public void open(StatementCache sql) throws SQLException {
        texts.open(sql);
        lastVisitor = (int) sql.number(0, "SELECT seq FROM sqlite_sequence WHERE name = 'visitors'");
        committedVisitor = lastVisitor;
        anyPacked = sql.number(0, "SELECT 1 FROM packed_visitors LIMIT 1") != 0;
    }

    /** The number of a visitor, given one where it has none. Most who are not remembered are new: so insert, then look. */
    public int visitor(StatementCache sql, int siteId, String name) throws SQLException {
        VisitorKey key = new VisitorKey(siteId, name);
        Integer known = visitors.get(key);
        if (known != null) {
            return known;
        }
        int packed = packedVisitor(sql, key);
        if (packed != 0) {
            comeBack(sql, key, packed);
            return packed;
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
        if (known != null) {
            return known;
        }
        int id = find(sql, key);
        return id != 0 ? id : packedVisitor(sql, key);
    }

    private int packedVisitor(StatementCache sql, VisitorKey key) throws SQLException {
        return anyPacked
                ? (int) sql.number(
                        0,
                        "SELECT id FROM packed_visitors WHERE site_id = ? AND key = ?",
                        key.siteId(),
                        VisitorNames.key(key.name()))
                : 0;
    }

    /** Somebody who was in packs only has rows again. */
    private void comeBack(StatementCache sql, VisitorKey key, int id) throws SQLException {
        sql.run(
                "INSERT INTO visitors (id, site_id, name) VALUES (?, ?, ?)",
                id,
                key.siteId(),
                VisitorNames.pack(key.name()));
        sql.run(
                "DELETE FROM packed_visitors WHERE site_id = ? AND key = ?",
                key.siteId(),
                VisitorNames.key(key.name()));
        visitors.put(key, id);
    }

    /**
     * Within a transaction: keeps of a visitor's name what finds it again, because only packs have the visitor from now on.
     *
     * @param stored the name as its column holds it
     * @param day of the last visit, in UTC
     */
    public void packVisitor(StatementCache sql, int siteId, int id, Object stored, int day) throws SQLException {
        anyPacked = true;
        sql.run(
                "INSERT OR REPLACE INTO packed_visitors (site_id, key, id, day) VALUES (?, ?, ?, ?)",
                siteId,
                VisitorNames.key(VisitorNames.unpack(stored)),
                id,
                day);
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

    /** Forgets a visitor, who is gone. */
    public void forgetVisitor(int siteId, String name) {
        visitors.remove(new VisitorKey(siteId, name));
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
