package io.millrace.dashboard.internal.answer;

/** Quotients as reports show them. */
public final class Ratios {
    private Ratios() {}

    /** A percentage with one decimal; 0 of nothing. */
    public static double percent(long part, long whole) {
        return whole == 0 ? 0 : round(100.0 * part / whole, 10);
    }

    /** A percentage with two decimals; 0 of nothing. */
    public static double fine(long part, long whole) {
        return whole == 0 ? 0 : round(100.0 * part / whole, 100);
    }

    public static double mean(long sum, long n) {
        return n == 0 ? 0 : (double) sum / n;
    }

    /** The change in percent with one decimal; null against 0. */
    public static Double change(double now, double before) {
        return before == 0 ? null : (Double) round(100.0 * (now - before) / before, 10);
    }

    private static double round(double value, int parts) {
        return (double) Math.round(value * parts) / parts;
    }
}
