package io.millrace.perf.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A line chart as SVG, with axes, a grid and a legend; colours by the page's style, dark or light. Not thread-safe. */
public final class Chart {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 300;
    private static final int LEFT = 64;
    private static final int RIGHT = 16;
    private static final int TOP = 34;
    private static final int BOTTOM = 44;
    private static final String[] COLOURS = {"#2a78d6", "#d1495b", "#3a9a5b", "#b8860b", "#7a5ac8", "#5f6b7a"};

    private final String title;
    private final String xLabel;
    private final String yLabel;
    private final List<Line> lines = new ArrayList<>();
    private List<Tick> xTicks;
    private boolean logY;
    private boolean legendBelow;

    private record Line(String name, double[] xs, double[] ys) {}

    private record Tick(double x, String label) {}

    public Chart(String title, String xLabel, String yLabel) {
        this.title = title;
        this.xLabel = xLabel;
        this.yLabel = yLabel;
    }

    /** Adds a line; both arrays have the same length. */
    public Chart line(String name, double[] xs, double[] ys) {
        lines.add(new Line(name, xs.clone(), ys.clone()));
        return this;
    }

    /** Draws the values by their logarithm; those at or below 0 count as the smallest above it. */
    public Chart logarithmic() {
        logY = true;
        return this;
    }

    /** Labels these places of the x axis instead of round numbers. */
    public Chart xTicks(double[] at, String[] labels) {
        xTicks = new ArrayList<>();
        for (int i = 0; i < at.length; i++) {
            xTicks.add(new Tick(at[i], labels[i]));
        }
        return this;
    }

    /** Names the lines below each other under the chart, where they are many or long. */
    public Chart legendBelow() {
        legendBelow = true;
        return this;
    }

    /** The chart as an {@code svg} element. */
    public String svg() {
        double[] x = range(true);
        double[] y = logY ? logRange() : range(false);
        StringBuilder svg = new StringBuilder();
        add(
                svg,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\" "
                        + "font-family=\"system-ui, sans-serif\" font-size=\"12\" fill=\"currentColor\">",
                WIDTH,
                HEIGHT + (legendBelow ? 8 + 16 * lines.size() : 0),
                text(title));
        add(svg, "<text x=\"%d\" y=\"18\" font-size=\"14\" font-weight=\"600\">%s</text>", LEFT, text(title));
        grid(svg, x, y);
        for (int i = 0; i < lines.size(); i++) {
            draw(svg, lines.get(i), COLOURS[i % COLOURS.length], x, y);
            legend(svg, i);
        }
        return svg.append("</svg>").toString();
    }

    private void grid(StringBuilder svg, double[] x, double[] y) {
        for (Tick tick : yTicks(y)) {
            double at = yAt(tick.x(), y);
            add(
                    svg,
                    "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"currentColor\" opacity=\".15\"/>",
                    LEFT,
                    WIDTH - RIGHT,
                    at,
                    at);
            add(svg, "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>", LEFT - 6, at + 4, text(tick.label()));
        }
        for (Tick tick : xTicks == null ? roundTicks(x[0], x[1]) : xTicks) {
            double at = xAt(tick.x(), x);
            add(
                    svg,
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>",
                    at,
                    HEIGHT - BOTTOM + 18,
                    text(tick.label()));
        }
        add(
                svg,
                "<text x=\"%d\" y=\"%d\" text-anchor=\"end\" opacity=\".7\">%s</text>",
                WIDTH - RIGHT,
                HEIGHT - 8,
                text(xLabel));
        add(svg, "<text x=\"%d\" y=\"%d\" opacity=\".7\">%s</text>", LEFT, HEIGHT - 8, text(yLabel));
    }

    private void draw(StringBuilder svg, Line line, String colour, double[] x, double[] y) {
        svg.append("<polyline fill=\"none\" stroke-width=\"1.8\" stroke=\"")
                .append(colour)
                .append("\" points=\"");
        for (int i = 0; i < line.xs().length; i++) {
            add(svg, "%.1f,%.1f ", xAt(line.xs()[i], x), yAt(line.ys()[i], y));
        }
        svg.append("\"/>");
    }

    private void legend(StringBuilder svg, int i) {
        int x = legendBelow ? LEFT : WIDTH - RIGHT - 110 * (lines.size() - i);
        int y = legendBelow ? HEIGHT + 8 + 16 * i : 9;
        add(svg, "<rect x=\"%d\" y=\"%d\" width=\"12\" height=\"4\" fill=\"%s\"/>", x, y, COLOURS[i % COLOURS.length]);
        add(
                svg,
                "<text x=\"%d\" y=\"%d\">%s</text>",
                x + 17,
                y + 7,
                text(lines.get(i).name()));
    }

    private double[] range(boolean ofX) {
        double min = ofX ? Double.MAX_VALUE : 0;
        double max = ofX ? -Double.MAX_VALUE : 0;
        for (Line line : lines) {
            for (double v : ofX ? line.xs() : line.ys()) {
                min = Math.min(min, v);
                max = Math.max(max, v);
            }
        }
        return new double[] {min, max > min ? (ofX ? max : max * 1.05) : min + 1};
    }

    private double[] logRange() {
        double min = Double.MAX_VALUE;
        double max = 0;
        for (Line line : lines) {
            for (double v : line.ys()) {
                min = v > 0 ? Math.min(min, v) : min;
                max = Math.max(max, v);
            }
        }
        double low = min > max ? 0.1 : min;
        return new double[] {
            Math.floor(Math.log10(low)),
            Math.max(Math.floor(Math.log10(low)) + 1, Math.ceil(Math.log10(Math.max(low, max))))
        };
    }

    private List<Tick> yTicks(double[] y) {
        if (!logY) {
            return roundTicks(y[0], y[1]);
        }
        List<Tick> ticks = new ArrayList<>();
        for (int e = (int) y[0]; e <= y[1]; e++) {
            ticks.add(new Tick(Math.pow(10, e), number(Math.pow(10, e))));
        }
        return ticks;
    }

    private static List<Tick> roundTicks(double min, double max) {
        double step = Math.pow(10, Math.floor(Math.log10((max - min) / 2)));
        while ((max - min) / step > 8) {
            step *= (max - min) / step > 20 ? 5 : 2;
        }
        List<Tick> ticks = new ArrayList<>();
        for (double at = Math.ceil(min / step) * step; at <= max; at += step) {
            ticks.add(new Tick(at, number(at)));
        }
        return ticks;
    }

    private static String number(double n) {
        double abs = Math.abs(n);
        if (abs >= 1_000_000) {
            return String.format(Locale.ROOT, "%.3gM", n / 1e6).replaceAll("\\.0+M", "M");
        }
        return abs >= 10 || n == Math.rint(n)
                ? String.format(Locale.ROOT, "%,.0f", n)
                : String.format(Locale.ROOT, "%.3f", n).replaceAll("0+$", "");
    }

    private static double xAt(double v, double[] x) {
        return LEFT + (WIDTH - LEFT - RIGHT) * (v - x[0]) / (x[1] - x[0]);
    }

    private double yAt(double v, double[] y) {
        double scaled = logY ? Math.max(y[0], v <= 0 ? y[0] : Math.log10(v)) : v;
        return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * (scaled - y[0]) / (y[1] - y[0]);
    }

    private static void add(StringBuilder to, String format, Object... values) {
        to.append(String.format(Locale.ROOT, format, values));
    }

    static String text(String raw) {
        return raw.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
