package io.millrace.perf.measure;

import io.millrace.perf.load.Pace;
import io.millrace.perf.load.Plan;
import io.millrace.perf.load.Run;
import io.millrace.perf.process.Millrace;
import io.millrace.perf.process.ServerUnderTest;
import io.millrace.perf.questions.Answer;
import io.millrace.perf.questions.DuckProcess;
import io.millrace.perf.questions.PeakMemory;
import io.millrace.perf.questions.Question;
import io.millrace.perf.questions.Stock;
import io.millrace.perf.questions.Times;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What somebody waits for who clicks on a row: reports with filters, computed, beside DuckDB and beside the ingest. */
@Command(
        name = "questions",
        description =
                "Reports of 30 days with filters, none of them cached, alone and while events come in; the same of"
                        + " DuckDB; clicks on a dashboard in Chromium.")
final class Questions implements Callable<Integer> {
    private static final int CONNECTIONS = 64;
    private static final int LEAST = 3;
    private static final Duration WARM_UP = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final String EMAIL = "ada@example.com";

    @Mixin
    private Common common;

    @Option(
            names = "--views",
            defaultValue = "1000000",
            description = "Page views of the 30 days; as many lie in those before. Default: ${DEFAULT-VALUE}")
    private long views;

    @Option(
            names = "--data",
            description = "The directory in which the database is kept, and found the next time."
                    + " Default: target/questions-VIEWS")
    private Path data;

    @Option(names = "--times", defaultValue = "9", description = "Each question is asked. Default: ${DEFAULT-VALUE}")
    private int times;

    @Option(
            names = "--at-most",
            defaultValue = "60s",
            converter = io.millrace.perf.Durations.class,
            description = "No question is begun again after this, but for three times. Default: ${DEFAULT-VALUE}")
    private Duration atMost;

    @Option(names = "--rate", defaultValue = "5000", description = "Events a second. Default: ${DEFAULT-VALUE}")
    private double rate;

    @Option(
            names = "--budget",
            defaultValue = "60s",
            converter = io.millrace.perf.Durations.class,
            description = "How long events come in. Default: ${DEFAULT-VALUE}")
    private Duration budget;

    @Option(
            names = "--clicks",
            defaultValue = "0",
            description = "On rows of the dashboard in Chromium. Default: ${DEFAULT-VALUE}")
    private int clicks;

    @Option(
            names = "--settle",
            defaultValue = "5s",
            converter = io.millrace.perf.Durations.class,
            description = "How long the server is left alone before it is asked. Default: ${DEFAULT-VALUE}")
    private Duration settle;

    @Option(
            names = "--duckdb",
            defaultValue = "perf/target/duckdb",
            description = "The directory with its jar; it is not asked where there is none. Default: ${DEFAULT-VALUE}")
    private Path duckdb;

    @Option(
            names = "--name",
            defaultValue = "questions",
            description = "The table's mark in the document. Default: ${DEFAULT-VALUE}")
    private String name;

    private interface Ask {
        Answer answer(Question question) throws IOException, InterruptedException;
    }

    /** Who is asked, and how long that took. */
    private record Asked(String who, Ask ask, Map<Question, Times> took) {}

    @Override
    public Integer call() throws IOException, InterruptedException, SQLException {
        Stock stock = Stock.in(data == null ? Path.of("target", "questions-" + views) : data, views);
        Path settings = Files.createTempFile("no-cache", ".toml");
        Files.writeString(settings, "[dashboard]\ncache = \"0\"\n");
        Millrace server = stock.server(common.setup("--config", settings.toString()));
        try {
            String key = server.readKey();
            String password = Past.done(server.command("user", "add", EMAIL)).firstLine();
            for (List<String> definition : Question.DEFINITIONS) {
                Past.done(server.command(definition.toArray(String[]::new)));
            }
            server.start();
            Thread.sleep(settle.toMillis());
            common.publish(name, provenance() + measured(stock, server, key, password) + bytes(stock));
        } finally {
            server.log().lines().filter(line -> line.contains("ERROR")).forEach(line -> Common.say("%s", line));
            server.delete();
            Files.delete(settings);
        }
        return 0;
    }

    private String provenance() throws IOException, InterruptedException {
        return Provenance.of("perf/measure questions --views " + views + " --rate " + (long) rate + " --budget "
                + budget.toSeconds() + "s" + (clicks == 0 ? "" : " --clicks " + clicks));
    }

    private String measured(Stock stock, Millrace server, String key, String password)
            throws IOException, InterruptedException {
        Asked alone = new Asked("Millrace", asking(server, key), new LinkedHashMap<>());
        Map<Question, Times> ducks = new LinkedHashMap<>();
        String told;
        try (DuckProcess duck = Files.isDirectory(duckdb) ? DuckProcess.on(stock, duckdb) : null;
                PeakMemory peak = new PeakMemory(server.pid())) {
            inTurns(duck == null ? List.of(alone) : List.of(alone, new Asked("DuckDB", duck::ask, ducks)));
            told = String.format(Locale.ROOT, "%nThe server's anonymous memory was at most %,d MB", peak.mb())
                    + (duck == null ? "" : String.format(Locale.ROOT, ", DuckDB's %,d MB at the end", duck.memoryMb()));
        }
        String clicked = clicks == 0 ? "" : clicked(server, password);
        Map<Question, Times> loaded = new LinkedHashMap<>();
        told += "; " + whileEventsComeIn(server, alone.ask(), loaded) + ".\n";
        return table(ducks, alone.took(), loaded) + told + clicked;
    }

