package io.millrace.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** Starts one browser and one server for all tests of the page's modules, and ends them after the last. */
final class OneBrowser implements BeforeAllCallback {
    /** Far from UTC and from every site of these tests, so that a time which is read by the browser's own clock is wrong. */
    private static final String ZONE = "Pacific/Chatham";

    /** What all these tests share: a page whose variable {@code modules} holds every module by its name. */
    record Shared(PageServer server, DashboardBrowser browser) implements AutoCloseable {
        static Shared start() {
            try {
                PageServer server = new PageServer(0);
                DashboardBrowser browser = new DashboardBrowser(Files.createTempDirectory("downloads"));
                browser.driver.executeCdpCommand("Emulation.setTimezoneOverride", Map.of("timezoneId", ZONE));
                browser.open(server.url("/login"));
                browser.setUp(server.api.setupToken());
                return new Shared(server, browser);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            browser.close();
            server.close();
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        ModuleTest.shared = context.getRoot()
                .getStore(Namespace.create(OneBrowser.class))
                .computeIfAbsent(Shared.class, key -> Shared.start(), Shared.class);
    }
}
