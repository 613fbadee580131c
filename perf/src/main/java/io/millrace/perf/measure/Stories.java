package io.millrace.perf.measure;

import io.millrace.perf.load.Plan;
import io.millrace.perf.load.Run;
import io.millrace.perf.load.Summary;
import io.millrace.perf.process.Millrace;
import io.millrace.perf.process.ServerUnderTest;
import io.millrace.perf.report.Chart;
import io.millrace.perf.stories.StoryServer;
import io.millrace.perf.stories.Variant;
import io.millrace.perf.traffic.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The table that the stories estimate, measured: five ways of writing at 1 to 500 connections. */
@Command(
        name = "stories",
        description = "The stories' ways of writing and this engine, at several numbers of connections.")
final class Stories implements Callable<Integer> {
    @Mixin
    private Common common;

    @Option(names = "--seconds", defaultValue = "5", description = "Measured, for each cell.")
    private int seconds;

    @Option(
            names = "--connections",
            split = ",",
            defaultValue = "1,10,50,100,500",
            description = "Default: ${DEFAULT-VALUE}")
    private List<Integer> connections;

    private final Map<String, List<Summary>> measured = new LinkedHashMap<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        for (Variant variant : Variant.values()) {
            story(variant);
        }
        engine("this engine, committed, sync normal");
        engine("this engine, committed, sync full", "--sync", "full");
        String content = Provenance.of("perf/measure stories")
                + table()
                + common.chart(
                        "stories-throughput", "Throughput", chart("Throughput", "events/s", Summary::eventsPerSecond))
                + common.chart("stories-p99", "Latency", chart("Ack latency, p99", "ms", s -> s.millis(99)));
        common.publish("stories", content);
        return 0;
    }

    private void story(Variant variant) throws IOException {
        Path work = Files.createTempDirectory("story");
        try (ServerUnderTest server = ServerUnderTest.of(
                StoryServer.class,
                work.resolve("log"),
                "PORT",
                variant.name(),
                work.resolve("db").toString())) {
            server.start();
            measure(variant.title(), server.port(), "1", Format.Name.STORY);
        }
        try (Stream<Path> files = Files.list(work)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(work);
    }

    private void engine(String title, String... serve) throws IOException, InterruptedException {
        Millrace server = new Millrace(common.setup(serve));
        try {
            server.start();
            measure(title, server.port(), server.site(), Format.Name.MILLRACE);
        } finally {
            server.delete();
        }
    }

    private void measure(String title, int port, String site, Format.Name format) throws IOException {
        List<Summary> row = new ArrayList<>();
        for (int n : connections) {
            Duration warmUp = Duration.ofSeconds(row.isEmpty() ? 5 : 1);
            Plan plan = Plan.closed(port, site, n, warmUp, Duration.ofSeconds(seconds))
                    .with()
                    .format(format)
                    .run(n)
                    .build();
            Summary summary = Run.of(plan, second -> {}).load();
            Common.say(
                    "%s, %d connections: %,.0f events/s, p99 %.1f ms",
                    title, n, summary.eventsPerSecond(), summary.millis(99));
            row.add(summary);
        }
        measured.put(title, row);
    }

    private String table() {
        List<String> columns = new ArrayList<>(List.of("events/s (p50 / p99 in ms) at connections"));
        connections.forEach(n -> columns.add(n.toString()));
        Table table = new Table(columns.toArray(String[]::new));
        measured.forEach((title, row) -> {
            List<String> cells = new ArrayList<>(List.of(title));
            row.forEach(s -> cells.add(Table.whole(s.eventsPerSecond()) + " (" + Table.fixed(s.millis(50), 1) + " / "
                    + Table.fixed(s.millis(99), 1) + ")"));
            table.row(cells.toArray(String[]::new));
        });
        return table.toString();
    }

    private String chart(String title, String unit, java.util.function.ToDoubleFunction<Summary> value) {
        double[] xs = connections.stream().mapToDouble(Math::log10).toArray();
        String[] labels = connections.stream().map(String::valueOf).toArray(String[]::new);
        Chart chart = new Chart(title, "connections", unit)
                .logarithmic()
                .xTicks(xs, labels)
                .legendBelow();
        measured.forEach((name, row) ->
                chart.line(name, xs, row.stream().mapToDouble(value).toArray()));
        return chart.svg();
    }
}
