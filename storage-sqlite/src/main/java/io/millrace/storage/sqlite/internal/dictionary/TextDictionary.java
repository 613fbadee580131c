package io.millrace.storage.sqlite.internal.dictionary;

import io.millrace.engine.Counter;
import io.millrace.engine.spi.Bounded;
import io.millrace.engine.spi.Fixed;
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

    private final int capacityPerDay;
    private final DayCounts added = new DayCounts();

    @Fixed("what the running transaction changes")
    private final Map<Long, Integer> capped = new HashMap<>();

    @Fixed("one for each site and day, until the engine takes them")
    private Map<Long, Integer> noted = new HashMap<>();

    @Bounded("storage_texts")
    private final CommittedCache<String, Integer> known;

    private boolean cappedBefore;
    private long siteDay;

    /** @param bytes what it may remember */
    TextDictionary(int capacityPerDay, long bytes) {
        this.capacityPerDay = capacityPerDay;
        this.known = new CommittedCache<>(bytes, HeldBytes::numbered);
    }

    CommittedCache<String, Integer> remembered() {
        return known;
    }

    void open(StatementCache sql) throws SQLException {
        String counter = Counter.CAPPED_TEXT.label();
        cappedBefore = sql.number(0, "SELECT 1 FROM ledger WHERE counter = ? LIMIT 1", counter) != 0;
    }

    /**
     * Whether a text may be kept as {@code (other)} in one row and as itself in a later one, so that what a row holds must
     * be read from it.
     */
    public boolean capsHaveBitten() {
        return cappedBefore || !capped.isEmpty();
    }

    /** From now on, new texts count for this site and day. */
    public void countFor(int siteId, int day) {
        siteDay = SiteDayKey.siteDay(siteId, day);
    }

    /** How many texts became {@code (other)} since this was last asked, by site and day. */
    public Map<Long, Integer> takeCapped() {
        Map<Long, Integer> taken = noted;
        noted = new HashMap<>();
        return taken;
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
        if (added.get(siteDay) >= capacityPerDay) {
            return false;
        }
        added.increment(siteDay);
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
        cappedBefore = capsHaveBitten();
        capped.forEach((siteDay, n) -> noted.merge(siteDay, n, Integer::sum));
        capped.clear();
    }

    void rollback() {
        known.rollback();
        added.rollback();
        capped.clear();
    }
}
