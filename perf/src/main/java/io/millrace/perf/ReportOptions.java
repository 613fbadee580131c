package io.millrace.perf;

import io.millrace.perf.load.Plan;
import io.millrace.perf.report.Expectation;
import io.millrace.perf.report.LoadReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** What is measured beside the answers, what is expected, and where the result goes. */
final class ReportOptions {
    @Option(
            names = "--expect",
            paramLabel = "WHAT",
            description =
                    "Such as 'p99<20ms' or 'ok>99.9%%'; may be repeated. Exit code 1 when it comes otherwise. Without"
                            + " one of ok, every request must be acknowledged.")
    private List<String> expected = List.of();

    @Option(names = "--pid", description = "The server's process, to measure its processor time and memory.")
    private long pid;

    @Option(names = "--data", description = "The server's data directory, to measure its files.")
    private Path data;

    @Option(names = "--json", description = "Write the result as JSON to this file.")
    private Path json;

    @Option(names = "--html", description = "Write the result as a page with charts to this file.")
    private Path html;

    void check(boolean dashboard) {
        for (Expectation expectation : expectations()) {
            Check.that(dashboard || !expectation.ofDashboard(), "--expect", "of the dashboard it needs --poll");
        }
        Check.within("--pid", pid, 0, Integer.MAX_VALUE);
        Check.that(pid == 0 || ProcessHandle.of(pid).isPresent(), "--pid", "there is no process " + pid);
        Check.that(data == null || Files.isDirectory(data), "--data", "no directory: " + data);
        writable("--json", json);
        writable("--html", html);
        Check.that(json == null || !json.equals(html), "--html", "the same file as --json");
    }

    private static void writable(String option, Path file) {
        if (file != null) {
            Path directory = file.toAbsolutePath().getParent();
            Check.that(
                    directory != null && Files.isWritable(directory) && !Files.isDirectory(file),
                    option,
                    "cannot be written: " + file);
        }
    }

    List<Expectation> expectations() {
        List<Expectation> all = new ArrayList<>();
        for (String text : expected) {
            try {
                all.add(Expectation.of(text));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("--expect: " + e.getMessage(), e);
            }
        }
        if (all.stream().noneMatch(Expectation::ofAcknowledged)) {
            all.add(Expectation.ALL_OK);
        }
        return all;
    }

    void into(Plan.Builder plan) {
        plan.server(pid, data);
    }

    void write(LoadReport report) throws IOException {
        write(json, report.json());
        write(html, report.html());
    }

    private static void write(Path file, String text) throws IOException {
        if (file != null) {
            Files.writeString(file, text);
        }
    }
}
