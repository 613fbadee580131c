package io.millrace.tracker.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** Starts one browser and one page server for all test classes of a run, and ends them after the last. */
final class OneBrowser implements BeforeAllCallback {
    /** Kept, or the logger and with it its level might be collected. */
    private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

    /** What all tests share. */
    record Shared(Browser browser, PageServer pages) implements AutoCloseable {
        static Shared start() {
            try {
                PageServer pages = new PageServer();
                return new Shared(Browser.start(pages.port()), pages);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            browser.close();
            pages.close();
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        Assumptions.assumeTrue(Chromium.installed(context.getDisplayName()), "no Chromium");
        // It warns that it does not know the newest protocol, which nothing here asks it to.
        SELENIUM.setLevel(Level.SEVERE);
        Shared shared = context.getRoot()
                .getStore(Namespace.create(OneBrowser.class))
                .computeIfAbsent(Shared.class, key -> Shared.start(), Shared.class);
        BrowserTest.use(shared);
    }
}
