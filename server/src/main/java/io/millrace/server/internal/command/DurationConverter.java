package io.millrace.server.internal.command;

import io.millrace.server.internal.config.Kind;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 60d}. */
public final class DurationConverter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
        try {
            return Kind.duration(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("not " + Kind.DURATION.expects());
        }
    }
}
