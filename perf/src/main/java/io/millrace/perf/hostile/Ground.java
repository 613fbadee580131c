package io.millrace.perf.hostile;

import io.millrace.perf.process.Millrace;
import io.millrace.perf.process.ServerProcess;
import io.millrace.perf.traffic.ReplayFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The data that every trial begins with: a site that is attacked, with a past, a public count and shared links, and a site
 * of somebody else. Made once and copied.
 */
final class Ground implements AutoCloseable {
    /** The site that is attacked, and the other one. */
    static final String ATTACKED = "1";

    static final String OTHER = "2";

    private static final Pattern TOKEN = Pattern.compile("\"token\":\"([^\"]+)\"");
    private static final Pattern FILE = Pattern.compile("\"(/assets/[^\"]+)\"|(?:href|src)=\"(/[^\"]+\\.(?:js|css))\"");

    private final HttpClient client = HttpClient.newHttpClient();
    private final Path data;
    private final String adminKey;
    private final String link;
    private final String locked;
    private final String file;

    private Ground(Millrace server, int views) throws IOException, InterruptedException {
        server.site();
        done(server.command("site", "add", "other.example"));
        replay(server, ATTACKED, views);
        replay(server, OTHER, views / 5);
        adminKey = done(server.command("key", "add", "--scope", "admin")).firstLine();
        server.start();
        String url = "http://127.0.0.1:" + server.port();
        ask("PUT", url + "/api/sites/1", "{\"public_live\":true}");
        link = token(ask("POST", url + "/api/sites/1/links", "{\"name\":\"open\"}"));
        locked = token(
                ask("POST", url + "/api/sites/1/links", "{\"name\":\"locked\",\"password\":\"a long password\"}"));
        file = largestFile(url);
        server.end(ServerProcess.Signal.TERM, Duration.ZERO);
        data = Files.createTempDirectory("millrace-ground");
        copy(server.data(), data);
    }

    /** @param views page views of the attacked site, in its past thirty days */
    static Ground of(Millrace.Setup setup, int views) throws IOException, InterruptedException {
        Millrace server = new Millrace(setup);
        try {
            return new Ground(server, views);
        } finally {
            server.delete();
        }
    }

    /** A server that has not been started, on a copy of this data. */
    Millrace server(Millrace.Setup setup) throws IOException {
        Millrace server = new Millrace(setup);
        copy(data, server.data());
        server.adopt(ATTACKED);
        return server;
    }

    Attack.Target target(Millrace server) {
        return new Attack.Target(server.port(), link, locked, file);
    }

    /** Sees and does everything. */
    String adminKey() {
        return adminKey;
    }

    /** What {@code /metrics} says. */
    String metrics(Millrace server) throws IOException, InterruptedException {
        return ask("GET", "http://127.0.0.1:" + server.port() + "/metrics", "");
    }

    private static void replay(Millrace server, String site, int views) throws IOException, InterruptedException {
        Path file = Files.createTempFile("views", ".ndjson");
        try {
            ReplayFile.write(file, site, Long.parseLong(site), views, System.currentTimeMillis(), Duration.ofDays(30));
            done(server.command("replay", file.toString()));
        } finally {
            Files.delete(file);
        }
    }

    private static ServerProcess.Output done(ServerProcess.Output output) throws IOException {
        if (output.exit() != 0) {
            throw new IOException(output.text());
        }
        return output;
    }

    private String ask(String method, String url, String body) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create(url))
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .header("Content-Type", "application/json")
                        .header("Authorization", "Bearer " + adminKey)
                        .timeout(Duration.ofSeconds(30))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IOException(method + " " + url + ": " + answer.statusCode() + " " + answer.body());
        }
        return answer.body();
    }

    private static String token(String answer) throws IOException {
        Matcher matcher = TOKEN.matcher(answer);
        if (!matcher.find()) {
            throw new IOException("no token in " + answer);
        }
        return matcher.group(1);
    }

    /** Of the files that the page names. */
    private String largestFile(String url) throws IOException, InterruptedException {
        List<String> files = FILE.matcher(ask("GET", url + "/", ""))
                .results()
                .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
                .toList();
        String largest = "/t.js";
        int most = 0;
        for (String file : files) {
            int length = ask("GET", url + file, "").length();
            if (length > most) {
                most = length;
                largest = file;
            }
        }
        return largest;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName().toString()));
            }
        }
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> all = Files.walk(data)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
