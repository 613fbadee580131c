package io.millrace.web;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What axe-core has against a page. */
final class Axe {
    private static final String PROGRAM = read("/axe.min.js");

    private Axe() {}

    /** What it finds by any of its rules, best practice included, each as one text. */
    static List<String> findings(DashboardBrowser browser) {
        browser.run(PROGRAM);
        Object found = browser.driver.executeAsyncScript("const done = arguments[0]; axe.run(document)"
                + ".then(r => done(r.violations"
                + ".map(v => v.impact + ' ' + v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 160) + ' ' + n.failureSummary).join(' | '))),"
                + " e => done([String(e)]))");
        return ((List<?>) found).stream().map(String::valueOf).toList();
    }

    private static String read(String resource) {
        try (InputStream in = Axe.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
