package io.millrace.server.browser;

import io.millrace.tracker.browser.BrowserTest;
import io.millrace.tracker.browser.Tab;
import io.millrace.tracker.browser.WaitFor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A test of pages in a real browser against the real server and its real database. */
abstract class ServerBrowserTest extends BrowserTest {
    protected static final String PATHS = "SELECT pathname FROM v_page_views ORDER BY time, id";
    protected static final String EVENTS =
            "SELECT t.text FROM events e JOIN texts t ON t.id = e.name_id ORDER BY e.time, e.id";

    @TempDir
    protected Path directory;

    protected LiveServer server;
    protected Proxy proxy;

    @BeforeEach
    void startServer() throws IOException {
        server = new LiveServer(directory);
        proxy = new Proxy(server.port());
    }

    @AfterEach
    void stopServer() throws IOException {
        proxy.close();
        server.close();
    }

    protected String tag(String attributes) {
        return "<script defer src='" + proxy.origin() + "/t.js' data-site=1 " + attributes + "></script>";
    }

    protected Tab counted(String path, String... scripts) {
        page(path, tag(""), "");
        Tab tab = tab(scripts).go(url(path));
        await(PATHS, 1);
        return tab;
    }

    /** Waits until the query has at least this many rows, and returns them. */
    protected List<String> await(String sql, int rows) {
        new WaitFor(Duration.ofSeconds(30)).until(() -> server.rows(sql).size() >= rows, rows + " of " + sql);
        return server.rows(sql);
    }
}
