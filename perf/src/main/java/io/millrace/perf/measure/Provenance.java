package io.millrace.perf.measure;

import io.millrace.perf.process.ServerUnderTest;
import io.millrace.perf.report.Machine;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** The line beside every table: which command measured which commit where. */
final class Provenance {
    private Provenance() {}

    static String of(String command) throws IOException, InterruptedException {
        return "`" + command + "`, " + LocalDate.now(ZoneOffset.UTC) + ", commit " + commit() + ", " + Machine.here()
                + ".\n\n";
    }

    private static String commit() throws InterruptedException {
        try {
            return ServerUnderTest.run(List.of("git", "describe", "--always", "--dirty"))
                    .firstLine();
        } catch (IOException noGit) {
            return "unknown";
        }
    }
}
