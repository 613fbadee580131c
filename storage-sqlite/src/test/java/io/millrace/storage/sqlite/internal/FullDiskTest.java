package io.millrace.storage.sqlite.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.engine.Event;
import io.millrace.engine.Site;
import io.millrace.engine.spi.Batch;
import io.millrace.engine.spi.Samples;
import io.millrace.engine.spi.StorageException;
import io.millrace.storage.sqlite.SqliteSettings;
import io.millrace.storage.sqlite.internal.connection.ConnectionFactory;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FullDiskTest {
    private static final int FULL_AT_PAGES = 120;

    @TempDir
    Path directory;

    /** A disk that has room for so many pages. */
    private static final class SmallDisk extends ConnectionFactory {
        int pages = FULL_AT_PAGES;

        SmallDisk(Path file) {
            super(file, SqliteSettings.DEFAULT);
        }

        @Override
        public Connection writer() throws SQLException {
            Connection connection = super.writer();
            try (Statement s = connection.createStatement()) {
                s.execute("PRAGMA max_page_count = " + pages);
            }
            return connection;
        }
    }

    @Test
    void whatDoesNotFitIsWrittenWhenThereIsRoom() {
        SmallDisk disk = new SmallDisk(directory.resolve("millrace.db"));
        try (Database database = Database.open(disk, SqliteSettings.DEFAULT, new PrometheusRegistry())) {
            Site site = database.writer().saveSite(Site.of("example.com"));
            int id = 1;
            StorageException full = null;
            for (; full == null; id++) {
                full = write(database, opening(site, id));
            }
            assertThat(full.kind()).isEqualTo(StorageException.Kind.RETRY);
            assertThat(full).hasMessageContaining("the disk is full");
            long last = id - 1;
            assertThatThrownBy(() -> database.writer().write(opening(site, last)))
                    .hasMessageContaining("the disk is full");
            disk.pages = 10_000;
            database.writer().write(opening(site, last));
            assertThat(database.writer().lastVisitId()).isEqualTo(last);
            assertThat(database.maintenance().verify().differences()).isEmpty();
        }
    }

    private static StorageException write(Database database, Batch batch) {
        try {
            database.writer().write(batch);
            return null;
        } catch (StorageException e) {
            return e;
        }
    }

    private static Batch opening(Site site, long id) {
        Event e = Samples.page(site, "visitor-" + id, "e" + id, "/a-path-that-is-long/" + id, Samples.NOON + id);
        return Samples.opening(Samples.visit(id, "s" + id, e), e);
    }
}
