package io.millrace.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who reloads a step of the set-up goes on with it. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class SetUpAgainTest {
    @Test
    void aReloadGoesOnAndAPastedAddressIsADomain(@TempDir Path downloads) {
        try (PageServer server = new PageServer(0);
                DashboardBrowser browser = new DashboardBrowser(downloads)) {
            browser.open(server.url("/setup#" + server.api.setupToken()));
            browser.type("[name=email]", PageFixture.EMAIL);
            browser.type("[name=password]", PageFixture.PASSWORD);
            browser.click("form .primary");
            browser.see("[name=domain]");
            browser.driver.navigate().refresh();
            browser.type("[name=domain]", "https://www.Example.com/pricing?from=the+address+bar#plans");
            browser.click("form .primary");
            browser.read("Waiting for the first page view");
            browser.driver.navigate().refresh();
            browser.read("Waiting for the first page view");
            assertThat(browser.text()).contains("data-site=\"1\"", "Open example.com and check");
            assertThat(browser.complaints()).isEqualTo(List.of());
        }
    }
}
