package io.millrace.storage.sqlite.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Site;
import io.millrace.engine.StorageUse;
import io.millrace.storage.sqlite.SqliteSettings;
import io.millrace.storage.sqlite.internal.Database;
import io.millrace.storage.sqlite.internal.connection.ConnectionFactory;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableSizesTest {
    @TempDir
    Path directory;

    @Test
    void tablesWithTheirIndexesAndFreeRoomMakeUpTheFile() throws SQLException {
        Path file = directory.resolve("millrace.db");
        try (Database database = Database.open(file, SqliteSettings.DEFAULT, new PrometheusRegistry())) {
            for (int i = 0; i < 500; i++) {
                database.writer().saveSite(Site.of("site-with-a-long-name-" + i + ".example.com"));
            }
            StorageUse use = database.reader().use();
            assertThat(use.tables())
                    .extracting(StorageUse.Table::name)
                    .contains("sites", "page_views", "sqlite_schema");
            assertThat(use.tables()).isSortedAccordingTo((a, b) -> Long.compare(b.bytes(), a.bytes()));
            long sum = use.tables().stream().mapToLong(StorageUse.Table::bytes).sum();
            assertThat(sum + use.freeBytes()).isBetween(use.bytes() - 4096 * 2, use.bytes());
        }
    }

    @Test
    void aGreatFileIsToldInAllOnly() throws SQLException {
        Path file = directory.resolve("millrace.db");
        Database.open(file, SqliteSettings.DEFAULT, new PrometheusRegistry()).close();
        ConnectionFactory connections = new ConnectionFactory(file, SqliteSettings.DEFAULT);
        try (Connection connection = connections.reader();
                StatementCache sql = connections.statements(connection)) {
            assertThat(TableSizes.read(sql, 4096).tables()).isEmpty();
            assertThat(TableSizes.read(sql, 4096).bytes())
                    .isEqualTo(file.toFile().length());
        }
    }
}
