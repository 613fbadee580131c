package io.millrace.perf.traffic;

/** Draws ranks so that the k-th is about k times rarer than the first, by one look-up in a table. Immutable. */
final class Zipf {
    private static final int BITS = 16;

    private final short[] ranks = new short[1 << BITS];

    /**
     * @param n how many ranks, at most 32,767
     * @param exponent 1 is the classic law; 0 draws all alike
     */
    Zipf(int n, double exponent) {
        double total = 0;
        for (int k = 1; k <= n; k++) {
            total += Math.pow(k, -exponent);
        }
        double sum = 0;
        int from = 0;
        for (int k = 1; k <= n; k++) {
            sum += Math.pow(k, -exponent);
            int to = k == n ? ranks.length : (int) Math.round(sum / total * ranks.length);
            java.util.Arrays.fill(ranks, from, Math.max(from, to), (short) (k - 1));
            from = Math.max(from, to);
        }
    }

    /** The rank, from 0, of a number whose upper bits are random. */
    int rank(long random) {
        return ranks[(int) (random >>> 64 - BITS)];
    }
}
