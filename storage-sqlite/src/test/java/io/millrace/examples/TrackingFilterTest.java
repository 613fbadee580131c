package io.millrace.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpServer;
import io.millrace.engine.Engine;
import io.millrace.engine.MemoryStorage;
import io.millrace.engine.Metric;
import io.millrace.engine.Period;
import io.millrace.engine.Query;
import io.millrace.engine.Site;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Server-side tracking into an engine that keeps everything in memory. */
@Timeout(60)
class TrackingFilterTest {

    @Test
    void countsThePagesThatAnApplicationServes() throws Exception {
        try (Engine engine = Engine.builder(new MemoryStorage()).start()) {
            Site site = engine.addSite(Site.of("localhost")).join();
            CountDownLatch answered = new CountDownLatch(2);
            HttpServer app = serve(engine, site, answered);
            URI page = URI.create("http://localhost:" + app.getAddress().getPort() + "/hello?x=1");
            HttpClient client = HttpClient.newHttpClient();
            for (int i = 0; i < 2; i++) {
                HttpRequest get = HttpRequest.newBuilder(page).build();
                assertThat(client.send(get, HttpResponse.BodyHandlers.ofString())
                                .body())
                        .isEqualTo("hello");
            }
            answered.await();
            engine.flush().join();
            Period always = new Period(0, Long.MAX_VALUE);
            Query totals = Query.totals(site.id(), always, site.zone(), Metric.PAGE_VIEWS, Metric.SESSIONS);
            assertThat(engine.query(totals).rows().get(0).metrics()).containsExactly(2L, 1L);
            app.stop(0);
        }
    }

    private static HttpServer serve(Engine engine, Site site, CountDownLatch answered) throws Exception {
        HttpServer app = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var pages = app.createContext("/", exchange -> {
            byte[] body = "hello".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        pages.getFilters().add(Filter.afterHandler("tells the test", e -> answered.countDown()));
        pages.getFilters().add(new TrackingFilter(engine, site.id()));
        app.start();
        return app;
    }
}
