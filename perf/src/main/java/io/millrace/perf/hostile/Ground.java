package io.millrace.perf.hostile;

import io.millrace.perf.hostile.bystander.Bystander;
import io.millrace.perf.net.Tls;
import io.millrace.perf.process.Millrace;
import io.millrace.perf.process.OwnCertificate;
import io.millrace.perf.process.ServerUnderTest;
import io.millrace.perf.traffic.ReplayFile;
import java.io.BufferedWriter;
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
    /** The site that is attacked; the other one is the bystanders'. */
    static final String ATTACKED = "1";

    /** What Umami's tracker calls the attacked site. */
    static final String UMAMI = "11111111-2222-4333-8444-555555555555";

    /** A visitor of the attacked site with as many visits as a month has room for. */
    static final String REGULAR = "regular";

    private static final long VISIT_MILLIS = Duration.ofMinutes(31).toMillis();
    private static final int VISIT_PAGES = 15;

    private static final Pattern TOKEN = Pattern.compile("\"token\":\"([^\"]+)\"");
    private static final Pattern FILE = Pattern.compile("\"(/assets/[^\"]+)\"|(?:href|src)=\"(/[^\"]+\\.(?:js|css))\"");

    private final Path data;
    private final OwnCertificate certificate;
    private final HttpClient client;
    private final String adminKey;
    private final String password;
    private final String link;
    private final String locked;
    private final String file;

    private Ground(Millrace server, int views) throws IOException, InterruptedException {
        data = Files.createTempDirectory("millrace-ground");
        certificate = OwnCertificate.in(data.resolve("tls"));
        client = HttpClient.newBuilder()
                .sslContext(Tls.of("localhost", 0, certificate.certificate()).context())
                .build();
        server.site();
        done(server.command("site", "add", "other.example"));
        replay(server, ATTACKED, views);
        regular(server);
        replay(server, Bystander.SITE, views / 5);
        adminKey = done(server.command("key", "add", "--scope", "admin")).firstLine();
        password = done(server.command("user", "add", Bystander.EMAIL)).firstLine();
        server.start();
        String url = server.url();
        ask("PUT", url + "/api/sites/1", "{\"public_live\":true,\"umami_id\":\"" + UMAMI + "\"}");
        link = token(ask("POST", url + "/api/sites/1/links", "{\"name\":\"open\"}"));
        locked = token(
                ask("POST", url + "/api/sites/1/links", "{\"name\":\"locked\",\"password\":\"a long password\"}"));
        file = largestFile(url);
        server.end(ServerUnderTest.Signal.TERM, Duration.ZERO);
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
    Millrace server(Millrace.Setup setup, boolean tls) throws IOException {
        Millrace server = new Millrace(tls ? setup.secured(certificate) : setup);
        copy(data, server.data());
        server.adopt(ATTACKED);
        return server;
    }

    /** How a client of such a server speaks. */
    Tls tls(Millrace server) throws IOException {
        return Tls.of(server.host(), server.port(), certificate.certificate());
    }

    Attack.Target target(Millrace server) {
        return new Attack.Target(server.host(), server.port(), link, locked, file);
    }

    /** Of {@link Bystander#EMAIL}. */
    String password() {
        return password;
    }

    /** Sees and does everything. */
    String adminKey() {
        return adminKey;
    }

    /** What {@code /metrics} says. */
    String metrics(Millrace server) throws IOException, InterruptedException {
        return ask("GET", server.url() + "/metrics", "");
    }

    /** The status of what tells balancers whether to send anything: 200 or not; 0: no answer. */
    int ready(Millrace server) throws InterruptedException {
        try {
            return client.send(
                            HttpRequest.newBuilder(URI.create(server.url() + "/readyz"))
                                    .timeout(Duration.ofSeconds(5))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    /** Bytes of a server's files before anything happens. */
    long bytes() throws IOException {
        return Files.size(data.resolve("millrace.db"));
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

    private static void regular(Millrace server) throws IOException, InterruptedException {
        Path file = Files.createTempFile("regular", ".ndjson");
        long now = System.currentTimeMillis();
        try (BufferedWriter lines = Files.newBufferedWriter(file)) {
            for (long time = now - Duration.ofDays(30).toMillis(); time < now - VISIT_MILLIS; time += VISIT_MILLIS) {
                for (int page = 0; page < VISIT_PAGES; page++) {
                    lines.write("{\"v\":1,\"time\":" + (time + page) + ",\"beacon\":"
                            + Members.at("https://example.com/" + page, Members.text("visitor_id", REGULAR))
                            + ",\"user_agent\":\"Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Firefox/142.0\"}\n");
                }
            }
        }
        try {
            done(server.command("replay", file.toString()));
        } finally {
            Files.delete(file);
        }
    }

    private static ServerUnderTest.Output done(ServerUnderTest.Output output) throws IOException {
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
