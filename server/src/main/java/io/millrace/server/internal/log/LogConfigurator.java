package io.millrace.server.internal.log;

import ch.qos.logback.classic.ClassicConstants;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.LayoutBase;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.slf4j.LoggerFactory;

/**
 * Logs to stderr: what Millrace says from INFO on, and what its libraries say from WARN on. Written in Java, because
 * reading the same from XML takes 300 classes more at every start. A file named by {@code logback.configurationFile} wins.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_HIGH_PRIORITY)
public final class LogConfigurator extends ContextAwareBase implements Configurator {
    private static final String STDERR = "stderr";

    /** Those that were set for parts. */
    private static Map<String, org.slf4j.event.Level> levels = Map.of();

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        if (System.getProperty(ClassicConstants.CONFIG_FILE_PROPERTY) != null) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        // What its driver has to say comes as an exception, too.
        context.getLogger("org.sqlite").setLevel(Level.OFF);
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
        apply(context, LogSettings.DEFAULT);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /** Logs like this from now on, unless a file says how. */
    public static void apply(LogSettings settings) {
        if (System.getProperty(ClassicConstants.CONFIG_FILE_PROPERTY) == null
                && LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            apply(context, settings);
        }
    }

    static synchronized void apply(LoggerContext context, LogSettings settings) {
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        Appender<ILoggingEvent> before = root.getAppender(STDERR);
        root.addAppender(stderr(context, settings));
        if (before != null) {
            root.detachAppender(before);
            before.stop();
        }
        levels.keySet().forEach(name -> context.getLogger(name).setLevel(null));
        levels = settings.levels();
        context.getLogger("io.millrace").setLevel(Level.convertAnSLF4JLevel(settings.level()));
        levels.forEach((name, level) -> context.getLogger(name).setLevel(Level.convertAnSLF4JLevel(level)));
    }

    private static Appender<ILoggingEvent> stderr(LoggerContext context, LogSettings settings) {
        LayoutBase<ILoggingEvent> layout =
                settings.format() == LogSettings.Format.JSON ? new JsonLayout() : new LineLayout();
        layout.setContext(context);
        layout.start();
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setContext(context);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setLayout(layout);
        encoder.start();
        StderrAppender stderr = new StderrAppender(settings.repeats());
        stderr.setContext(context);
        stderr.setName(STDERR);
        stderr.setTarget("System.err");
        stderr.setEncoder(encoder);
        stderr.start();
        return stderr;
    }
}
