package io.millrace.web;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Measures how long a click on a row takes until all panels are at rest, on the dashboard of a site of a running server:
 * {@code ClickTimes URL EMAIL PASSWORD PATH N}. Rows are drawn by chance, the same each time: three filters at most, then
 * one goes. The script {@code dashboard-web/look} does so.
 */
final class ClickTimes {
    /** Who waits longer for a page has left. */
    private static final int PATIENCE_MILLIS = 120_000;

    /** So long nothing is asked for or changed on a page at rest. */
    private static final int REST_MILLIS = 150;

    private static final int MOST_FILTERS = 3;

    /**
     * Clicks on what is the n-th row that sets a filter, or takes one away; answers with milliseconds up to the frame in which
     * the page changed last, what was clicked on, and how many panels could not be shown.
     */
    private static final String CLICK = """
            const [away, draw, rest, patience, done] = arguments;
            const all = [...document.querySelectorAll('.panel a.row')].filter(r => r.href.includes('?'));
            const wanted = all.filter(r => r.classList.contains('set') === away);
            const rows = wanted.length ? wanted : all;
            const row = rows[Math.floor(draw * rows.length)];
            const name = row.closest('[data-panel]').dataset.panel + ' ' + row.dataset.name
              + (row.classList.contains('set') ? ' off' : ' on');
            const start = performance.now();
            let last = start, asked = 0;
            const own = window.fetch;
            window.fetch = (...request) => {
              if (String(request[0]).includes('/live')) return own(...request);
              asked++;
              return own(...request).finally(() => { asked--; last = performance.now(); });
            };
            const seen = new MutationObserver(changes => {
              if (changes.some(c => !(c.target.parentElement ?? c.target).closest?.('.now'))) {
                requestAnimationFrame(() => { last = performance.now(); });
              }
            });
            seen.observe(document.body, {subtree: true, childList: true, attributes: true, characterData: true});
            const look = () => {
              const now = performance.now();
              const busy = asked > 0 || document.querySelector('.stale, .skeleton, [aria-busy=true]');
              if (now - start < patience && (busy || now - last < rest)) return setTimeout(look, 20);
              seen.disconnect();
              window.fetch = own;
              done({millis: last - start, row: name, failed: document.querySelectorAll('[role=alert]').length});
            };
            row.click();
            look();
            """;

    private ClickTimes() {}

    public static void main(String[] args) {
        try (DashboardBrowser browser = new DashboardBrowser(Path.of("."))) {
            browser.driver.manage().timeouts().scriptTimeout(Duration.ofMillis(2 * PATIENCE_MILLIS));
            browser.open(args[0] + "/login");
            browser.type("[name=email]", args[1]);
            browser.type("[name=password]", args[2]);
            browser.click("form .primary");
            browser.see(".account");
            browser.open(args[0] + args[3]);
            browser.see(".summary:not(.stale) .card-value");
            browser.gone(".skeleton");
            Random random = new Random(1);
            for (int i = 0; i < Integer.parseInt(args[4]); i++) {
                long set = (Long) browser.run("return document.querySelectorAll('.panel a.row.set').length");
                boolean away = set >= MOST_FILTERS || set > 0 && random.nextInt(3) == 0;
                Map<?, ?> click = (Map<?, ?>) browser.driver.executeAsyncScript(
                        CLICK, away, random.nextDouble(), REST_MILLIS, PATIENCE_MILLIS);
                System.out.printf(
                        Locale.ROOT,
                        "click %.0f ms %s%s%n",
                        ((Number) click.get("millis")).doubleValue(),
                        click.get("row"),
                        Long.valueOf(0).equals(click.get("failed")) ? "" : " failed");
            }
        }
    }
}
