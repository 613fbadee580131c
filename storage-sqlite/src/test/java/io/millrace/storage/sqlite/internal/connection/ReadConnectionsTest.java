package io.millrace.storage.sqlite.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.storage.sqlite.SqliteSettings;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadConnectionsTest {
    private static final String COUNT =
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) SELECT count(*) FROM n";

    @TempDir
    Path directory;

    /** The driver closes a statement that was stopped, and it is one of those that are kept. */
    @Test
    void whatWasStoppedCanBeAskedAgain() {
        Path file = directory.resolve("millrace.db");
        io.millrace.storage.sqlite.SqliteStorage.open(file).close();
        ConnectionFactory connections = new ConnectionFactory(file, SqliteSettings.DEFAULT);
        StorageMetrics metrics = new StorageMetrics(new PrometheusRegistry(), () -> 0, () -> 0, 0);
        try (ReadConnections readers =
                new ReadConnections(connections, 1, Duration.ofMillis(300), new ReentrantLock(), metrics)) {
            assertThat((long) readers.read("query", sql -> sql.number(0, COUNT, 10)))
                    .isEqualTo(10);
            assertThatThrownBy(() -> readers.read("query", sql -> sql.number(0, COUNT, 1_000_000_000)))
                    .hasMessageContaining("took too long");
            assertThat((long) readers.read("query", sql -> sql.number(0, COUNT, 10)))
                    .isEqualTo(10);
        }
    }

    /** SQLite has rolled back by itself after such errors, and a COMMIT fails, too. */
    @Test
    void theCauseOfAFailureIsToldNotThatThereIsNothingToCommit() {
        Path file = directory.resolve("millrace.db");
        io.millrace.storage.sqlite.SqliteStorage.open(file).close();
        ConnectionFactory connections = new ConnectionFactory(file, SqliteSettings.DEFAULT);
        StorageMetrics metrics = new StorageMetrics(new PrometheusRegistry(), () -> 0, () -> 0, 0);
        try (ReadConnections readers =
                new ReadConnections(connections, 1, Duration.ofSeconds(5), new ReentrantLock(), metrics)) {
            assertThatThrownBy(() -> readers.read("query", sql -> {
                        sql.run("ROLLBACK");
                        throw new SQLException("the temporary file cannot be written");
                    }))
                    .hasMessage("query: the temporary file cannot be written");
        }
    }
}
