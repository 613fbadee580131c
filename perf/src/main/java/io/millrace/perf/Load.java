package io.millrace.perf;

import io.millrace.perf.load.Pace;
import io.millrace.perf.load.Plan;
import io.millrace.perf.load.Run;
import io.millrace.perf.load.Tally;
import io.millrace.perf.report.LoadReport;
import io.millrace.perf.traffic.Format;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code millrace load}: a load generator for any collector, and the audit of this one. */
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
        })
public final class Load implements Callable<Integer> {

    @Option(
            names = "--url",
            defaultValue = "http://127.0.0.1:8080",
            description = "The server. Default: ${DEFAULT-VALUE}")
    private URI url;

    @Option(
            names = "--site",
            defaultValue = "1",
            description = "The site as the format names it: number, domain or UUID. Default: ${DEFAULT-VALUE}")
    private String site;

    @Option(
            names = "--domain",
            defaultValue = "example.com",
            description = "Host name in the pages' addresses. Default: ${DEFAULT-VALUE}")
    private String domain;

    @Option(
            names = "--format",
            defaultValue = "MILLRACE",
            description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
    private Format.Name format;

    @Option(names = "--path", description = "Where to post to; default: the format's own.")
    private String path;

    @Option(names = "--header", description = "A header line for every request, such as 'X-Token: abc'.")
    private List<String> headers = List.of();

    @Option(names = "--connections", defaultValue = "64", description = "Default: ${DEFAULT-VALUE}")
    private int connections;

    @Option(
            names = "--rate",
            split = ",",
            description = "Open model: requests a second; several, as 1000,5000, are steps of equal length.")
    private List<Double> rates;

    @Option(
            names = "--day",
            converter = Durations.class,
            description = "Open model: let the rate swing like a day of this length.")
    private Duration day = Duration.ZERO;

    @Option(names = "--burst", description = "Open model: bursts as FACTORxLENGTH/EVERY, such as 5x2s/20s.")
    private String burst;

    @Option(
            names = "--batch",
            defaultValue = "1",
            description = "Events a request; more than 1 sends arrays. Default: ${DEFAULT-VALUE}")
    private int batch;

    @Option(
            names = "--heartbeats",
            defaultValue = "0.1",
            description = "Share of heartbeats among the events. Default: ${DEFAULT-VALUE}")
    private double heartbeats;

    @Option(
            names = "--duration",
            converter = Durations.class,
            description = "How long to measure. Default: 30s, or until --count.")
    private Duration duration;

    @Option(names = "--count", description = "At most so many requests.")
    private long count = Long.MAX_VALUE;

    @Option(
            names = "--warmup",
            defaultValue = "5s",
            converter = Durations.class,
            description = "Sent first, not measured. Default: ${DEFAULT-VALUE}")
    private Duration warmUp;

    @Option(names = "--seed", defaultValue = "1", description = "The traffic's shape. Default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(
            names = "--run",
            description = "The ids; the same seed and run send the same ids again. Default: the clock.")
    private long run = System.currentTimeMillis();

    @Option(
            names = "--poll",
            converter = Durations.class,
            description = "Ask for the dashboard every so often meanwhile.")
    private Duration poll;

    @Option(names = "--poll-path", description = "What to ask for; default: the overview of --site over 7 days.")
    private List<String> pollPaths = List.of();

    @Option(
            names = "--viewers",
            defaultValue = "1",
            description = "How many dashboards are open. Default: ${DEFAULT-VALUE}")
    private int viewers;

    @Option(names = "--key", description = "Bearer key of the dashboard.")
    private String key;

    @Option(names = "--pid", description = "The server's process, to measure its processor time and memory.")
    private long pid;

    @Option(names = "--data", description = "The server's data directory, to measure its files.")
    private Path data;

    @Option(names = "--json", description = "Write the result as JSON to this file.")
    private Path json;

    @Option(names = "--html", description = "Write the result as a page with charts to this file.")
    private Path html;

    @ArgGroup(
            exclusive = false,
            heading = "%nAudit: starts the server itself, on a directory of its own, and kills it.%n")
    private AuditOptions audit;

    @ArgGroup(
            exclusive = false,
            heading = "%nHostile: starts a server itself, on a directory of its own, and attacks it.%n")
    private HostileOptions hostile;

    public static void main(String[] args) {
        System.exit(new CommandLine(new Load())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (audit != null) {
            return audit.run(seed, connections, batch);
        }
        if (hostile != null) {
            return hostile.run(seed);
        }
        Run.Result result = Run.of(plan(), System.console() == null ? second -> {} : Load::progress);
        if (System.console() != null) {
            System.err.print("\r\033[K");
        }
        LoadReport report = new LoadReport(result);
        System.out.print(report.table());
        write(json, report.json());
        write(html, report.html());
        return result.load().events() > 0 ? 0 : 1;
    }

    private Plan plan() {
        Duration measured =
                duration != null ? duration : count < Long.MAX_VALUE ? Duration.ofDays(1) : Duration.ofSeconds(30);
        Duration notMeasured = count < Long.MAX_VALUE ? Duration.ZERO : warmUp;
        int port = url.getPort() > 0 ? url.getPort() : 80;
        return new Plan(
                url.getHost(),
                port,
                format,
                site,
                domain,
                path,
                headerLines(),
                batch,
                connections,
                rates == null ? null : pace(notMeasured.plus(measured)),
                notMeasured,
                measured,
                count,
                heartbeats,
                seed,
                run,
                dashboard(),
                pid,
                data);
    }

    private String headerLines() {
        return headers.isEmpty() ? "" : String.join("\r\n", headers) + "\r\n";
    }

    private Pace pace(Duration length) {
        if (burst == null) {
            return new Pace(rates, length.toNanos(), day.toNanos(), 1, 0, 0);
        }
        String[] parts = burst.split("[x/]");
        Durations durations = new Durations();
        return new Pace(
                rates,
                length.toNanos(),
                day.toNanos(),
                Double.parseDouble(parts[0]),
                durations.convert(parts[1]).toNanos(),
                durations.convert(parts[2]).toNanos());
    }

    private Plan.Dashboard dashboard() {
        if (poll == null) {
            return null;
        }
        List<String> paths =
                pollPaths.isEmpty() ? List.of("/api/analytics/" + site + "/overview?period=7d") : pollPaths;
        return new Plan.Dashboard(paths, key, poll, viewers);
    }

    private static void progress(Tally.Second second) {
        System.err.printf(
                "\r\033[K%4d s  %,8d events/s  p50 %.1f ms  p99 %.1f ms  refused %,d",
                second.second() + 1, second.events(), second.p50() / 1e3, second.p99() / 1e3, second.refused());
    }

    private static void write(Path file, String text) throws IOException {
        if (file != null) {
            Files.writeString(file, text);
        }
    }
}
