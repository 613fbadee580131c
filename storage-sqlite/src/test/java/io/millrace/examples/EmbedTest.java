package io.millrace.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Beacon;
import io.millrace.engine.Dimension;
import io.millrace.engine.Engine;
import io.millrace.engine.Metric;
import io.millrace.engine.Period;
import io.millrace.engine.Query;
import io.millrace.engine.Report;
import io.millrace.engine.Site;
import io.millrace.storage.sqlite.SqliteStorage;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Analytics inside a JVM program: engine and SQLite on the class path, no server. */
@Timeout(60)
class EmbedTest {

    @Test
    void tracksAndReportsInTenLines(@TempDir Path dir) {
        Report pages;
        // example:start
        try (Engine engine =
                Engine.builder(SqliteStorage.open(dir.resolve("analytics.db"))).start()) {
            Site site = engine.addSite(Site.of("example.com")).join();
            Beacon view = Beacon.pageview(site.id())
                    .url("https://example.com/pricing?utm_source=news")
                    .visitorId("visitor-1")
                    .build();
            engine.collector().put(view).join(); // completes after the commit
            Period always = new Period(0, Long.MAX_VALUE);
            pages = engine.query(Query.totals(site.id(), always, site.zone(), Metric.PAGE_VIEWS, Metric.VISITORS)
                    .by(Dimension.PAGE, 10));
        }
        // example:end
        assertThat(pages.rows()).containsExactly(new Report.Row(List.of("/pricing"), List.of(1L, 1L)));
    }
}
