package io.millrace.perf.audit;

import io.millrace.perf.load.Meter;
import io.millrace.perf.process.Millrace;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/** Another program that takes the database's write lock and keeps it, as a person with the sqlite3 shell can. */
final class ForeignLock {
    private static final long LOOK_NANOS = 200_000_000;
    private static final int PATIENCE_MILLIS = 10_000;

    private ForeignLock() {}

    /**
     * What a server under load did meanwhile.
     *
     * @param held how long
     * @param answers requests answered
     * @param acknowledged events acknowledged: those whose answers were on their way
     * @param beforeKb the server's anonymous memory before
     * @param mostKb the most that was seen
     * @param mostWalBytes the longest write-ahead log that was seen
     */
    record Seen(Duration held, long answers, long acknowledged, long beforeKb, long mostKb, long mostWalBytes) {
        String text() {
            return String.format(
                    Locale.ROOT,
                    "write lock held by another program for %d s: %,d requests answered, %,d events acknowledged; anonymous"
                            + " memory %,d MB before, at most %,d MB; WAL at most %,d MB",
                    held.toSeconds(),
                    answers,
                    acknowledged,
                    beforeKb >> 10,
                    mostKb >> 10,
                    mostWalBytes >> 20);
        }
    }

    /** Holds the lock for a time. */
    static Seen hold(Millrace server, AuditLoad load, Duration time) throws SQLException {
        Meter meter = new Meter(server.pid(), server.data());
        String url = "jdbc:sqlite:" + server.data().resolve("millrace.db");
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = " + PATIENCE_MILLIS);
            statement.execute("BEGIN IMMEDIATE");
            try {
                return watch(meter, load, time);
            } finally {
                statement.execute("ROLLBACK");
            }
        }
    }

    private static Seen watch(Meter meter, AuditLoad load, Duration time) {
        long answers = load.answers();
        long acknowledged = load.acknowledged();
        long before = meter.sample().serverAnonymousKb();
        long most = before;
        long wal = 0;
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            Meter.Sample sample = meter.sample();
            most = Math.max(most, sample.serverAnonymousKb());
            wal = Math.max(wal, sample.walBytes());
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return new Seen(time, load.answers() - answers, load.acknowledged() - acknowledged, before, most, wal);
    }
}
