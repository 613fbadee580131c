package io.millrace.perf.audit;

import io.millrace.perf.traffic.Ids;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;

/** Compares what was sent with what the database holds, by plain SQL and without the server's code. */
public final class Proof {
    private static final int DIGITS = 32;
    private static final String PAGE_COUNTS = "SELECT count(*) FROM sessions s WHERE s.page_count <> "
            + "(SELECT count(*) FROM page_views p WHERE p.session_id = s.id)";
    private static final String ORPHANS =
            "SELECT count(*) FROM page_views WHERE session_id NOT IN (SELECT id FROM sessions)";
    private static final String DAILY =
            "SELECT (SELECT coalesce(sum(page_views), 0) FROM daily_stats)" + " - (SELECT count(*) FROM page_views)";

    private final SentIds sent;
    private final boolean others;
    private final List<Finding> findings = new ArrayList<>();

    /**
     * One thing that was checked.
     *
     * @param wrong how many cases are not as they must be
     */
    public record Finding(String what, long wrong) {}

    private Proof(SentIds sent, boolean others) {
        this.sent = sent;
        this.others = others;
    }

    /** Reads the database of a server that has stopped, which nobody else has sent anything. */
    static List<Finding> of(SentIds sent, Path database) throws SQLException {
        return new Proof(sent, false).read(database);
    }

    /** Reads the database of a server that has stopped, which others have sent things, too. */
    public static List<Finding> amongOthers(SentIds sent, Path database) throws SQLException {
        return new Proof(sent, true).read(database);
    }

    private List<Finding> read(Path database) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database)) {
            compareIds(connection);
            add("visits whose page_count is not the number of their page views", count(connection, PAGE_COUNTS));
            add("page views without a visit", count(connection, ORPHANS));
            add("page views by which daily_stats differs from the rows", Math.abs(count(connection, DAILY)));
            add("complaints of SQLite's integrity check", integrity(connection));
        }
        return List.copyOf(findings);
    }

    private void add(String what, long wrong) {
        findings.add(new Finding(what, wrong));
    }

    private void compareIds(Connection connection) throws SQLException {
        BitSet stored = new BitSet(sent.size());
        long twice = 0;
        long unknown = 0;
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT event_id FROM v_page_views")) {
            while (rows.next()) {
                int index = find(rows.getString(1));
                if (index < 0) {
                    unknown++;
                } else if (stored.get(index)) {
                    twice++;
                } else {
                    stored.set(index);
                }
            }
        }
        add("acknowledged but not stored", missing(stored, true));
        add("stored twice", twice);
        if (!others) {
            add("sent until acknowledged but not stored", missing(stored, false));
            add("stored but never sent", unknown);
        }
    }

    private long missing(BitSet stored, boolean acknowledgedOnly) {
        long missing = 0;
        for (int i = 0; i < sent.size(); i++) {
            missing += !stored.get(i) && (sent.isAcknowledged(i) || !acknowledgedOnly) ? 1 : 0;
        }
        return missing;
    }

    /** Ids of 128 bits come as their hexadecimal digits, perhaps with a zero byte behind, or as sent. */
    private int find(String id) {
        if (id == null) {
            return -1;
        }
        if (id.length() == DIGITS || id.length() == DIGITS + 2 && id.endsWith("00")) {
            return sent.find(bits(id, 0), bits(id, DIGITS / 2));
        }
        if (others && id.length() != Ids.LENGTH) {
            return -1;
        }
        ByteBuffer bits = ByteBuffer.wrap(Base64.getUrlDecoder().decode(id));
        return bits.remaining() == 16 ? sent.find(bits.getLong(), bits.getLong()) : -1;
    }

    private static long bits(String digits, int from) {
        return Long.parseUnsignedLong(digits, from, from + DIGITS / 2, 16);
    }

    private static long count(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    private static long integrity(Connection connection) throws SQLException {
        long complaints = 0;
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("PRAGMA integrity_check")) {
            while (rows.next()) {
                complaints += "ok".equals(rows.getString(1)) ? 0 : 1;
            }
        }
        return complaints;
    }
}
