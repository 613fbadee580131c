package io.millrace.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.engine.AttributedConversion;
import io.millrace.engine.Conversion;
import io.millrace.engine.Dimension;
import io.millrace.engine.Filter;
import io.millrace.engine.Metric;
import io.millrace.engine.Money;
import io.millrace.engine.Period;
import io.millrace.engine.Query;
import io.millrace.engine.Report;
import io.millrace.engine.RetentionCounts;
import io.millrace.engine.RetentionQuery;
import io.millrace.engine.Visit;
import io.millrace.engine.spi.StorageException;
import io.millrace.engine.spi.StorageReader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Packs come, go and are made anew, and what is asked says the same all the while. */
@Timeout(120)
class PackingTest {
    private static final SqliteSettings EAGER =
            SqliteSettings.DEFAULT.with().packVisits(1).packShare(1).build();

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void aHistoryOfSomeDays() {
        file = directory.resolve("millrace.db");
        Histories history = new Histories(SqliteStorage.open(file, EAGER), 19);
        history.run(600);
        history.engine().close();
    }

    @Test
    void aDatabaseWithoutPacksGetsThemAndAnswersMeanwhile() throws Exception {
        execute("DELETE FROM packs; INSERT OR REPLACE INTO unpacked_days"
                + " SELECT DISTINCT site_id, started_at / 86400000, 1, NULL FROM sessions");
        try (SqliteStorage storage = SqliteStorage.open(file, EAGER)) {
            Report before = ask(storage);
            assertThat(before.rows()).isNotEmpty();
            packAll(storage);
            assertThat(number("SELECT count(*) FROM packs")).isPositive();
            assertThat(ask(storage)).isEqualTo(before);
            assertThat(storage.verify().differences()).isEmpty();
        }
    }

    @Test
    void aQuestionAboutMoreThanMemoryHoldsWaitsForThePacks() throws Exception {
        StringBuilder copies = new StringBuilder("CREATE TEMP TABLE copies AS SELECT * FROM sessions;");
        for (int visits = 1; visits <= 1 << 20; visits *= 2) {
            copies.append("INSERT INTO copies SELECT * FROM copies LIMIT 20000;");
        }
        execute(copies + "UPDATE copies SET id = 1000000 + rowid; INSERT INTO sessions SELECT * FROM copies;"
                + "DELETE FROM packs; INSERT OR REPLACE INTO unpacked_days"
                + " SELECT DISTINCT site_id, started_at / 86400000, 1, NULL FROM sessions");
        SqliteSettings small = EAGER.with().columnCacheBytes(0).build();
        try (SqliteStorage storage = SqliteStorage.open(file, small)) {
            assertThatThrownBy(() -> ask(storage))
                    .isInstanceOfSatisfying(
                            StorageException.class,
                            e -> assertThat(e.kind()).isEqualTo(StorageException.Kind.NOT_READY))
                    .hasMessageContaining("not packed yet");
            packAll(storage);
            assertThat(ask(storage).rows()).isNotEmpty();
        }
    }

    @Test
    void aPackThatDiffersFromItsRowsIsFoundAndMadeAnew() throws Exception {
        try (SqliteStorage storage = SqliteStorage.open(file, EAGER)) {
            packAll(storage);
        }
        Report right;
        try (SqliteStorage storage = SqliteStorage.open(file, EAGER)) {
            right = ask(storage);
        }
        execute("UPDATE packs SET superseded = NULL; DELETE FROM pack_columns WHERE id % 32 = 17 AND id IN"
                + " (SELECT max(id) FROM pack_columns WHERE id % 32 = 17);"
                + "INSERT INTO pack_columns SELECT max(id) + 1, data FROM pack_columns WHERE id % 32 = 16");
        try (SqliteStorage storage = SqliteStorage.open(file, EAGER)) {
            assertThat(storage.repair().differences()).isNotEmpty();
            packAll(storage);
            assertThat(ask(storage)).isEqualTo(right);
            assertThat(storage.verify().differences()).isEmpty();
        }
    }

    @Test
    void packsOfTheFormerFormatAreAskedWhoseVisitorsHaveIds() throws Exception {
        try (SqliteStorage storage = SqliteStorage.open(file, EAGER)) {
            packAll(storage);
        }
        RetentionQuery everybody = new RetentionQuery(1, List.of(), List.of(0L, 1L << 45));
        execute("UPDATE visitors SET name = 1000 + id WHERE id % 4 = 0;"
                + "DELETE FROM pack_columns WHERE id % 32 = 24; UPDATE packs SET format = 1");
        try (SqliteStorage storage = SqliteStorage.open(file, EAGER)) {
            assertThat(number("SELECT count(*) FROM packs")).isPositive();
            RetentionCounts counts = storage.reader().retention(everybody);
            assertThat(counts).isEqualTo(new RetentionCounts(List.of(List.of(6L)), 8, 2));
            assertThat(storage.verify().differences()).isEmpty();
        }
    }

    @Test
    void whatWasChangedBeforeACleanStopIsKnownAfterIt() throws Exception {
        assertThat(number("SELECT count(*) FROM unpacked_days WHERE rows_only = 0 AND changed IS NULL"))
                .isZero();
        try (SqliteStorage storage = SqliteStorage.open(file, EAGER)) {
            assertThat(storage.verify().differences()).isEmpty();
            assertThat(number("SELECT count(*) FROM unpacked_days WHERE changed IS NOT NULL"))
                    .as("only the server knows now")
                    .isZero();
        }
    }

