package io.millrace.perf.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.millrace.perf.process.Millrace;
import io.millrace.perf.process.ServerUnderTest.Signal;
import java.nio.file.Path;
import java.time.Duration;
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
        audit(4, 32, 1, Duration.ZERO);
    }

    /** Longer than two attempts at the default time-out of 5 s, and than a request waits: 12 s. */
    @Test
    @Timeout(180)
    void answersEverybodyAndLosesNothingWhileAnotherProgramHoldsTheWriteLock() throws Exception {
        assertThat(audit(0, 32, 20, Duration.ofSeconds(12)))
                .contains("write lock held by another program for 12 s")
                .contains("503=")
                .containsPattern("requests without an answer +0");
    }

    private static String audit(int kills, int connections, int batch, Duration lock) throws Exception {
        assumeThat(JAR)
                .as("the server is packaged before this runs, as in `mvnw verify`")
                .exists();
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Millrace server = new Millrace(Millrace.Setup.of(JAR));
        try {
            Audit.Options options = new Audit.Options(
                    kills, List.of(Signal.KILL, Signal.TERM, Signal.STOP), connections, batch, seed, lock);
            Audit.Result result = Audit.of(server, options, line -> {});
            assertThat(result.clean()).as(result.text()).isTrue();
            return result.text();
        } finally {
            server.delete();
        }
    }
}
