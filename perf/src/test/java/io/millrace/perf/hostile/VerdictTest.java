package io.millrace.perf.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.perf.hostile.bystander.Window;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private final Verdict verdict = new Verdict();

    @Test
    void forgivesOneFailureInAThousandAndNotTwo() {
        verdict.failing("beacons", seen(1_000, 1, 0));
        assertThat(verdict.problems()).isEmpty();
        verdict.failing("beacons", seen(1_000, 2, 0));
        assertThat(verdict.problems()).containsExactly("beacons: 2 of 1002 failed");
    }

    @Test
    void findsWaitingAndIsMorePatientWithLogIns() {
        verdict.waiting("beacons", seen(1, 0, 251), 250);
        verdict.waiting("owner", seen(1, 0, 1_999), 250);
        assertThat(verdict.problems()).containsExactly("beacons: p99 of 251 ms");
    }

    @Test
    void quotesTheWorstOfALog() {
        String log = """
                12:00 INFO  main Started
                12:01 WARN  http A task failed
                java.io.IOException: Too many open files
                Terminating due to java.lang.OutOfMemoryError: Java heap space
                """;
        assertThat(Verdict.complaint(log)).isEqualTo("Terminating due to java.lang.OutOfMemoryError: Java heap space");
        assertThat(Verdict.complaint("12:01 WARN  http A task failed\njava.io.IOException: Too many open files\n"))
                .isEqualTo("12:01 WARN  http A task failed java.io.IOException: Too many open files");
        assertThat(Verdict.complaint("12:00 INFO  main Started\n")).isEmpty();
    }

    private static Window.Seen seen(long answered, long failed, double p99) {
        return new Window.Seen(answered, failed, 0, p99, p99);
    }
}
