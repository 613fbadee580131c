package io.millrace.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Engine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;

/** SQLite keeps the read contract where rows of some days are gone, and only packs are left of them. */
class PrunedReadTest extends SqliteReadTest {
    private static final long HOUR = Duration.ofHours(1).toMillis();

    private final Random random = new Random(19);
    private int pruned;

    @Override
    protected SqliteSettings settings() {
        return SqliteSettings.DEFAULT.with().packVisits(1).packShare(1).build();
    }

    @Override
    protected boolean keepsRows() {
        return false;
    }

    @Override
    protected void check(Engine engine) {
        try {
            pack(engine);
            long first = number("SELECT min(started_at) FROM sessions");
            long last = number("SELECT max(started_at) FROM sessions");
            long visits = number("SELECT count(*) FROM sessions");
            for (int i = 0; i < 2; i++) {
                prune(engine, first + (long) (random.nextDouble() * (last + 30 * HOUR - first)));
                assertThat(opened().verify().differences()).isEmpty();
            }
            pruned += number("SELECT count(*) FROM sessions") < visits ? 1 : 0;
            openAsAfterACrash();
        } catch (SQLException | java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Lets time pass for the store thread until nothing is left to be packed. */
    private void pack(Engine engine) throws SQLException {
        for (long later = number("SELECT max(started_at) FROM sessions") + 300 * HOUR;
                number("SELECT count(*) FROM unpacked_days") > 0; ) {
            engine.execute(writer -> {
                        writer.housekeeping(later, false);
                        return null;
                    })
                    .join();
        }
    }

    private void prune(Engine engine, long olderThan) {
        Removal pruning = opened().pruning(olderThan, Keep.PACKS);
        while (!engine.execute(writer -> pruning.step()).join().over()) {
            pruning.look();
        }
    }

    private void openAsAfterACrash() throws java.io.IOException {
        Path copy = file().resolveSibling("crashed-" + file().getFileName());
        Files.copy(file(), copy);
        Files.copy(
                file().resolveSibling(file().getFileName() + "-wal"), copy.resolveSibling(copy.getFileName() + "-wal"));
        try (SqliteStorage storage = SqliteStorage.open(copy, settings())) {
            assertThat(storage.verify().differences()).isEmpty();
        }
    }

    private long number(String sql) throws SQLException {
        try (Connection c = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement s = c.createStatement();
                ResultSet rows = s.executeQuery(sql)) {
            return rows.getLong(1);
        }
    }

    @AfterEach
    void mostHistoriesLostRows() {
        assertThat(pruned).isGreaterThan(0);
        System.out.println(pruned + " histories lost rows");
    }
}
