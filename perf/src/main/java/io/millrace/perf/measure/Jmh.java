package io.millrace.perf.measure;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The benchmarks of single parts, on one or several JDKs. */
@Command(name = "jmh", description = "Benchmarks of single parts.")
final class Jmh implements Callable<Integer> {
    @Mixin
    private Common common;

    @Option(names = "--jdk", description = "JDK directories. Default: this program's.")
    private List<Path> jdks = List.of(Path.of(System.getProperty("java.home")));

    @Parameters(description = "Regular expressions of names. Default: all.")
    private List<String> names = List.of(".*");

    @Override
    public Integer call() throws IOException, InterruptedException, RunnerException {
        Map<String, String[]> rows = new TreeMap<>();
        String[] columns = new String[jdks.size() + 1];
        columns[0] = "benchmark";
        for (int i = 0; i < jdks.size(); i++) {
            columns[i + 1] = jdks.get(i).getFileName().toString();
            OptionsBuilder options = new OptionsBuilder();
            names.forEach(options::include);
            options.jvm(jdks.get(i).resolve("bin/java").toString());
            for (RunResult result : new Runner(options.build()).run()) {
                String name = result.getParams().getBenchmark().replaceAll(".*\\.(\\w+\\.\\w+)$", "$1");
                rows.computeIfAbsent(name, n -> new String[jdks.size()])[i] = cell(result.getPrimaryResult());
            }
        }
        Table table = new Table(columns);
        rows.forEach((name, cells) -> {
            String[] row = new String[cells.length + 1];
            row[0] = name;
            System.arraycopy(cells, 0, row, 1, cells.length);
            table.row(row);
        });
        common.publish("jmh", Provenance.of("perf/measure jmh") + table);
        return 0;
    }

    private static String cell(Result<?> result) {
        double median = result.getStatistics().getPercentile(50);
        return Table.fixed(median, median < 100 ? 2 : 0) + " ± "
                + Table.fixed(result.getScoreError(), median < 100 ? 2 : 0) + " " + result.getScoreUnit();
    }
}
