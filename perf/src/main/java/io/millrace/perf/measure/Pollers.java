package io.millrace.perf.measure;

import io.millrace.perf.load.Pace;
import io.millrace.perf.load.Plan;
import io.millrace.perf.load.Run;
import io.millrace.perf.process.Millrace;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Many open dashboards on many sites while events come in: what they wait for, and what they cost the events. */
@Command(
        name = "pollers",
        description =
                "Latency of dashboards polling all sites while events come in, and throughput without and with them"
                        + " in interleaved pairs.")
final class Pollers implements Callable<Integer> {
    private static final int CONNECTIONS = 64;
    private static final Duration WARM_UP = Duration.ofSeconds(5);

    @Mixin
    private Common common;

    @Option(names = "--sites", defaultValue = "10", description = "Default: ${DEFAULT-VALUE}")
    private int sites;

    @Option(
            names = "--viewers",
            defaultValue = "50",
            description = "Each asks for the overview of every site. Default: ${DEFAULT-VALUE}")
    private int viewers;

    @Option(
            names = "--every",
            defaultValue = "5s",
            converter = io.millrace.perf.Durations.class,
            description = "From one round of a viewer to the next. Default: ${DEFAULT-VALUE}")
    private Duration every;

    @Option(
            names = "--views",
            defaultValue = "1000000",
            description = "Page views stored before, on all sites together. Default: ${DEFAULT-VALUE}")
    private int views;

    @Option(names = "--rate", defaultValue = "10000", description = "Events a second. Default: ${DEFAULT-VALUE}")
    private double rate;

    @Option(names = "--pairs", defaultValue = "3", description = "Default: ${DEFAULT-VALUE}")
    private int pairs;

    @Option(
            names = "--budget",
            defaultValue = "20s",
            converter = io.millrace.perf.Durations.class,
            description = "Each measured stretch. Default: ${DEFAULT-VALUE}")
    private Duration budget;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Millrace server = new Millrace(common.setup());
        try {
            Plan.Dashboard dashboard = new Plan.Dashboard(fill(server), server.readKey(), every, viewers);
            server.start();
            Plan plan = Plan.closed(server.port(), server.site(), CONNECTIONS, WARM_UP, budget);
            common.publish("pollers", provenance() + waiting(plan, dashboard) + "\n" + cost(plan, dashboard));
        } finally {
            server.delete();
        }
        return 0;
    }

    private String provenance() throws IOException, InterruptedException {
        return Provenance.of("perf/measure pollers --sites " + sites + " --viewers " + viewers + " --every "
                + every.toSeconds() + "s --views " + views + " --rate " + (long) rate + " --pairs " + pairs
                + " --budget " + budget.toSeconds() + "s");
    }

    /** Gives each site its share of the past; returns the paths of their overviews. */
    private List<String> fill(Millrace server) throws IOException, InterruptedException {
        List<String> paths = new ArrayList<>();
        for (int i = 0; i < sites; i++) {
            String site = i == 0
                    ? server.site()
                    : Past.done(server.command("site", "add", "site" + i + ".example"))
                            .firstLine();
            Past.fill(server, site, i + 1, views / sites);
            paths.add("/api/analytics/" + site + "/overview?period=30d");
        }
        return paths;
    }

    private Table waiting(Plan plan, Plan.Dashboard dashboard) throws IOException {
        Run.Result result = Run.of(
                plan.with().pace(Pace.constant(rate)).dashboard(dashboard).build(), second -> {});
        Table table = new Table(
                "viewers",
                "overviews/s",
                "answers",
                "p50, ms",
                "p99, ms",
                "max, ms",
                "events/s meanwhile",
                "p99 of the events, ms");
        Run.DashboardResult seen = result.dashboard();
        double seconds = budget.toMillis() / 1e3;
        table.row(
                Table.whole(viewers),
                Table.whole(seen.latency().getTotalCount() / seconds),
                seen.statuses() + (seen.failures() == 0 ? "" : ", " + seen.failures() + " failures"),
                Table.fixed(seen.latency().getValueAtPercentile(50) / 1e3, 1),
                Table.fixed(seen.latency().getValueAtPercentile(99) / 1e3, 1),
                Table.fixed(seen.latency().getMaxValue() / 1e3, 1),
                Table.whole(result.load().eventsPerSecond()),
                Table.fixed(result.load().millis(99), 1));
        return table;
    }

    private Table cost(Plan plan, Plan.Dashboard dashboard) throws IOException {
        List<Double> alone = new ArrayList<>();
        List<Double> watched = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < pairs; i++) {
            alone.add(peak(plan.with().run(plan.run() + 2L * i + 1).build()));
            watched.add(peak(plan.with()
                    .run(plan.run() + 2L * i + 2)
                    .dashboard(dashboard)
                    .build()));
            ratios.add(watched.get(i) / alone.get(i));
            Common.say("pair %d: %,.0f and %,.0f events/s", i + 1, alone.get(i), watched.get(i));
        }
        Table table = new Table("pairs", "events/s alone", "with the viewers", "ratio");
        table.row(
                Table.whole(pairs),
                Table.whole(Median.of(alone)),
                Table.whole(Median.of(watched)),
                Table.fixed(Median.of(ratios), 2));
        return table;
    }

    private static double peak(Plan plan) throws IOException {
        return Run.of(plan, second -> {}).load().eventsPerSecond();
    }
}
