package io.millrace.perf;

import io.millrace.perf.load.Plan;
import io.millrace.perf.load.Run;
import io.millrace.perf.load.Summary;
import io.millrace.perf.net.Endpoint;
import io.millrace.perf.report.LoadReport;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code millrace load}: a load generator for any collector, the audit of this one, and attacks on it. */
@Command(
        name = "millrace load",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpWidth = 110,
        description = {
            "Sends believable page views to an analytics server and measures its answers.",
            "Without --rate: the closed model, one request under way on each connection. With --rate: the open model,",
            "requests leave when the plan says, and latency counts from that moment, so stalls are seen.",
            ""
        },
        footer = {"", "Exit codes: 0 as expected, 1 not, 2 usage."})
public final class Load implements Callable<Integer> {
    private static final long MOST_BYTES = 384L << 20;
    private static final Set<String> FOR_AUDIT = Set.of("--seed", "--connections", "--batch");
    private static final Set<String> FOR_HOSTILE = Set.of("--seed");

    @Mixin
    private ServerOptions server;

    @Mixin
    private TrafficOptions traffic;

    @Mixin
    private PaceOptions pace;

    @Mixin
    private DashboardOptions dashboard;

    @Mixin
    private ReportOptions reported;

    @ArgGroup(
            exclusive = false,
            heading = "%nAudit: starts the server itself, on a directory of its own, and kills it.%n")
    private AuditOptions audit;

    @ArgGroup(
            exclusive = false,
            heading = "%nHostile: starts a server itself, on a directory of its own, and attacks it.%n")
    private HostileOptions hostile;

    @Spec
    private CommandSpec spec;

    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.setOut(out);
        System.exit(run(new PrintWriter(System.err, true, StandardCharsets.UTF_8), args));
    }

    /** Runs a command line; what is wrong with it is told on {@code err}, in a line. Returns the exit code. */
    static int run(PrintWriter err, String... args) {
        return new CommandLine(new Load())
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Complaints::usage)
                .setExecutionExceptionHandler(Complaints::failed)
                .execute(args);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try {
            if (audit != null || hostile != null) {
                return itself();
            }
            Plan plan = plan();
            return report(Run.of(plan, System.console() == null ? second -> {} : Load::progress));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private int itself() throws IOException, InterruptedException {
        Check.that(audit == null || hostile == null, "--hostile", "not together with --audit");
        refuseOthers(audit != null ? FOR_AUDIT : FOR_HOSTILE);
        if (audit == null) {
            return hostile.run(traffic.seed());
        }
        Check.within("--connections", pace.connections(), 1, 10_000);
        Check.within("--batch", traffic.batch(), 1, 500);
        return audit.run(traffic.seed(), pace.connections(), traffic.batch());
    }

    /** An option that would do nothing is a mistake. */
    private void refuseOthers(Set<String> allowed) {
        spec.commandLine().getParseResult().matchedOptions().stream()
                .filter(option -> option.group() == null)
                .map(OptionSpec::longestName)
                .forEach(name -> Check.that(
                        allowed.contains(name), name, "is not for --" + (audit != null ? "audit" : "hostile")));
    }

    private Plan plan() {
        server.check();
        traffic.check();
        pace.check();
        dashboard.check(traffic.format());
        reported.check(dashboard.isOpen());
        Endpoint endpoint = server.endpoint();
        Plan.Builder plan = Plan.to(endpoint, traffic.site());
        server.into(plan, endpoint);
        traffic.into(plan);
        pace.into(plan);
        dashboard.into(plan, traffic.site());
        reported.into(plan);
        Plan made = plan.build();
        long bytes = Run.capacity(made) * made.connections();
        Check.that(
                bytes <= MOST_BYTES,
                "--batch",
                "with so many --connections, requests take " + (bytes >> 20) + " MB; at most " + (MOST_BYTES >> 20));
        return made;
    }

    private int report(Run.Result result) throws IOException {
        if (System.console() != null) {
            System.err.print("\r\033[K");
        }
        LoadReport report = new LoadReport(result, reported.expectations());
        System.out.print(report.table());
        reported.write(report);
        if (result.gaveUp() != null) {
            spec.commandLine().getErr().println("millrace load: " + result.gaveUp());
        }
        return report.asExpected() ? 0 : 1;
    }

    private static void progress(Summary.Second second) {
        System.err.printf(
                Locale.ROOT,
                "\r\033[K%4d s  %,8d events/s  p50 %.1f ms  p99 %.1f ms  refused %,d",
                second.second() + 1,
                second.events(),
                second.p50() / 1e3,
                second.p99() / 1e3,
                second.refused());
    }
}
