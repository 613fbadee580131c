package io.millrace.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Site;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two sites with traffic, an owner, and a browser; whatever the console complains about fails the test. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 120, unit = TimeUnit.SECONDS)
abstract class PageFixture {
    static final String EMAIL = "ada@example.com";
    static final String PASSWORD = "correct horse battery";

    Path downloads;

    PageServer server;
    DashboardBrowser browser;
    Site site;
    Site other;

    @BeforeAll
    void start(@TempDir Path downloads) throws IOException {
        this.downloads = downloads;
        server = new PageServer(0);
        site = server.engine
                .addSite(Site.of("example.com").withZone(ZoneId.of("Europe/Berlin")))
                .join();
        other = server.engine.addSite(Site.of("other.example")).join();
        TestSite.fill(server.engine, site, System.currentTimeMillis(), 20, 40);
        TestSite.fill(server.engine, other, System.currentTimeMillis(), 2, 5);
        browser = new DashboardBrowser(downloads);
        browser.open(server.url("/login"));
        browser.setUp(server.api.setupToken());
    }

    @AfterEach
    void nothingWasComplainedAbout() {
        assertThat(complaints()).isEmpty();
        browser.dark(false);
        browser.size(1280, 900);
    }

    List<String> complaints() {
        return browser.complaints();
    }

    @AfterAll
    void stop() {
        try {
            browser.close();
        } finally {
            server.close();
        }
    }

    String sitePath(String more) {
        return "/sites/" + site.id() + more;
    }

    void open(String path) {
        browser.open(server.url(path));
    }

    /** Opens the site's dashboard and waits until it has its figures. */
    void openSite(String query) {
        open(sitePath(query));
        ready();
    }

    void ready() {
        browser.see(".summary:not(.stale) .card-value");
        browser.gone(".skeleton");
        browser.gone(".stale");
    }

    /** How many requests the page has made to paths that end like this. */
    Object asked(String end) {
        return browser.run(
                "return performance.getEntriesByType('resource').filter(r => r.name.endsWith(arguments[0])).length",
                end);
    }

    /** What the API answers this browser. */
    Object api(String path) {
        return browser.fetch("GET", path, null).get("body");
    }
}
