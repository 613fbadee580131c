package io.millrace.storage.sqlite.internal.dictionary;

import io.millrace.storage.sqlite.internal.calendar.SiteDayKey;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * Texts and the numbers they are kept as; 0 is the absent text. New texts of one site and day are capped: what is
 * beyond is {@code (other)}. The store thread's.
 */
public final class TextDictionary {
    /** What stands for everything beyond a cap. */
    static final String OTHER = "(other)";

    private static final int REMEMBERED = 200_000;
    private static final int DAYS_REMEMBERED = 1_000;

    private final int capacityPerDay;
    private final CommittedCache<String, Integer> known = new CommittedCache<>(REMEMBERED);
    private final CommittedCache<Long, Integer> added = new CommittedCache<>(DAYS_REMEMBERED);
    private final Map<Long, Integer> capped = new HashMap<>();
    private long siteDay;

    TextDictionary(int capacityPerDay) {
        this.capacityPerDay = capacityPerDay;
    }

    /** From now on, new texts count for this site and day. */
    public void countFor(int siteId, int day) {
        siteDay = SiteDayKey.siteDay(siteId, day);
    }

    /** How many texts of the running transaction became {@code (other)}, by site and day. */
    public Map<Long, Integer> capped() {
        return capped;
    }

    int id(StatementCache sql, String text) throws SQLException {
        if (text == null) {
            return 0;
        }
        Integer id = known.get(text);
        return id != null ? id : find(sql, text);
    }

    private int find(StatementCache sql, String text) throws SQLException {
        PreparedStatement select = sql.get("SELECT id FROM texts WHERE text = ?");
        select.setString(1, text);
        try (ResultSet rows = select.executeQuery()) {
            if (rows.next()) {
                int id = rows.getInt(1);
                known.put(text, id);
                return id;
            }
        }
        return admit() || text.equals(OTHER) ? insert(sql, text) : other(sql);
    }

    private boolean admit() {
        Integer n = added.get(siteDay);
        if (n != null && n >= capacityPerDay) {
            return false;
        }
        added.put(siteDay, n == null ? 1 : n + 1);
        return true;
    }

    private int insert(StatementCache sql, String text) throws SQLException {
        PreparedStatement insert = sql.get("INSERT INTO texts (text) VALUES (?) RETURNING id");
        insert.setString(1, text);
        try (ResultSet rows = insert.executeQuery()) {
            rows.next();
            int id = rows.getInt(1);
            known.put(text, id);
            return id;
        }
    }

    private int other(StatementCache sql) throws SQLException {
        capped.merge(siteDay, 1, Integer::sum);
        return id(sql, OTHER);
    }

    void commit() {
        known.commit();
        added.commit();
        capped.clear();
    }

    void rollback() {
        known.rollback();
        added.rollback();
        capped.clear();
    }
}
