package io.millrace.perf.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.millrace.perf.process.Millrace;
import io.millrace.perf.process.ServerProcess.Signal;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A short run of the audit; the long ones are a command, because a few kills prove little. */
class AuditTest {
    private static final Path JAR =
            Path.of("../server/target/millrace/millrace.jar").toAbsolutePath().normalize();

    @Test
    @Timeout(180)
    void losesAndDoublesNothingWhenTheServerIsKilled() throws Exception {
        assumeThat(JAR)
                .as("the server is packaged before this runs, as in `mvnw verify`")
                .exists();
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Millrace server = new Millrace(Millrace.Setup.of(JAR));
        try {
            Audit.Options options = new Audit.Options(4, List.of(Signal.KILL, Signal.TERM, Signal.STOP), 32, 1, seed);
            Audit.Result result = Audit.of(server, options, line -> {});
            assertThat(result.clean()).as(result.text()).isTrue();
        } finally {
            server.delete();
        }
    }
}
