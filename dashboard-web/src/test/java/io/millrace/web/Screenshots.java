package io.millrace.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Makes pictures of the main pages of a running server: {@code Screenshots URL EMAIL PASSWORD DIRECTORY}. The script
 * {@code dashboard-web/screenshots} does so with the demo.
 */
final class Screenshots {
    private Screenshots() {}

    /** A page and what is on it when it is ready. */
    private record Page(String name, String path, String ready) {}

    private static final List<Page> PAGES = List.of(
            new Page("dashboard", "/sites/1?period=7d", ".summary:not(.stale) .graph"),
            new Page("realtime", "/sites/1/realtime", ".data tbody tr"),
            new Page("flow", "/sites/1/flow?period=7d&depth=3", ".flow-node"),
            new Page("affiliates", "/sites/1/affiliates", ".data tbody tr"),
            new Page("settings", "/sites/1/settings", ".copyable"),
            new Page("sites", "/?all", ".site-card"),
            new Page("health", "/health", ".outcomes"));

    public static void main(String[] args) throws IOException {
        Path to = Path.of(args[3]);
        Files.createDirectories(to);
        try (DashboardBrowser browser = new DashboardBrowser(to)) {
            browser.open(args[0] + "/login");
            browser.type("[name=email]", args[1]);
            browser.type("[name=password]", args[2]);
            browser.click("form .primary");
            browser.see(".account");
            for (Page page : PAGES) {
                shoot(browser, args[0], page, to, 1280, 860, false);
            }
            shoot(browser, args[0], PAGES.get(0), to, 1280, 860, true);
            shoot(browser, args[0], PAGES.get(0), to, 360, 780, false);
        }
    }

    private static void shoot(
            DashboardBrowser browser, String url, Page page, Path to, int width, int height, boolean dark)
            throws IOException {
        browser.size(width, height);
        browser.dark(dark);
        browser.open(url + page.path());
        try {
            browser.see(page.ready());
            browser.gone(".skeleton");
        } catch (RuntimeException | AssertionError e) {
            System.err.println(e.getMessage());
        }
        browser.run("return document.fonts.ready");
        String name = page.name() + (dark ? "-dark" : "") + (width < 600 ? "-phone" : "") + ".png";
        Files.write(to.resolve(name), browser.screenshot());
        System.err.println(name + " " + browser.complaints());
    }
}
