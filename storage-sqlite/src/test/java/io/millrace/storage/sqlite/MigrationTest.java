package io.millrace.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Conversion;
import io.millrace.engine.Metric;
import io.millrace.engine.Period;
import io.millrace.engine.Query;
import io.millrace.engine.Site;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Databases of every released version open, and say what they said. {@code -Dmillrace.write=true} makes the one of this
 * version; once it is released, it stays as it is.
 */
@Timeout(60)
class MigrationTest {
    private static final Path RESOURCES = Path.of("src/test/resources/io/millrace/storage/sqlite");

    @TempDir
    Path directory;

    @Test
    void aDatabaseOfVersion1OpensAndSaysWhatItSaid() throws IOException {
        if (Boolean.getBoolean("millrace.write")) {
            make("version-1.db.gz");
        }
        Path file = unpacked("version-1.db.gz");
        try (SqliteStorage storage = SqliteStorage.open(file)) {
            assertThat(storage.verify().differences()).isEmpty();
            Site site = storage.writer().catalog().sites().get(0);
            assertThat(site.domain()).isEqualTo("example.com");
            Query totals = Query.totals(
                    site.id(),
                    new Period(0, Long.MAX_VALUE),
                    site.zone(),
                    Metric.PAGE_VIEWS,
                    Metric.EVENTS,
                    Metric.VISITORS);
            assertThat(storage.reader().query(totals).rows().get(0).metrics()).containsExactly(169L, 38L, 8L);
        }
    }

    /** Version 1 let several sites have the same names of other trackers; beacons went to the oldest. */
    @Test
    void theOldestOfSeveralSitesKeepsWhatOtherTrackersCallIt() throws IOException, SQLException {
        Path file = unpacked("version-1.db.gz");
        try (Connection c = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement s = c.createStatement()) {
            s.execute("UPDATE sites SET umami_id = 'abcd', goatcounter_host = 'stats.example.com'");
            for (String domain : List.of("b.example", "c.example")) {
                s.execute("INSERT INTO sites (domain, name, timezone, cookieless, hostnames, keep_params, public_live,"
                        + " umami_id, goatcounter_host) VALUES ('" + domain
                        + "', '', 'UTC', 0, '', '', 0, 'ABCD', 'stats.example.com')");
            }
        }
        try (SqliteStorage storage = SqliteStorage.open(file)) {
            assertThat(storage.writer().catalog().sites())
                    .extracting(Site::umamiId)
                    .containsExactly("abcd", null, null);
            assertThat(storage.writer().catalog().sites())
                    .extracting(Site::goatcounterHost)
                    .containsExactly("stats.example.com", null, null);
        }
    }

    /** Before version 11 a payment was refunded as a whole, and its commission was at the affiliate's rate of now. */
    @Test
    void refundsOfBeforeHaveTheTimeOfTheirPayment() throws IOException, SQLException {
        Path file = unpacked("version-1.db.gz");
        try (Connection c = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement s = c.createStatement()) {
            s.execute("INSERT INTO affiliates VALUES (7, 1, 'rob', 'Rob', 0.29, 1)");
            for (String status : List.of("completed", "refunded")) {
                s.execute("INSERT INTO conversions (site_id, external_id, status, amount, currency, occurred_at,"
                        + " recorded_at, visitor_id, session_id, affiliate_id) VALUES (1, '" + status + "', '"
                        + status + "', 500, 'EUR', 1000, 2000, 0, 0, 7)");
            }
        }
        try (SqliteStorage storage = SqliteStorage.open(file)) {
            Conversion paid = storage.writer().findConversion(1, "completed").orElseThrow();
            assertThat(paid.left()).isEqualTo(500);
            assertThat(paid.commission()).isEqualTo(145);
            assertThat(paid.sent()).isNull();
            Conversion refunded = storage.writer().findConversion(1, "refunded").orElseThrow();
            assertThat(refunded.status()).isEqualTo(Conversion.Status.REFUNDED);
            assertThat(refunded.left()).isZero();
        }
        try (Connection c = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement s = c.createStatement();
                ResultSet refunds = s.executeQuery("SELECT conversion, amount, occurred_at FROM v_refunds")) {
            assertThat(refunds.next()).isTrue();
            assertThat(List.of(refunds.getString(1), refunds.getInt(2), refunds.getInt(3)))
                    .isEqualTo(List.of("refunded", 500, 1000));
            assertThat(refunds.next()).isFalse();
        }
    }

    private Path unpacked(String resource) throws IOException {
        Path file = directory.resolve("old.db");
        try (InputStream in = new GZIPInputStream(MigrationTest.class.getResourceAsStream(resource))) {
            Files.copy(in, file);
        }
        return file;
    }

    private void make(String resource) throws IOException {
        Path file = directory.resolve("new.db");
        Histories history = new Histories(SqliteStorage.open(file), 1);
        history.run(300);
        history.engine().close();
        Files.createDirectories(RESOURCES);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(RESOURCES.resolve(resource)))) {
            Files.copy(file, out);
        }
    }
}
