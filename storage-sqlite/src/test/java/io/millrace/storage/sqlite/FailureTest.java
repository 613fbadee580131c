package io.millrace.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.engine.Event;
import io.millrace.engine.Site;
import io.millrace.engine.Visit;
import io.millrace.engine.spi.Batch;
import io.millrace.engine.spi.Samples;
import io.millrace.engine.spi.StorageException;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A write that fails has not happened, and says what to do about it. */
@Timeout(60)
class FailureTest {
    @TempDir
    Path directory;

    private final PrometheusRegistry metrics = new PrometheusRegistry();
    private Path file;
    private SqliteStorage storage;
    private Site site;

    @BeforeEach
    void open() {
        file = directory.resolve("millrace.db");
        storage = SqliteStorage.open(
                file,
                SqliteSettings.DEFAULT.with().busyTimeout(Duration.ofMillis(20)).build(),
                metrics);
        site = storage.writer().saveSite(Site.of("example.com"));
    }

    @AfterEach
    void close() {
        storage.close();
    }

    private Batch opening(long id, String event) {
        Event e = Samples.page(site, "v" + id, event, "/" + id, Samples.NOON + id);
        return Samples.opening(Samples.visit(id, "s" + id, e), e);
    }

    private static void assertKind(Runnable work, StorageException.Kind kind) {
        assertThatThrownBy(work::run)
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    @Test
    void aForeignWriterCostsARetryAndNothingElse() throws Exception {
        try (Connection foreign = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement s = foreign.createStatement()) {
            s.execute("BEGIN IMMEDIATE");
            assertKind(() -> storage.writer().write(opening(1, "e1")), StorageException.Kind.RETRY);
            assertThat(metrics.scrape("millrace_sqlite_busy"::equals).stream())
                    .singleElement()
                    .isInstanceOfSatisfying(
                            CounterSnapshot.class,
                            busy -> assertThat(busy.getDataPoints().get(0).getValue())
                                    .isEqualTo(1));
            s.execute("COMMIT");
        }
        storage.writer().write(opening(1, "e1"));
        assertThat(storage.writer().contains(site.id(), "e1", Samples.NOON, Samples.NOON + 9))
                .isTrue();
        assertThat(storage.verify().differences()).isEmpty();
    }

    @Test
    void aProbeFindsAForeignWriterAtOnce() throws Exception {
        try (Connection foreign = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement s = foreign.createStatement()) {
            s.execute("BEGIN IMMEDIATE");
            assertKind(() -> storage.writer().probe(), StorageException.Kind.RETRY);
            s.execute("COMMIT");
        }
        storage.writer().probe();
        storage.writer().write(opening(1, "e1"));
    }

    @Test
    void aRefusedBatchLeavesNothing() {
        storage.writer().write(opening(1, "e1"));
        Batch twice = opening(1, "e2");
        assertKind(() -> storage.writer().write(twice), StorageException.Kind.CONTENT);
        assertThat(storage.writer().contains(site.id(), "e2", Samples.NOON, Samples.NOON + 9))
                .isFalse();
        storage.writer().write(opening(2, "e2"));
        assertThat(storage.verify().differences()).isEmpty();
    }

    @Test
    void textsOfARefusedBatchGetTheirNumbersAgain() {
        storage.writer().write(opening(1, "e1"));
        Event e = Samples.page(site, "new", "e9", "/only-there", Samples.NOON);
        Visit visit = Samples.visit(9, null, e);
        Batch refused = Samples.batch(
                List.of(new Batch.VisitChange(null, visit), new Batch.VisitChange(null, visit)),
                List.of(new Batch.Hit(visit, e)),
                List.of());
        assertKind(() -> storage.writer().write(refused), StorageException.Kind.CONTENT);
        Event other = Samples.page(site, "other", "e3", "/other", Samples.NOON);
        storage.writer().write(Samples.opening(Samples.visit(3, null, other), other));
        storage.writer().write(Samples.opening(visit, e));
        assertThat(storage.writer()
                        .findVisit(visit.key(), 0, Long.MAX_VALUE, 0)
                        .orElseThrow()
                        .visit()
                        .exitPath())
                .isEqualTo("/only-there");
        assertThat(storage.verify().differences()).isEmpty();
    }

    @Test
    void aSiteThatIsGoneIsRefused() {
        storage.writer().removeSite(site.id());
        assertKind(() -> storage.writer().write(opening(1, "e1")), StorageException.Kind.CONTENT);
    }

    @Test
    void aClosedStorageIsGone() {
        storage.close();
        assertKind(() -> storage.writer().write(opening(1, "e1")), StorageException.Kind.FATAL);
        storage = SqliteStorage.open(file);
        storage.writer().write(opening(1, "e1"));
    }
}
