package io.millrace.tracker.browser;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.chromium.ChromiumDriverLogLevel;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Starts a real Chromium, headless, that asks nobody for updates and keeps what its console says. */
public final class Chromium {
    private static final Path PROGRAM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

    private Chromium() {}

    /** Whether there is a browser on this machine; where there is none, says which test is skipped. */
    public static boolean installed(String test) {
        boolean installed = Files.isExecutable(PROGRAM) && Files.isExecutable(DRIVER);
        if (!installed) {
            System.out.println("SKIPPED, no " + PROGRAM + " with " + DRIVER + ": " + test);
        }
        return installed;
    }

    /** Options to which a test may add its own. */
    public static ChromeOptions options(String... more) {
        ChromeOptions options = new ChromeOptions();
        if (Files.isExecutable(PROGRAM)) {
            options.setBinary(PROGRAM.toFile());
        }
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run");
        options.addArguments(more);
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        return options;
    }

    /** Starts one; whoever asked quits it. */
    public static ChromeDriver start(ChromeOptions options) {
        ChromeDriverService.Builder service =
                new ChromeDriverService.Builder().usingAnyFreePort().withLogLevel(ChromiumDriverLogLevel.OFF);
        if (Files.isExecutable(DRIVER)) {
            service.usingDriverExecutable(DRIVER.toFile());
        }
        return new ChromeDriver(service.build(), options);
    }
}
