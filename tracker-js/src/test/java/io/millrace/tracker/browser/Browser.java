package io.millrace.tracker.browser;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * A real Chromium, one process for all tests of a class. Every name that ends in {@code .test} is this machine, so that each
 * test has origins, and with them storages, of its own.
 */
public final class Browser implements AutoCloseable {
    /** A host that counts as secure without TLS: prerendering asks for that. */
    public static final String SECURE_HOST = "secure.test";

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

    private final ChromeDriver driver;
    /** A tab that is always there, as closing the last one would end the browser. */
    private final String home;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
        this.home = driver.getWindowHandle();
    }

    /** Whether there is a browser on this machine. */
    public static boolean installed() {
        return Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER);
    }

    /** Starts one; pages of {@link #SECURE_HOST} at this port count as secure. */
    public static Browser start(int securePort) {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage",
                "--disable-blink-features=AutomationControlled",
                "--host-resolver-rules=MAP *.test 127.0.0.1",
                "--unsafely-treat-insecure-origin-as-secure=http://" + SECURE_HOST + ":" + securePort);
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER.toFile())
                .usingAnyFreePort()
                .withLogLevel(org.openqa.selenium.chromium.ChromiumDriverLogLevel.OFF)
                .build();
        ChromeDriver driver = new ChromeDriver(service, options);
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

    ChromeDriver driver() {
        return driver;
    }

    Object js(String script, Object... args) {
        return ((JavascriptExecutor) driver).executeScript(script, args);
    }

    /** What the console said since the last call. */
    List<String> console() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(e -> e.getLevel() + " " + e.getMessage())
                .toList();
    }

    @Override
    public void close() {
        driver.quit();
    }
}
