package io.millrace.server.internal.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator.ExecutionStatus;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import io.millrace.server.internal.log.LogSettings.Format;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class LogConfiguratorTest {
    private final PrintStream stderr = System.err;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final LoggerContext context = new LoggerContext();

    @BeforeEach
    void capture() {
        System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
        context.setMDCAdapter(new LogbackMDCAdapter());
    }

    @AfterEach
    void restore() {
        context.stop();
        System.setErr(stderr);
        System.clearProperty("logback.configurationFile");
    }

    private String[] lines() {
        return written.toString(StandardCharsets.UTF_8).split("\\R");
    }

    @Test
    void writesALineForWhatMillraceSaysAndForWarningsOfLibraries() {
        assertThat(new LogConfigurator().configure(context)).isEqualTo(ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY);
        context.getLogger("io.millrace.engine.Engine").info("café");
        context.getLogger("io.millrace.engine.Engine").debug("not this");
        context.getLogger("io.netty.Channel").info("nor this");
        context.getLogger("io.netty.Channel").warn("but this");
        context.getLogger("org.sqlite.Driver").error("comes as an exception");
        assertThat(lines()).hasSize(2);
        assertThat(lines()[0])
                .matches(
                        "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}(Z|[+-]\\d\\d:\\d\\d) INFO  \\S+ Engine: café");
        assertThat(lines()[1]).endsWith(" WARN  " + Thread.currentThread().getName() + " Channel: but this");
    }

    @Test
    void beginsAnExceptionWithItsCauseAndKeepsItShort() {
        new LogConfigurator().configure(context);
        context.getLogger("io.millrace.X")
                .warn("failed", new IllegalStateException("outer", new RuntimeException("cause")));
        assertThat(lines()[1]).isEqualTo("java.lang.RuntimeException: cause");
        assertThat(lines()).hasSizeLessThan(20);
    }

    @Test
    void writesObjectsWhenAskedTo() {
        new LogConfigurator().configure(context);
        LogConfigurator.apply(
                context, new LogSettings(Format.JSON, Level.WARN, Map.of("io.millrace.X", Level.DEBUG), 0));
        context.getLogger("io.millrace.Y").info("not this");
        context.getLogger("io.millrace.X").debug("a \"word\"");
        context.getLogger("io.millrace.X").warn("failed", new IllegalStateException("outer"));

        assertThat(lines()).hasSize(2);
        assertThat(lines()[0])
                .startsWith("{\"time\":\"20")
                .endsWith(",\"logger\":\"io.millrace.X\",\"message\":\"a \\\"word\\\"\"}");
        assertThat(lines()[1]).contains("\"exception\":\"java.lang.IllegalStateException: outer\\n");

        LogConfigurator.apply(context, LogSettings.DEFAULT);
        context.getLogger("io.millrace.X").debug("no more");
        assertThat(lines()).hasSize(2);
    }

    @Test
    void leavesOutWhatRepeatsItself() {
        LogConfigurator.apply(context, new LogSettings(Format.TEXT, Level.INFO, Map.of(), 3));
        for (int i = 0; i < 1_000; i++) {
            context.getLogger("io.millrace.X").warn("the {}th", i);
            context.getLogger("io.millrace.http.access").info("{}");
        }
        context.getLogger("io.millrace.X").warn("another");

        assertThat(lines()).filteredOn(line -> line.contains("WARN")).hasSize(5);
        assertThat(lines()).filteredOn(line -> line.contains("left out until")).hasSize(1);
        assertThat(lines()).filteredOn(line -> line.contains(" access: ")).hasSize(1_000);
    }

    @Test
    void leavesItToAFileThatTheOperatorNames() {
        System.setProperty("logback.configurationFile", "mine.xml");
        assertThat(new LogConfigurator().configure(context)).isEqualTo(ExecutionStatus.INVOKE_NEXT_IF_ANY);
    }
}
