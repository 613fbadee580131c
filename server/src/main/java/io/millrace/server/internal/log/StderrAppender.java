package io.millrace.server.internal.log;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import io.millrace.engine.spi.Fixed;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes to stderr, lines of one kind (the same logger, and the same message before its values are put in) so often in a minute;
 * then one says that more are left out. Requests are logged as often as they come. Thread-safe.
 */
final class StderrAppender extends ConsoleAppender<ILoggingEvent> {
    private static final long MINUTE = 60_000;
    private static final int KINDS = 512;
    private static final String ACCESS = "io.millrace.http.access";
    private static final String MORE = "more lines like this one are left out until the minute is over";

    private final int most;

    @Fixed("so many kinds at most; the one that was seen least recently leaves")
    private final Map<String, Window> windows = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Window> eldest) {
            return size() > KINDS;
        }
    };

    private record Window(long since, int count) {}

    /** @param most of one kind in a minute; 0: any number */
    StderrAppender(int most) {
        this.most = most;
    }

    @Override
    protected void append(ILoggingEvent event) {
        int count = most == 0 || event.getLoggerName().equals(ACCESS) ? 0 : count(event);
        if (count <= most) {
            super.append(event);
        }
        if (count > 0 && count == most) {
            Logger logger = ((LoggerContext) getContext()).getLogger(event.getLoggerName());
            super.append(new LoggingEvent(StderrAppender.class.getName(), logger, event.getLevel(), MORE, null, null));
        }
    }

    private synchronized int count(ILoggingEvent event) {
        long now = event.getTimeStamp();
        return windows.merge(
                        event.getLoggerName() + ' ' + event.getMessage(),
                        new Window(now, 1),
                        (old, first) -> Math.abs(now - old.since()) >= MINUTE
                                ? first
                                : new Window(old.since(), old.count() + 1))
                .count();
    }
}
