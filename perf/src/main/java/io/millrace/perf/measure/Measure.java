package io.millrace.perf.measure;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program behind {@code perf/measure}. */
@Command(
        name = "perf/measure",
        mixinStandardHelpOptions = true,
        description = "Measures what docs/performance.md says. Needs a quiet machine.",
        subcommands = {
            Jmh.class,
            WriterTables.class,
            Pairs.class,
            Open.class,
            Stories.class,
            Panels.class,
            Pollers.class,
            Prune.class,
            Start.class,
            Growth.class,
            Front.class,
            Crowded.class,
            Gate.class
        })
public final class Measure {
    private Measure() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new Measure()).execute(args));
    }
}
