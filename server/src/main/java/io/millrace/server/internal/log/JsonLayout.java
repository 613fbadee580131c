package io.millrace.server.internal.log;

import ch.qos.logback.classic.pattern.RootCauseFirstThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.LayoutBase;
import io.millrace.wire.json.JsonWriter;
import java.time.Instant;
import java.util.List;

/** A line of the log as a JSON object: time, level, thread, logger, message, and an exception when there is one. Thread-safe once started. */
final class JsonLayout extends LayoutBase<ILoggingEvent> {
    private final RootCauseFirstThrowableProxyConverter exceptions = new RootCauseFirstThrowableProxyConverter();

    @Override
    public void start() {
        exceptions.setContext(context);
        exceptions.setOptionList(List.of(LineLayout.FRAMES));
        exceptions.start();
        super.start();
    }

    @Override
    public String doLayout(ILoggingEvent event) {
        JsonWriter line = new JsonWriter()
                .object()
                .member("time", Instant.ofEpochMilli(event.getTimeStamp()).toString())
                .member("level", event.getLevel().toString())
                .member("thread", event.getThreadName())
                .member("logger", event.getLoggerName())
                .member("message", event.getFormattedMessage());
        if (event.getThrowableProxy() != null) {
            line.member("exception", exceptions.convert(event));
        }
        return line.endObject() + "\n";
    }
}
