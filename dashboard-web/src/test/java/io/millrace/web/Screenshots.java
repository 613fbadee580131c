package io.millrace.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Makes pictures of every page and state of a running demo, light and dark, wide and on a phone: {@code Screenshots URL EMAIL
 * PASSWORD DIRECTORY}. The script {@code dashboard-web/look} starts the demo.
 */
final class Screenshots {
    private static final int[] WIDTHS = {1440, 360};

    private final DashboardBrowser browser;
    private final String url;
    private final Path to;

    private Screenshots(DashboardBrowser browser, String url, Path to) {
        this.browser = browser;
        this.url = url;
        this.to = to;
    }

    public static void main(String[] args) throws IOException {
        Path to = Path.of(args[3]);
        Files.createDirectories(to);
        try (DashboardBrowser browser = new DashboardBrowser(to)) {
            browser.open(args[0] + "/login");
            browser.type("[name=email]", args[1]);
            browser.type("[name=password]", args[2]);
            browser.click("form .primary");
            browser.see(".account");
            Screenshots shots = new Screenshots(browser, args[0], to);
            for (AccessibilityTest.Page page : AccessibilityTest.pages()) {
                shots.shoot(page.path().replaceAll("/sites/1/?", "site ").replaceAll("\\W+", "-"), page.path(), b -> {
                    b.see(page.ready());
                    b.gone(".skeleton");
                });
            }
            for (AccessibilityTest.State state : AccessibilityTest.states()) {
                shots.shoot(state.name().replace(' ', '-'), state.path(), b -> {
                    if (state.path().startsWith("/sites")) {
                        b.gone(".skeleton");
                    }
                    state.reach().accept(b);
                });
            }
        }
    }

    private void shoot(String name, String path, Consumer<DashboardBrowser> reach) throws IOException {
        for (int width : WIDTHS) {
            for (boolean dark : new boolean[] {false, true}) {
                browser.size(width, width < 600 ? 780 : 900);
                browser.dark(dark);
                browser.open(url + path);
                try {
                    reach.accept(browser);
                } catch (RuntimeException | AssertionError e) {
                    System.err.println(name + ": " + e.getMessage());
                }
                browser.run("return document.fonts.ready");
                Files.write(to.resolve(name + "-" + width + (dark ? "-dark" : "") + ".png"), browser.screenshot());
            }
        }
        System.err.println(name + " " + browser.complaints());
    }
}
