package io.millrace.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Beacon;
import io.millrace.engine.BeaconBuilder;
import io.millrace.engine.Dimension;
import io.millrace.engine.Engine;
import io.millrace.engine.Filter;
import io.millrace.engine.Metric;
import io.millrace.engine.Period;
import io.millrace.engine.Query;
import io.millrace.engine.Report;
import io.millrace.engine.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SqliteStorageTest {
    @TempDir
    Path directory;

    @Test
    void keepsWhatTheEngineWrites() {
        Path file = directory.resolve("millrace.db");
        Site site;
        try (Engine engine = Engine.builder(SqliteStorage.open(file)).start()) {
            site = engine.addSite(Site.of("example.com")).join();
            for (int i = 0; i < 50; i++) {
                engine.collector()
                        .put(Beacon.pageview(site.id())
                                .url("https://example.com/p" + i % 5)
                                .visitorId("v" + i)
                                .sessionId("s" + i)
                                .build());
            }
            engine.flush().join();
            Report report = engine.query(totals(site));
            assertThat(report.rows().get(0).metrics()).containsExactly(50L, 50L, 50L, 50L);
        }
        try (SqliteStorage storage = SqliteStorage.open(file)) {
            assertThat(storage.writer().catalog().sites())
                    .extracting(Site::domain)
                    .containsExactly("example.com");
            assertThat(storage.reader().query(totals(site)).rows().get(0).metrics())
                    .containsExactly(50L, 50L, 50L, 50L);
            Report pages = storage.reader()
                    .query(totals(site)
                            .by(Dimension.PAGE, 2)
                            .where(List.of(Filter.is(Dimension.PAGE, "/p*"), Filter.isNot(Dimension.PAGE, "/p0"))));
            assertThat(pages.totalRows()).isEqualTo(4);
            assertThat(pages.rows().get(0)).isEqualTo(new Report.Row(List.of("/p1"), List.of(10L, 10L, 10L, 10L)));
        }
    }

    @Test
    void aStarInAFilterIsAWildcardUnlessABackslashSaysOtherwise() {
        try (Engine engine = Engine.builder(SqliteStorage.open(directory.resolve("millrace.db")))
                .start()) {
            Site site = engine.addSite(Site.of("example.com")).join();
            List.of("/*", "/a*b", "/a-b", "/[a]", "/C:\\d")
                    .forEach(path -> engine.collector()
                            .put(Beacon.pageview(site.id())
                                    .pathname(path)
                                    .hostname("example.com")
                                    .visitorId(path)
                                    .build())
                            .join());
            Map.of("/\\*", 1, "/a*b", 2, "/a\\*b", 1, "/[*", 1, "/C:\\d", 1, "/C:\\\\d", 1, "*\\**", 2)
                    .forEach((pattern, rows) -> assertThat(engine.query(totals(site)
                                            .by(Dimension.PAGE, 9)
                                            .where(List.of(Filter.is(Dimension.PAGE, pattern))))
                                    .totalRows())
                            .as(pattern)
                            .isEqualTo(rows.longValue()));
            assertThat(engine.query(totals(site).where(List.of(Filter.is(Dimension.PAGE, Filter.exactly("/C:\\d")))))
                            .rows()
                            .get(0)
                            .metrics())
                    .startsWith(1L);
        }
    }

    @Test
    void anEventSelectsThePageViewsOfItsVisits() {
        try (Engine engine = Engine.builder(SqliteStorage.open(directory.resolve("millrace.db")))
                .start()) {
            Site site = engine.addSite(Site.of("example.com")).join();
            for (String visitor : List.of("a", "b", "c")) {
                put(engine, Beacon.pageview(site.id()).url("https://example.com/of-" + visitor), visitor);
            }
            put(engine, Beacon.event(site.id(), "Signup").url("https://example.com/done"), "a");
            put(engine, Beacon.event(site.id(), "Other").url("https://example.com/done"), "b");
            Query pages = totals(site).by(Dimension.PAGE, 9);
            assertThat(values(engine, pages, Filter.is(Dimension.EVENT, "Signup")))
                    .containsExactlyInAnyOrder("/of-a", "/done");
            assertThat(values(engine, pages, Filter.isNot(Dimension.EVENT, "Signup")))
                    .containsExactlyInAnyOrder("/of-b", "/of-c", "/done");
            assertThat(values(engine, pages, Filter.is(Dimension.EVENT, "")))
                    .containsExactlyInAnyOrder("/of-a", "/of-b", "/of-c");
            assertThat(values(engine, pages, Filter.isNot(Dimension.EVENT, ""))).containsExactly("/done");
            assertThat(values(engine, totals(site).by(Dimension.EVENT, 9), Filter.isNot(Dimension.EVENT, "", "Other")))
                    .containsExactly("Signup");
        }
    }

    private static void put(Engine engine, BeaconBuilder beacon, String visitor) {
        engine.collector().put(beacon.visitorId(visitor).build()).join();
    }

    private static List<String> values(Engine engine, Query query, Filter filter) {
        return engine.query(query.where(List.of(filter))).rows().stream()
                .map(row -> row.values().get(0))
                .toList();
    }

    @Test
    void theFirstVisitorOfADayIsCountedOnItsDay() throws Exception {
        Path file = directory.resolve("millrace.db");
        try (Engine engine = Engine.builder(SqliteStorage.open(file)).start()) {
            Site site = engine.addSite(Site.of("example.com")).join();
            engine.collector()
                    .put(Beacon.pageview(site.id())
                            .url("https://example.com/")
                            .visitorId("v")
                            .build())
                    .join();
            try (Connection sql = DriverManager.getConnection("jdbc:sqlite:" + file);
                    ResultSet row = sql.createStatement().executeQuery("SELECT visitors, sessions FROM daily_stats")) {
                assertThat(row.getInt(1)).isEqualTo(1);
                assertThat(row.getInt(2)).isEqualTo(1);
            }
        }
    }

    private static Query totals(Site site) {
        return Query.totals(
                site.id(),
                new Period(0, Long.MAX_VALUE / 2),
                ZoneOffset.UTC,
                Metric.VISITORS,
                Metric.SESSIONS,
                Metric.PAGE_VIEWS,
                Metric.BOUNCES);
    }

    @Test
    void nobodyButTheOwnerReadsTheFilesWhereverTheyAre() throws IOException {
        Path shared = Files.createDirectory(
                directory.resolve("shared"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        try (SqliteStorage storage = SqliteStorage.open(shared.resolve("millrace.db"))) {
            storage.writer().saveSite(Site.of("example.com"));
            storage.backup(shared.resolve("backup.db"));
            try (Stream<Path> files = Files.list(shared)) {
                for (Path file : files.toList()) {
                    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .describedAs(file.toString())
                            .isEqualTo("rw-------");
                }
            }
        }
    }
}