    private static Ask asking(Millrace server, String key) {
        HttpClient client = HttpClient.newHttpClient();
        return question -> {
            URI uri = URI.create(server.url() + "/api/analytics/" + server.site() + "/" + question.path());
            HttpRequest request = HttpRequest.newBuilder(uri)
                    .header("Authorization", "Bearer " + key)
                    .timeout(PATIENCE)
                    .build();
            long start = System.nanoTime();
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            long nanos = System.nanoTime() - start;
            if (answer.statusCode() >= 500) {
                Common.say("%s: %d %s", question.name(), answer.statusCode(), answer.body());
            }
            return Answer.of(answer.statusCode(), nanos, answer.body());
        };
    }

    /** One after the other, so that a slow minute of the machine falls on all; they must count the same. */
    private void inTurns(List<Asked> all) throws IOException, InterruptedException {
        for (Question question : Question.ALL) {
            Answer first = null;
            for (Asked each : all) {
                Answer answer = each.ask().answer(question);
                first = first == null ? answer : first;
                if (!first.agrees(answer)) {
                    throw new IOException(each.who() + " counts " + answer.totals() + " with " + question.name()
                            + ", not " + first.totals());
                }
                each.took().put(question, new Times());
            }
            long end = System.nanoTime() + atMost.toNanos();
            for (int i = 0; i < times && (i < LEAST || System.nanoTime() < end); i++) {
                for (Asked each : all) {
                    each.took().get(question).add(each.ask().answer(question));
                }
            }
            for (Asked each : all) {
                Common.say(
                        "%s, %s: %s ms",
                        each.who(), question.name(), each.took().get(question));
            }
        }
    }

    private String whileEventsComeIn(Millrace server, Ask ask, Map<Question, Times> all)
            throws IOException, InterruptedException {
        Plan plan = Plan.closed(server.port(), server.site(), CONNECTIONS, WARM_UP, budget)
                .with()
                .pace(Pace.constant(rate))
                .build();
        CompletableFuture<Run.Result> load = CompletableFuture.supplyAsync(() -> run(plan));
        try (PeakMemory peak = new PeakMemory(server.pid())) {
            Thread.sleep(WARM_UP.toMillis());
            for (int i = 0; !load.isDone(); i++) {
                Question question = Question.ALL.get(i % Question.ALL.size());
                all.computeIfAbsent(question, q -> new Times()).add(ask.answer(question));
            }
            Run.Result result = load.join();
            all.forEach((question, took) -> Common.say("beside events, %s: %s ms", question.name(), took));
            return String.format(
                    Locale.ROOT,
                    "%,d MB while %,.0f events a second came in, whose p99 was %.1f ms and max %.1f",
                    peak.mb(),
                    result.load().eventsPerSecond(),
                    result.load().millis(99),
                    result.load().millis(100));
        }
    }

    private static Run.Result run(Plan plan) {
        try {
            return Run.of(plan, second -> {});
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    private String table(Map<Question, Times> ducks, Map<Question, Times> alone, Map<Question, Times> loaded) {
        Table table = new Table(
                "30 days, ms: median (max)",
                "DuckDB, 2 threads",
                "Millrace",
                "while " + Table.whole(rate) + " events/s come in");
        for (Question question : Question.ALL) {
            table.row(
                    (question.report().equals("overview") ? "overview, " : "") + question.name(),
                    told(ducks, question),
                    told(alone, question),
                    told(loaded, question));
        }
        return table.toString();
    }

    private static String told(Map<Question, Times> all, Question question) {
        return all.getOrDefault(question, new Times()).toString();
    }

    /** From each click to the panels at rest. */
    private String clicked(Millrace server, String password) throws IOException, InterruptedException {
        Common.say("clicking");
        ServerUnderTest.Output output = Past.done(ServerUnderTest.run(List.of(
                "dashboard-web/look",
                "clicks",
                server.url(),
                EMAIL,
                password,
                "/sites/" + server.site(),
                Integer.toString(clicks))));
        List<Double> millis = new ArrayList<>();
        output.text().lines().filter(line -> line.startsWith("click ")).forEach(line -> {
            Common.say("%s", line);
            millis.add(Double.valueOf(line.split(" ")[1]));
        });
        millis.sort(null);
        long failed =
                output.text().lines().filter(line -> line.endsWith(" failed")).count();
        return String.format(
                Locale.ROOT,
                "%nFrom a click on a row to settled panels in Chromium, %d clicks: p50 %,.0f ms, p95 %,.0f ms, max %,.0f"
                        + " ms; after %d of them a panel could not be shown.%n",
                millis.size(),
                millis.get(millis.size() / 2),
                millis.get(millis.size() * 95 / 100),
                millis.get(millis.size() - 1),
                failed);
    }

    private static String bytes(Stock stock) throws IOException, SQLException {
        long all = stock.pageViews();
        return "\n" + Table.fixed((double) Files.size(stock.file()) / all, 1) + " bytes a page view, of "
                + Table.whole(all) + ":\n\n" + WriterTables.where(stock.file(), all);
    }
}
