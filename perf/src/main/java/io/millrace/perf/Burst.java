package io.millrace.perf;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Bursts as {@code 5x2s/20s} says them.
 *
 * @param factor how many times the rate
 * @param length of each
 * @param every from one's start to the next's
 */
record Burst(double factor, Duration length, Duration every) {
    /** No bursts. */
    static final Burst NONE = new Burst(1, Duration.ZERO, Duration.ZERO);

    private static final Pattern TEXT = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)x([0-9a-z]+)/([0-9a-z]+)");

    /** Reads them. */
    static final class Converter implements ITypeConverter<Burst> {
        @Override
        public Burst convert(String text) {
            Matcher parts = TEXT.matcher(text);
            if (!parts.matches()) {
                throw new TypeConversionException("not FACTORxLENGTH/EVERY such as 5x2s/20s: " + text);
            }
            Durations durations = new Durations();
            Burst burst = new Burst(
                    Double.parseDouble(parts.group(1)),
                    durations.convert(parts.group(2)),
                    durations.convert(parts.group(3)));
            if (burst.factor <= 0 || burst.length.isZero() || burst.every.compareTo(burst.length) <= 0) {
                throw new TypeConversionException(
                        "a burst has a factor and a length, and ends before the next: " + text);
            }
            return burst;
        }
    }
}
