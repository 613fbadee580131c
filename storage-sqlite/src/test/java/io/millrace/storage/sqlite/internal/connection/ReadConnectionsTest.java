package io.millrace.storage.sqlite.internal.connection;

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
    @TempDir
    Path directory;

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
