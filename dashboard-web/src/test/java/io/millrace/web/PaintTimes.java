package io.millrace.web;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Measures when the largest part of the dashboard is painted, and what moves after the skeleton, in a Chromium whose
 * processor is slowed down: {@code PaintTimes URL ROUNDS SLOWDOWN}. The script {@code dashboard-web/measure-paint} does
 * so with the demo.
 */
final class PaintTimes {
    private PaintTimes() {}

    public static void main(String[] args) {
        int rounds = Integer.parseInt(args[1]);
        int slowdown = Integer.parseInt(args[2]);
        try (DashboardBrowser browser = new DashboardBrowser(Path.of("."))) {
            List<double[]> measured = new ArrayList<>();
            for (int i = 0; i < rounds; i++) {
                measured.add(measure(browser, args[0], slowdown));
            }
            for (double[] m : measured) {
                System.out.printf("largest contentful paint %6.0f ms   layout shift %.4f%n", m[0], m[1]);
            }
            double[] paints = measured.stream().mapToDouble(m -> m[0]).sorted().toArray();
            double shift = measured.stream().mapToDouble(m -> m[1]).max().orElse(0);
            System.out.printf(
                    "median %.0f ms of %d first loads at %d times slower, greatest layout shift %.4f%n",
                    paints[rounds / 2], rounds, slowdown, shift);
        }
    }

    /** A first load: nothing is in the browser's cache. */
    private static double[] measure(DashboardBrowser browser, String url, int slowdown) {
        browser.open("about:blank");
        browser.driver.executeCdpCommand("Network.enable", Map.of());
        browser.driver.executeCdpCommand("Network.clearBrowserCache", Map.of());
        browser.driver.executeCdpCommand("Emulation.setCPUThrottlingRate", Map.of("rate", slowdown));
        browser.open(url);
        browser.see(".summary .line");
        browser.gone(".skeleton");
        Object times = browser.driver.executeAsyncScript("const done = arguments[0]; let paint = 0, shift = 0;"
                + "new PerformanceObserver(l => l.getEntries().forEach(e => paint = e.startTime))"
                + ".observe({type: 'largest-contentful-paint', buffered: true});"
                + "new PerformanceObserver(l => l.getEntries().forEach(e => shift += e.value))"
                + ".observe({type: 'layout-shift', buffered: true});"
                + "setTimeout(() => done([paint, shift]), 1500)");
        browser.driver.executeCdpCommand("Emulation.setCPUThrottlingRate", Map.of("rate", 1));
        List<?> both = (List<?>) times;
        return new double[] {((Number) both.get(0)).doubleValue(), ((Number) both.get(1)).doubleValue()};
    }
}
