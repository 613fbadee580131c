package io.millrace.tracker.browser;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A test of the tracker alone, against a server that only records. */
abstract class TrackerBrowserTest extends BrowserTest {
    protected Recorder recorder;

    @BeforeEach
    void startRecorder() throws IOException {
        recorder = new Recorder();
    }

    @AfterEach
    void stopRecorder() {
        recorder.close();
    }

    protected String tag(String attributes) {
        return tag("t.js", attributes);
    }

    protected String tag(String script, String attributes) {
        return "<script defer src='" + recorder.origin() + "/" + script + "' data-site=1 " + attributes + "></script>";
    }

    /** Opens a page with the plain tag and waits until it was counted. */
    protected Tab counted(String path, String... scripts) {
        page(path, tag(""), "");
        Tab tab = tab(scripts).go(url(path));
        recorder.await(1, "pageview");
        return tab;
    }

    /** The addresses of all page views, without their origin. */
    protected List<String> paths() {
        return recorder.events("pageview").stream().map(e -> path(e.get("url"))).toList();
    }

    protected static String path(Object url) {
        return url.toString().replaceFirst("http://[^/]*", "");
    }
}
