package io.millrace.engine;

/** Letters of all scripts in those that a host name may have, as RFC 3492 says. Pure functions. */
final class Punycode {
    /** What stands before a label that is so encoded. */
    static final String PREFIX = "xn--";

    private static final int BASE = 36;
    private static final int MIN = 1;
    private static final int MAX = 26;
    private static final int SKEW = 38;
    private static final int DAMP = 700;
    private static final int FIRST_BIAS = 72;
    private static final int FIRST_CODE = 0x80;

    private Punycode() {}

    /** The label encoded, without its prefix. */
    static String encode(String label) {
        int[] codes = label.codePoints().toArray();
        StringBuilder out = new StringBuilder();
        label.codePoints().filter(c -> c < FIRST_CODE).forEach(out::appendCodePoint);
        int basic = out.length();
        if (basic > 0) {
            out.append('-');
        }
        int delta = 0;
        int bias = FIRST_BIAS;
        int next = FIRST_CODE;
        for (int done = basic; done < codes.length; next++, delta++) {
            int least = leastFrom(codes, next);
            delta += (least - next) * (done + 1);
            next = least;
            for (int code : codes) {
                if (code < next) {
                    delta++;
                } else if (code == next) {
                    append(delta, bias, out);
                    bias = adapted(delta, done + 1, done == basic);
                    delta = 0;
                    done++;
                }
            }
        }
        return out.toString();
    }

    private static int leastFrom(int[] codes, int from) {
        int least = Integer.MAX_VALUE;
        for (int code : codes) {
            least = code >= from ? Math.min(least, code) : least;
        }
        return least;
    }

    /** Appends a number in digits whose weights depend on the bias. */
    private static void append(int number, int bias, StringBuilder out) {
        int rest = number;
        for (int k = BASE; ; k += BASE) {
            int threshold = Math.max(MIN, Math.min(MAX, k - bias));
            if (rest < threshold) {
                out.append(digit(rest));
                return;
            }
            out.append(digit(threshold + (rest - threshold) % (BASE - threshold)));
            rest = (rest - threshold) / (BASE - threshold);
        }
    }

    private static char digit(int value) {
        return (char) (value < MAX ? 'a' + value : '0' + value - MAX);
    }

    private static int adapted(int delta, int length, boolean first) {
        int d = first ? delta / DAMP : delta / 2;
        d += d / length;
        int k = 0;
        for (; d > (BASE - MIN) * MAX / 2; k += BASE) {
            d /= BASE - MIN;
        }
        return k + (BASE - MIN + 1) * d / (d + SKEW);
    }
}
