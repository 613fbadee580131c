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

    /**
     * What a label was that is encoded so, given without its prefix.
     *
     * @throws RuntimeException when it is none
     */
    static String decode(String encoded) {
        int basic = Math.max(0, encoded.lastIndexOf('-'));
        StringBuilder out = new StringBuilder(encoded.substring(0, basic));
        int code = FIRST_CODE;
        int bias = FIRST_BIAS;
        int i = 0;
        for (int at = basic == 0 ? 0 : basic + 1; at < encoded.length(); i++) {
            int before = i;
            int weight = 1;
            int digit;
            int threshold;
            int k = BASE;
            do {
                digit = Character.digit(encoded.charAt(at++), BASE);
                digit = digit < 10 ? digit + MAX : digit - 10;
                i = Math.addExact(i, Math.multiplyExact(digit, weight));
                threshold = Math.max(MIN, Math.min(MAX, k - bias));
                weight = Math.multiplyExact(weight, BASE - threshold);
                k += BASE;
            } while (digit >= threshold);
            int length = out.codePointCount(0, out.length()) + 1;
            bias = adapted(i - before, length, before == 0);
            code += i / length;
            i %= length;
            out.insert(out.offsetByCodePoints(0, i), Character.toString(code));
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
