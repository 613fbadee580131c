package io.millrace.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.WindowType;

/** From the one-time link to the first page view. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class FirstRunTest {
    @Test
    void goesFromTheLinkToTheFirstPageView(@TempDir Path downloads) {
        try (PageServer server = new PageServer(0);
                DashboardBrowser browser = new DashboardBrowser(downloads)) {
            browser.open(server.url("/"));
            browser.read("one-time link");
            browser.open(server.url("/setup#" + server.api.setupToken()));
            browser.see("[name=email]");
            assertThat(Axe.findings(browser)).as("account").isEmpty();
            browser.type("[name=email]", PageFixture.EMAIL);
            browser.type("[name=password]", PageFixture.PASSWORD);
            browser.click("form .primary");
            browser.see("[name=domain]");
            assertThat(Axe.findings(browser)).as("site").isEmpty();
            browser.type("[name=domain]", "www.Example.com");
            browser.click("form .primary");
            browser.read("Waiting for the first page view");
            assertThat(Axe.findings(browser)).as("snippet").isEmpty();
            assertThat(browser.text()).contains("data-site=\"1\"");
            String page = browser.driver.getWindowHandle();
            browser.driver.switchTo().newWindow(WindowType.TAB);
            browser.open(server.url("/visited.html"));
            browser.read("A page of somebody");
            browser.driver.switchTo().window(page);
            browser.until("location.pathname === '/sites/1'");
            browser.read("1 visitor now");
            browser.until("document.querySelector('[data-metric=page_views] .card-value')?.textContent === '1'");
            browser.open(server.url("/setup#used"));
            browser.read("This server is set up already");
            assertThat(browser.complaints()).isEqualTo(List.of());
        }
    }
}
