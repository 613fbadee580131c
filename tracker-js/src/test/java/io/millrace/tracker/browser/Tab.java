package io.millrace.tracker.browser;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.openqa.selenium.By;

/** One tab. Not thread-safe; only the tab that was opened or shown last can be spoken to. */
public final class Tab {
    private final Browser browser;
    private final String handle;

    Tab(Browser browser, String handle) {
        this.browser = browser;
        this.handle = handle;
    }

    public Tab go(String url) {
        browser.driver.get(url);
        return this;
    }

    public void back() {
        browser.driver.navigate().back();
    }

    public void click(String selector) {
        browser.driver.findElement(By.cssSelector(selector)).click();
    }

    public Object js(String script, Object... args) {
        return browser.run(script, args);
    }

    /** Gives the page the focus, which no window of a headless browser has, or takes it away. */
    public void focus(boolean focused) {
        cdp("Emulation.setFocusEmulationEnabled", Map.of("enabled", focused));
    }

    /** Shows another tab before this one, so that this one is hidden. */
    public Tab cover() {
        focus(false);
        return browser.open();
    }

    /** Shows this tab again. */
    public void show() {
        browser.driver.switchTo().window(handle);
        cdp("Page.bringToFront", Map.of());
    }

    /** Waits until the script returns true. */
    public void await(String condition) {
        new WaitFor(Duration.ofSeconds(15))
                .until(() -> Boolean.TRUE.equals(js("return !!(" + condition + ")")), condition);
    }

    public void offline(boolean offline) {
        cdp("Network.enable", Map.of());
        cdp(
                "Network.emulateNetworkConditions",
                Map.of("offline", offline, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
    }

    public Map<String, Object> cdp(String command, Map<String, Object> parameters) {
        return browser.driver.executeCdpCommand(command, parameters);
    }

    public List<String> console() {
        return browser.console().stream()
                .map(e -> e.getLevel() + " " + e.getMessage())
                .toList();
    }

    /** Closes it as a visitor would, so that its pages hear of it. */
    public void close() {
        browser.driver.switchTo().window(handle);
        browser.driver.close();
        browser.goHome();
    }
}
