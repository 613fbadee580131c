package io.millrace.perf.measure;

import io.millrace.perf.Complaints;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The program behind {@code perf/measure}. */
@Command(
        name = "perf/measure",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        usageHelpWidth = 110,
        description = "Measures what docs/performance.md says. Needs a quiet machine.",
        footer = {"", "Exit codes: 0 done, 1 failed or not as wanted, 2 usage."},
        subcommands = {
            Measure.All.class,
            Jmh.class,
            WriterTables.class,
            Pairs.class,
            Open.class,
            Stories.class,
            Panels.class,
            Questions.class,
            Pollers.class,
            Prune.class,
            Start.class,
            Growth.class,
            Front.class,
            Crowded.class,
            Gate.class,
            Hostile.class
        })
public final class Measure {
    private static final Set<String> MAY_BE_ZERO = Set.of("--large", "--idle", "--slow", "--seed", "--clicks");

    private Measure() {}

    public static void main(String[] args) {
        System.exit(run(new PrintWriter(System.err, true, StandardCharsets.UTF_8), args));
    }

    /** Runs a command line; what is wrong with it is told on {@code err}, in a line. Returns the exit code. */
    static int run(PrintWriter err, String... args) {
        return commandLine()
                .setErr(err)
                .setParameterExceptionHandler(Complaints::usage)
                .setExecutionExceptionHandler(Complaints::failed)
                .setExecutionStrategy(Measure::checked)
                .execute(args);
    }

    static CommandLine commandLine() {
        return new CommandLine(new Measure());
    }

    private static int checked(ParseResult parsed) {
        for (ParseResult each = parsed; each != null; each = each.subcommand()) {
            for (OptionSpec option : each.matchedOptions()) {
                check(each.commandSpec().commandLine(), option, option.getValue());
            }
        }
        return new RunLast().execute(parsed);
    }

    /** Numbers of pairs, seconds, rows: there must be some. */
    private static void check(CommandLine command, OptionSpec option, Object value) {
        if (value instanceof Collection<?> list) {
            list.forEach(each -> check(command, option, each));
        } else if (value instanceof Number number) {
            double n = number.doubleValue();
            if (n < 0 || n == 0 && !MAY_BE_ZERO.contains(option.longestName()) || !Double.isFinite(n)) {
                throw new ParameterException(command, option.longestName() + ": must be more than 0, not " + value);
            }
        }
    }

    /** Every table of the document anew. */
    @Command(name = "all", description = "Writes every table of docs/performance.md anew, which takes about an hour.")
    static final class All implements Callable<Integer> {
        private static final String DOCUMENT = "docs/performance.md";
        private static final List<String> TABLES = List.of(
                "jmh",
                "writer",
                "pairs",
                "open --rate 12000",
                "stories",
                "dashboard",
                "questions",
                "pollers",
                "prune",
                "start",
                "growth",
                "http",
                "crowd");

        @Spec
        private CommandSpec spec;

        /** Ends with the first that fails. */
        @Override
        public Integer call() {
            PrintWriter err = spec.commandLine().getErr();
            for (String table : TABLES) {
                err.println("== " + table);
                int code = run(err, (table + " --into " + DOCUMENT).split(" "));
                if (code != 0) {
                    return code;
                }
            }
            return 0;
        }
    }
}
