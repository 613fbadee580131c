package io.millrace.perf.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.millrace.perf.process.Millrace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Short attacks that a server must stand on any machine; the long ones are a command. */
class TrialTest {
    private static final Path JAR =
            Path.of("../server/target/millrace/millrace.jar").toAbsolutePath().normalize();

    @Test
    @Timeout(180)
    void standsPagesThatDoNotExistAndHandshakesThatDoNotEnd() throws Exception {
        assumeThat(JAR)
                .as("the server is packaged before this runs, as in `mvnw verify`")
                .exists();
        Trials.Options options = new Trials.Options(Duration.ofSeconds(2), 0.25, 1_024, 10_000, 2_000, false, 1);
        StringBuilder told = new StringBuilder();
        Trials.Results results = Trials.run(List.of("pages", "hellos"), Millrace.Setup.of(JAR), options, told::append);
        assertThat(results.stood()).as(told.toString()).isTrue();
        assertThat(told).contains("STOOD").doesNotContain("FELL").containsPattern("pages: .*\\n.*404=\\d+");
        assertThat(results.table()).contains("| `pages` |", "| `hellos` (TLS) |");
    }
}
