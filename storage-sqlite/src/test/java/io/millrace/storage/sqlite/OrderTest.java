package io.millrace.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Beacon;
import io.millrace.engine.Dimension;
import io.millrace.engine.Engine;
import io.millrace.engine.Metric;
import io.millrace.engine.Order;
import io.millrace.engine.Outcome;
import io.millrace.engine.Period;
import io.millrace.engine.Query;
import io.millrace.engine.Site;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rows of which more are alike than are held at a time are in the order of their names all the same. */
@Timeout(60)
class OrderTest {
    private static final int PAGES = 10_000;
    private static final int AT_ONCE = 200;

    @Test
    void ofManyThatAreAlikeThoseComeFirstWhoseNamesDo(@TempDir Path directory) {
        try (Engine engine = Engine.builder(SqliteStorage.open(directory.resolve("millrace.db")))
                .start()) {
            Site site = engine.addSite(Site.of("example.com")).join();
            view(engine, site);
            for (boolean ascending : List.of(true, false)) {
                assertThat(pages(engine, site, new Order(Metric.SESSIONS, null, ascending), 6_000))
                        .containsExactly("/p06000", "/p06001", "/p06002");
                assertThat(pages(engine, site, new Order(Metric.READ, Metric.MEASURED, ascending), PAGES - 2))
                        .containsExactly("/p09998", "/p09999");
            }
            assertThat(pages(engine, site, Order.VALUES, 1)).containsExactly("/p00001", "/p00002", "/p00003");
            assertThat(pages(engine, site, new Order(null, null, false), 1))
                    .containsExactly("/p09998", "/p09997", "/p09996");
            assertThat(pages(engine, site, Order.VALUES, PAGES)).isEmpty();
        }
    }

    /** Each page once, in no order. */
    private static void view(Engine engine, Site site) {
        List<CompletableFuture<Outcome>> sent = new ArrayList<>();
        for (int i = 0; i < PAGES; i++) {
            String path = String.format(Locale.ROOT, "/p%05d", i * 7_919L % PAGES);
            sent.add(engine.collector()
                    .put(Beacon.pageview(site.id())
                            .url("https://example.com" + path)
                            .visitorId("v")
                            .build()));
            if (sent.size() == AT_ONCE) {
                sent.forEach(CompletableFuture::join);
                sent.clear();
            }
        }
        engine.flush().join();
    }

    private static List<String> pages(Engine engine, Site site, Order order, int offset) {
        List<Metric> metrics = List.of(Metric.SESSIONS, Metric.READ, Metric.MEASURED);
        Query query = new Query(
                site.id(),
                new Period(0, Long.MAX_VALUE),
                ZoneOffset.UTC,
                metrics,
                List.of(Dimension.PAGE),
                List.of(),
                order,
                3,
                offset);
        return engine.query(query).rows().stream().map(r -> r.values().get(0)).toList();
    }
}
