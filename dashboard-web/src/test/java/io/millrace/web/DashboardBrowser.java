package io.millrace.web;

import io.millrace.tracker.browser.Browser;
import io.millrace.tracker.browser.Chromium;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;

/** A browser in which somebody uses the dashboard; it reaches nothing but this machine. */
final class DashboardBrowser extends Browser {
    /** This machine under a name that browsers take for another's: without TLS its pages are not secure. */
    static final String PLAIN_HOST = "plain.test";

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    DashboardBrowser(Path downloads) {
        super(Chromium.start(options(downloads)));
        size(1280, 900);
    }

    private static ChromeOptions options(Path downloads) {
        ChromeOptions options = Chromium.options(
                "--js-flags=--max-old-space-size=512",
                "--host-resolver-rules=MAP " + PLAIN_HOST + " 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
                "--lang=en-GB");
        options.setExperimentalOption(
                "prefs",
                Map.of(
                        "download.default_directory",
                        downloads.toString(),
                        "credentials_enable_service",
                        false,
                        "profile.password_manager_leak_detection",
                        false));
        return options;
    }

    /** The size of what the page sees, in CSS pixels. */
    void size(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
    }

    void dark(boolean dark) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    }

    void open(String url) {
        driver.get(url);
    }

    /** Waits for an element that can be seen. */
    WebElement see(String css) {
        return waiting(
                "to see " + css,
                () -> driver.findElements(By.cssSelector(css)).stream()
                        .filter(WebElement::isDisplayed)
                        .findFirst()
                        .orElse(null));
    }

    void gone(String css) {
        waiting("to lose " + css, () -> driver.findElements(By.cssSelector(css)).isEmpty() ? true : null);
    }

    /** Waits until a text stands somewhere on the page. */
    void read(String text) {
        waiting("to read " + text, () -> text().contains(text) ? true : null);
    }

    String text() {
        return (String) run("return document.body.innerText");
    }

    /** Clicks what can be seen, again when the page has just replaced it. */
    void click(String css) {
        waiting("to click " + css, () -> {
            WebElement found = driver.findElements(By.cssSelector(css)).stream()
                    .filter(WebElement::isDisplayed)
                    .findFirst()
                    .orElse(null);
            if (found == null) {
                return null;
            }
            run("arguments[0].scrollIntoView({block: 'nearest'})", found); // from under the header, which stays
            found.click();
            return true;
        });
    }

    /** Moves the pointer over what can be seen. */
    void hover(String css) {
        new Actions(driver).moveToElement(see(css)).perform();
    }

    /** Chooses one of a list. */
    void choose(String css, String value) {
        click(css + " option[value='" + value + "']");
    }

    void type(String css, String text) {
        WebElement field = see(css);
        field.clear();
        field.sendKeys(text);
    }

    /** Presses keys where the focus is. */
    void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    void tab() {
        press(Keys.TAB);
    }

    /** Sets a variable of the page to one of its modules, which stands by itself or in the main one. */
    void load(String variable, String module) {
        String path = path(module).orElseGet(() -> path("main.js").orElseThrow());
        Object failed = driver.executeAsyncScript(
                "const [variable, path, name, done] = arguments;"
                        + "import(path).then(m => { window[variable] = m[name] ?? m; done(null); }, e => done(String(e)))",
                variable,
                path,
                module.replace(".js", "").replaceAll("\\W", "_"));
        if (failed != null) {
            throw new AssertionError(module + ": " + failed);
        }
    }

    private static Optional<String> path(String module) {
        return DashboardFiles.files().stream()
                .filter(f -> f.name().equals(module))
                .map(DashboardFile::path)
                .findFirst();
    }

    /** What the server answers this browser: {@code status} and {@code body}. */
    Map<?, ?> fetch(String method, String path, Object body) {
        return (Map<?, ?>) driver.executeAsyncScript(
                "const [method, path, body, done] = arguments;"
                        + "fetch(path, {method, body, headers: {'Content-Type': 'application/json'}})"
                        + ".then(async r => done({status: r.status, body: await r.json().catch(() => null)}))",
                method,
                path,
                body);
    }

    /** Makes the owner without the pages: the browser is logged in by it. */
    void setUp(String token) {
        String body = "{\"token\":\"%s\",\"email\":\"%s\",\"password\":\"%s\"}"
                .formatted(token, PageFixture.EMAIL, PageFixture.PASSWORD);
        if (!Long.valueOf(201).equals(fetch("POST", "/api/setup", body).get("status"))) {
            throw new AssertionError("no owner");
        }
    }

    /** Waits until a script answers true. */
    void until(String script) {
        waiting("for " + script, () -> Boolean.TRUE.equals(run("return " + script)) ? true : null);
    }

    /** Asks until there is an answer; between two questions the browser waits, so that the page can go on. */
    private <T> T waiting(String what, Supplier<T> look) {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                T found = look.get();
                if (found != null) {
                    return found;
                }
                driver.executeAsyncScript("setTimeout(arguments[0], 40)");
            } catch (WebDriverException e) {
                if (System.nanoTime() > giveUp) {
                    throw e;
                }
                continue; // the page replaced what was looked at: look again
            }
            if (System.nanoTime() > giveUp) {
                throw new AssertionError(what + ", in vain, at " + driver.getCurrentUrl() + "\n" + text());
            }
        }
    }

    String path() {
        return (String) run("return location.pathname + location.search");
    }

    /** What the console and the network complained about since it was asked last. */
    List<String> complaints() {
        return console().stream()
                .filter(e -> e.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    byte[] screenshot() {
        return driver.getScreenshotAs(OutputType.BYTES);
    }
}
