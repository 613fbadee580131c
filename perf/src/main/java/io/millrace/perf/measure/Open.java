package io.millrace.perf.measure;

import io.millrace.perf.load.Pace;
import io.millrace.perf.load.Plan;
import io.millrace.perf.load.Run;
import io.millrace.perf.process.Millrace;
import io.millrace.perf.report.LoadReport;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A constant stream at half of peak, with dashboards that ask for everything. */
@Command(name = "open", description = "Open model at a given rate with dashboards polling; long ones are a soak.")
final class Open implements Callable<Integer> {
    private static final List<String> PANELS = List.of(
            "overview?period=today",
            "overview?period=30d",
            "realtime",
            "flow?period=7d",
            "affiliates?period=30d",
            "conversions?period=30d");

    @Mixin
    private Common common;

    @Option(
            names = "--rate",
            defaultValue = "20000",
            description = "Events a second, one per request. Default: ${DEFAULT-VALUE}")
    private double rate;

    @Option(
            names = "--budget",
            defaultValue = "60s",
            converter = io.millrace.perf.Durations.class,
            description = "How long. Default: ${DEFAULT-VALUE}")
    private Duration budget;

    @Option(
            names = "--viewers",
            defaultValue = "1",
            description = "Open dashboards, each asking for all panels every 5 s. Default: ${DEFAULT-VALUE}")
    private int viewers;

    @Option(names = "--connections", defaultValue = "128", description = "Default: ${DEFAULT-VALUE}")
    private int connections;

    @Option(names = "--name", defaultValue = "open", description = "The table's mark in the document.")
    private String name;

    @Option(names = "--sync", defaultValue = "normal", description = "As of serve. Default: ${DEFAULT-VALUE}")
    private String sync;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Millrace server = new Millrace(common.setup("--sync", sync));
        try {
            String key = server.readKey();
            server.start();
            String root = "/api/analytics/" + server.site() + "/";
            Plan plan = Plan.closed(server.port(), server.site(), connections, Duration.ofSeconds(10), budget)
                    .with()
                    .pace(Pace.constant(rate))
                    .server(server.pid(), server.data())
                    .dashboard(new Plan.Dashboard(
                            PANELS.stream().map(p -> root + p).toList(), key, Duration.ofSeconds(5), viewers))
                    .build();
            Run.Result result = Run.of(
                    plan,
                    s -> Common.say(
                            "%d s: %,d events/s, p99 %.1f ms, WAL %d MB, anonymous %d MB",
                            s.second(),
                            s.events(),
                            s.p99() / 1e3,
                            s.server().walBytes() >> 20,
                            s.server().serverAnonymousKb() >> 10));
            publish(result);
        } finally {
            server.delete();
        }
        return 0;
    }

    private void publish(Run.Result result) throws IOException, InterruptedException {
        StringBuilder content = new StringBuilder(Provenance.of("perf/measure open --rate " + (long) rate + " --budget "
                + budget.toSeconds() + "s --viewers " + viewers + " --sync " + sync));
        LoadReport report = new LoadReport(result);
        content.append("```\n").append(report.table()).append("```\n");
        int i = 0;
        for (var chart : report.charts()) {
            content.append(common.chart(name + "-" + ++i, "Chart " + i, chart.svg()));
        }
        common.publish(name, content.toString());
    }
}
