package io.millrace.tracker.browser;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/** A real Chromium, one process for all tests of a class. */
public class Browser implements AutoCloseable {
    /** A host that counts as secure without TLS: prerendering asks for that. */
    public static final String SECURE_HOST = "secure.test";

    public final ChromeDriver driver;
    /** A tab that is always there, as closing the last one would end the browser. */
    private final String home;

    protected Browser(ChromeDriver driver) {
        this.driver = driver;
        this.home = driver.getWindowHandle();
    }

    /**
     * Starts one in which every name that ends in {@code .test} is this machine, so that each test has origins, and with them
     * storages, of its own; pages of {@link #SECURE_HOST} at this port count as secure.
     */
    public static Browser start(int securePort) {
        ChromeDriver driver = Chromium.start(Chromium.options(
                "--disable-quic",
                "--disable-blink-features=AutomationControlled",
                "--host-resolver-rules=MAP *.test 127.0.0.1",
                "--unsafely-treat-insecure-origin-as-secure=http://" + SECURE_HOST + ":" + securePort));
        driver.manage().timeouts().pageLoadTimeout(Duration.ofSeconds(20)).scriptTimeout(Duration.ofSeconds(20));
        return new Browser(driver);
    }

    /** A tab of its own, with this script run in each of its pages before anything else. */
    public Tab open(String... beforeEveryPage) {
        driver.switchTo().newWindow(WindowType.TAB);
        Tab tab = new Tab(this, driver.getWindowHandle());
        for (String script : beforeEveryPage) {
            driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script));
        }
        return tab;
    }

    void goHome() {
        driver.switchTo().window(home);
    }

    /** Closes all that was opened. A page that was prerendered has another handle than its tab had. */
    public void closeTabs() {
        for (String handle : driver.getWindowHandles()) {
            if (!handle.equals(home)) {
                driver.switchTo().window(handle);
                driver.close();
            }
        }
        goHome();
    }

    /** Runs a script in the page that is open; answers what it returns. */
    public final Object run(String script, Object... args) {
        return ((JavascriptExecutor) driver).executeScript(script, args);
    }

    /** What the console said since the last call. */
    public final List<LogEntry> console() {
        return driver.manage().logs().get(LogType.BROWSER).getAll();
    }

    @Override
    public final void close() {
        driver.quit();
    }
}
