package io.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.millrace.tracker.browser.Chromium;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.chrome.ChromeDriver;

/** From a page in a real Chromium, by the tag as it was printed, through the running program, into the database. */
@Timeout(120)
class RealPageTest {
    @TempDir
    private Path directory;

    @Test
    void countsALoadAndAPushStateAsTwoPageViewsOfOneVisit() throws Exception {
        counts("/t.js");
    }

    @Test
    void countsBehindRenamedPathsByTheTagAsItIsPrinted() throws Exception {
        Path settings = Files.writeString(directory.resolve("renamed.toml"), """
                [http]
                collect_paths = ["/x/take", "/api/collect"]
                script_paths = ["/s.js"]
                """);
        counts("/s.js", "--config", settings.toString());
    }

    private void counts(String script, String... flags) throws Exception {
        Assumptions.assumeTrue(Chromium.installed("a page in a real browser"), "no Chromium");
        Path data = directory.resolve("data");
        try (ServerProcess server = ServerProcess.serve(data, flags)) {
            String tag = ServerProcess.run("site", "add", "shop.test", "--data", data.toString())
                    .out()
                    .lines()
                    .skip(1)
                    .findFirst()
                    .orElseThrow();
            assertThat(tag).contains(server.url() + script);
            HttpServer page = serve("<!doctype html><title>Boats</title>" + tag);
            try {
                visit("http://shop.test:" + page.getAddress().getPort() + "/boats", new Rows(data));
            } finally {
                page.stop(0);
            }
            Rows rows = new Rows(data);
            assertThat(rows.all("SELECT pathname FROM v_page_views ORDER BY time, id"))
                    .containsExactly("/boats", "/boats/racing");
            assertThat(rows.all(
                            "SELECT browser || ' on ' || os || ', ' || device || ', ' || page_count FROM v_sessions"))
                    .hasSize(1)
                    .first()
                    .asString()
                    .matches("Chrom[a-z]+ on [A-Z][A-Za-z ]+, desktop, 2");
        }
    }

    private static HttpServer serve(String html) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = html.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "text/html; charset=utf-8");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static void visit(String url, Rows rows) throws Exception {
        ChromeDriver browser = Chromium.start(Chromium.options(
                "--user-agent=Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)"
                        + " Chrome/142.0.0.0 Safari/537.36",
                "--host-resolver-rules=MAP *.test 127.0.0.1"));
        try {
            browser.get(url);
            browser.executeScript("history.pushState({}, '', '/boats/racing')");
            await(rows, 2);
        } finally {
            browser.quit();
        }
    }

    private static void await(Rows rows, int pageViews) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (rows.number("SELECT count(*) FROM page_views") < pageViews) {
            assertThat(System.nanoTime()).as("page views in time").isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }
}
