package io.millrace.tracker.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What all tests in a real Chromium share: one browser, one page server, a host of its own for each test. */
@Timeout(300)
@ExtendWith(OneBrowser.class)
public abstract class BrowserTest {
    private static final AtomicInteger HOSTS = new AtomicInteger();

    /** Notes what a tracker must not do (errors, rejections, words on the console, globals other than its own). */
    protected static final String WATCH = """
            (() => {
              const before = new Set(Object.getOwnPropertyNames(window));
              const faults = [];
              for (const level of ['log', 'info', 'warn', 'error', 'debug']) {
                console[level] = (...words) => faults.push(level + ': ' + words.join(' '));
              }
              addEventListener('error', e => faults.push('error: ' + e.message), true);
              addEventListener('unhandledrejection', e => faults.push('rejection: ' + e.reason));
              addEventListener('securitypolicyviolation', e => faults.push('policy: ' + e.violatedDirective));
              Object.defineProperty(window, 'faults', {enumerable: false, value: () => faults.concat(
                  Object.getOwnPropertyNames(window)
                      .filter(name => !before.has(name) && !['faults', 'millrace', 'own'].includes(name) && !/^(\\d|se_|ret_nodes)/.test(name))
                      .map(name => 'global: ' + name))});
            })();
            """;

    /** The stub of the README: keeps the calls that come before the script. */
    protected static final String STUB =
            "<script>window.millrace=window.millrace||function(){(millrace.q=millrace.q||[]).push(arguments)}</script>";

    /** Keeps what the page sees of time in the test's hands: {@code own.shift} is added to the clock. */
    protected static final String CLOCK = """
            (() => {
              const now = Date.now.bind(Date);
              window.own = {shift: 0};
              Date.now = () => now() + own.shift;
            })();
            """;

    /** Makes the waits between retries ten times shorter, for tests in which they do not matter. */
    protected static final String HASTE = """
            (() => {
              const later = setTimeout;
              window.setTimeout = (fn, ms, ...more) => later(fn, ms > 500 ? ms / 10 : ms, ...more);
            })();
            """;

    private static OneBrowser.Shared shared;

    static void use(OneBrowser.Shared started) {
        shared = started;
    }

    protected static PageServer pages() {
        return shared.pages();
    }

    /** A host that no other test has. */
    protected final String host = "site" + HOSTS.incrementAndGet() + ".test";

    @AfterEach
    void closeTabs() {
        shared.browser().closeTabs();
    }

    /** Opens a tab whose pages are watched; the console begins anew. */
    protected Tab tab(String... scripts) {
        shared.browser().console();
        String[] all = new String[scripts.length + 1];
        all[0] = WATCH;
        System.arraycopy(scripts, 0, all, 1, scripts.length);
        return shared.browser().open(all);
    }

    protected String url(String path) {
        return pages().url(host, path);
    }

    /** Puts a page with this tag and this body at a path of the test's host. */
    protected void page(String path, String tag, String body) {
        pages().put(host, path, html(path, tag, body));
    }

    protected static String html(String title, String tag, String body) {
        return "<!doctype html><html><head><meta charset=utf-8><link rel=icon href='data:,'><title>" + title
                + "</title>" + tag + "</head><body>" + body + "</body></html>";
    }

    protected static void assertSilent(Tab tab) {
        assertThat(tab.js("return faults()")).isEqualTo(List.of());
    }
}
