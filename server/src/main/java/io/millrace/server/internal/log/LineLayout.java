package io.millrace.server.internal.log;

import ch.qos.logback.classic.pattern.RootCauseFirstThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * A line of the log: time, level, thread, class and message; behind it an exception, its cause first and shortened.
 * Thread-safe once started. By hand, because the library's pattern loads 100 classes more at every start.
 */
final class LineLayout extends LayoutBase<ILoggingEvent> {
    static final String FRAMES = "6";

    private final DateTimeFormatter time = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSXXX", Locale.ROOT)
            .withZone(ZoneId.systemDefault());

    private final RootCauseFirstThrowableProxyConverter exceptions = new RootCauseFirstThrowableProxyConverter();

    @Override
    public void start() {
        exceptions.setContext(context);
        exceptions.setOptionList(List.of(FRAMES));
        exceptions.start();
        super.start();
    }

    @Override
    public String doLayout(ILoggingEvent event) {
        String level = event.getLevel().toString();
        String logger = event.getLoggerName();
        StringBuilder line = new StringBuilder(128);
        time.formatTo(Instant.ofEpochMilli(event.getTimeStamp()), line);
        line.append(' ').append(level).append(" ".repeat(Math.max(1, 6 - level.length())));
        line.append(event.getThreadName()).append(' ').append(logger, logger.lastIndexOf('.') + 1, logger.length());
        line.append(": ").append(event.getFormattedMessage()).append(System.lineSeparator());
        return line.append(exceptions.convert(event)).toString();
    }
}