    @Test
    void daysThatWereWrittenToBeforeACrashAreAnsweredFromTheirRows() throws Exception {
        execute("UPDATE unpacked_days SET changed = NULL");
        try (SqliteStorage storage = SqliteStorage.open(file, EAGER)) {
            assertThat(number("SELECT count(*) FROM unpacked_days WHERE rows_only = 1"))
                    .isPositive();
            Report before = ask(storage);
            packAll(storage);
            assertThat(ask(storage)).isEqualTo(before);
            assertThat(storage.verify().differences()).isEmpty();
        }
    }

    @Test
    void aQuestionWhosePacksAreReplacedMeanwhileIsAskedAgain() throws Exception {
        try (SqliteStorage storage = SqliteStorage.open(file, EAGER)) {
            packAll(storage);
        }
        try (SqliteStorage storage = SqliteStorage.open(file, EAGER)) {
            AtomicInteger walks = new AtomicInteger();
            List<PagesSeen> seen = walk(storage, () -> {
                if (walks.incrementAndGet() == 1) {
                    renumberPacks();
                }
                return new PagesSeen();
            });
            assertThat(walks.get()).isGreaterThan(seen.size());
            assertThat(seen.stream().mapToInt(s -> s.pages).sum())
                    .isEqualTo(number("SELECT count(*) FROM page_views WHERE site_id = 1"));
        }
    }

    @Test
    void whoeverAsksForLongDoesNotKeepTheLogFromBeingEmptied() throws Exception {
        try (SqliteStorage storage = SqliteStorage.open(file, EAGER)) {
            packAll(storage);
            walk(storage, () -> {
                assertThat(number("PRAGMA wal_checkpoint(TRUNCATE)")).as("busy").isZero();
                return new PagesSeen();
            });
        }
    }

    private static final class PagesSeen implements StorageReader.Walk {
        private int pages;

        @Override
        public void path(int number, String path) {}

        @Override
        public void page(boolean newVisitor, int path) {
            pages++;
        }

        @Override
        public void event(boolean newVisitor) {}
    }

    private static List<PagesSeen> walk(SqliteStorage storage, Supplier<PagesSeen> walks) {
        return storage.reader().walk(1, new Period(0, Long.MAX_VALUE), List.of(), null, walks);
    }

    private void renumberPacks() {
        execute("UPDATE packs SET id = id + 100000; UPDATE pack_columns SET id = id + 3200000");
    }

    @Test
    void aPaymentKeepsItsVisitWhenTheRowsOfTheVisitAreGone() throws Exception {
        int visit = number("SELECT min(id) FROM sessions WHERE page_count > 1");
        AttributedConversion before;
        try (SqliteStorage storage = SqliteStorage.open(file, EAGER)) {
            packAll(storage);
            storage.writer()
                    .saveConversion(Conversion.of(1, "order 1", new Money(990, "EUR"), 0)
                            .withVisitId(visit));
            before = payments(storage).get(0);
        }
        execute("DELETE FROM page_views WHERE session_id = " + visit + "; DELETE FROM events WHERE session_id = "
                + visit + "; DELETE FROM sessions WHERE id = " + visit);
        try (SqliteStorage storage = SqliteStorage.open(file, EAGER)) {
            Visit packed = before.visit().withExitAt(before.visit().lastActivity());
            assertThat(payments(storage)).containsExactly(new AttributedConversion(before.conversion(), packed));
            String country = packed.origin().place().country();
            assertThat(payments(storage, Filter.is(Dimension.COUNTRY, country))).hasSize(1);
            assertThat(payments(storage, Filter.isNot(Dimension.COUNTRY, country)))
                    .isEmpty();
        }
    }

    private static List<AttributedConversion> payments(SqliteStorage storage, Filter... filters) {
        return storage.reader().conversions(1, new Period(0, Long.MAX_VALUE), List.of(filters));
    }

    private static Report ask(SqliteStorage storage) {
        int site = storage.writer().catalog().sites().iterator().next().id();
        Query query = Query.totals(site, new Period(0, Long.MAX_VALUE), java.time.ZoneOffset.UTC, Metric.values())
                .by(Dimension.PAGE, 0)
                .where(List.of(Filter.is(Dimension.COUNTRY, "DE")));
        return storage.reader().query(query);
    }

    /** Lets time pass for the store thread until no day is left to be packed whole. */
    private void packAll(SqliteStorage storage) throws Exception {
        for (long now = 0; number("SELECT count(*) FROM unpacked_days WHERE rows_only = 1") > 0 || now < 20; now++) {
            storage.writer().housekeeping(now, true);
            Thread.sleep(5); // for the thread that packs
        }
    }

    private int number(String sql) {
        try (Connection c = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement s = c.createStatement();
                ResultSet rows = s.executeQuery(sql)) {
            return rows.next() ? rows.getInt(1) : 0;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void execute(String statements) {
        try (Connection c = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement s = c.createStatement()) {
            for (String sql : statements.split(";")) {
                s.executeUpdate(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
