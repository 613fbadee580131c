package io.millrace.perf.measure;

import io.millrace.perf.load.Meter;
import io.millrace.perf.load.Pace;
import io.millrace.perf.load.Plan;
import io.millrace.perf.load.Probe;
import io.millrace.perf.load.Run;
import io.millrace.perf.process.Millrace;
import io.millrace.perf.process.ServerUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How soon a server answers, and how much memory it takes, by JDK and options. */
@Command(
        name = "start",
        description = "Start to first 202, and anonymous memory idle and at 10,000 events/s, by JDK and JVM options.")
final class Start implements Callable<Integer> {
    private static final List<String> HEAP =
            List.of("-Xms240m", "-Xmx576m", "-XX:MetaspaceSize=64m", "-XX:MaxDirectMemorySize=64m");

    private static final String SHORT = "-XX:MaxGCPauseMillis=10";

    @Mixin
    private Common common;

    @Option(names = "--jdk", description = "JDK directories. Default: this program's.")
    private List<Path> jdks = List.of(Path.of(System.getProperty("java.home")));

    @Option(
            names = "--starts",
            defaultValue = "5",
            description = "Starts of which the median counts. Default: ${DEFAULT-VALUE}")
    private int starts;

    @Option(
            names = "--load",
            defaultValue = "20s",
            converter = io.millrace.perf.Durations.class,
            description = "How long 10,000 events/s are sent. Default: ${DEFAULT-VALUE}")
    private Duration load;

    private record Variant(String title, int fromJdk, List<String> options, boolean archive) {}

    private static final List<Variant> VARIANTS = List.of(
            new Variant("G1", 17, with("-XX:+UseG1GC", SHORT), false),
            new Variant("G1, class archive", 17, with("-XX:+UseG1GC", SHORT), true),
            new Variant("G1, class archive, C1 only", 17, with("-XX:+UseG1GC", SHORT, "-XX:TieredStopAtLevel=1"), true),
            new Variant(
                    "G1, class archive, compact headers",
                    25,
                    with("-XX:+UseG1GC", SHORT, "-XX:+UseCompactObjectHeaders"),
                    true),
            new Variant("Serial, class archive", 17, with("-XX:+UseSerialGC"), true),
            new Variant(
                    "Serial, class archive, young generation of 32 MB", 17, with("-XX:+UseSerialGC", "-Xmn32m"), true),
            new Variant("Parallel, class archive", 17, with("-XX:+UseParallelGC"), true),
            new Variant("ZGC, class archive", 25, with("-XX:+UseZGC"), true));

    private static List<String> with(String... options) {
        return Stream.concat(HEAP.stream(), Stream.of(options)).toList();
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Table table = new Table(
                "JDK, options",
                "start to first 202, ms",
                "idle, MB",
                "at 10,000/s, MB",
                "p99 at 10,000/s, ms",
                "CPU a request, µs");
        for (Path jdk : jdks) {
            int feature = feature(jdk);
            for (Variant variant : VARIANTS) {
                if (feature >= variant.fromJdk()) {
                    measure(table, jdk, feature, variant);
                }
            }
        }
        common.publish("start", Provenance.of("perf/measure start") + table);
        return 0;
    }

    private static int feature(Path jdk) throws IOException {
        try (Stream<String> lines = Files.lines(jdk.resolve("release"))) {
            return lines.filter(line -> line.startsWith("JAVA_VERSION="))
                    .map(line -> line.replaceAll("\\D+(\\d+).*", "$1"))
                    .mapToInt(Integer::parseInt)
                    .findFirst()
                    .orElse(17);
        }
    }

    private void measure(Table table, Path jdk, int feature, Variant variant) throws IOException, InterruptedException {
        Path archive = Files.createTempDirectory("archive").resolve("millrace.archive");
        List<String> options = new ArrayList<>(variant.options());
        if (variant.archive()) {
            options.add(feature >= 25 ? "-XX:AOTCacheOutput=" + archive : "-XX:ArchiveClassesAtExit=" + archive);
            train(common.setup().withJava(jdk).withJvm(options));
            options.set(
                    options.size() - 1, feature >= 25 ? "-XX:AOTCache=" + archive : "-XX:SharedArchiveFile=" + archive);
        }
        Millrace.Setup setup = common.setup().withJava(jdk).withJvm(options);
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < starts; i++) {
            millis.add(start(setup));
        }
        String title = "JDK " + feature + ", " + variant.title();
        Common.say("%s: %.0f ms", title, Median.of(millis));
        memory(table, title, setup, Median.of(millis));
        Files.deleteIfExists(archive);
        Files.delete(archive.getParent());
    }

    /** Runs a server for a moment and stops it, so that it leaves its archive of loaded classes. */
    private static void train(Millrace.Setup setup) throws IOException, InterruptedException {
        Millrace server = new Millrace(setup.withJvm(withoutArchive(setup.jvmOptions())));
        try {
            server.site();
        } finally {
            server.close();
        }
        Millrace trained = new Millrace(setup);
        try {
            trained.start();
            post(trained);
            trained.end(ServerUnderTest.Signal.TERM, Duration.ZERO);
        } finally {
            trained.delete();
            server.delete();
        }
    }

    private static List<String> withoutArchive(List<String> options) {
        return options.stream()
                .filter(o -> !o.contains("Archive") && !o.contains("AOTCache"))
                .toList();
    }

    /** Milliseconds from the start of a fresh server to its first acknowledgement. */
    static double start(Millrace.Setup setup) throws IOException, InterruptedException {
        Millrace server = new Millrace(setup);
        try {
            server.site();
            long begin = System.nanoTime();
            server.start();
            post(server);
            return (System.nanoTime() - begin) / 1e6;
        } finally {
            server.delete();
        }
    }

    private static void post(Millrace server) throws IOException, InterruptedException {
        try (Probe probe = new Probe(server.port())) {
            Probe.Answer answer = probe.post(
                    "/api/collect",
                    "{\"site_id\":" + server.site()
                            + ",\"visitor_id\":\"v\",\"session_id\":\"s\",\"url\":\"https://example.com/\"}");
            if (answer.status() != 202) {
                throw new IOException("answered " + answer.status() + ": " + answer.body());
            }
        }
    }

    private void memory(Table table, String title, Millrace.Setup setup, double startMillis)
            throws IOException, InterruptedException {
        Millrace server = new Millrace(setup);
        try {
            server.start();
            post(server);
            TimeUnit.SECONDS.sleep(5);
            long idle = Meter.anonymousKb(server.pid());
            Plan plan = Plan.closed(server.port(), server.site(), 64, Duration.ofSeconds(10), load)
                    .with()
                    .pace(Pace.constant(10_000))
                    .server(server.pid(), server.data())
                    .build();
            Run.Result result = Run.of(plan, second -> {});
            table.row(
                    title,
                    Table.whole(startMillis),
                    Table.whole(idle / 1024.0),
                    Table.whole(Meter.anonymousKb(server.pid()) / 1024.0),
                    Table.fixed(result.load().millis(99), 1),
                    Table.fixed(result.load().cpu().serverMicros(), 1));
        } finally {
            server.delete();
        }
    }
}
