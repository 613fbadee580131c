package io.millrace.tracker.browser;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.millrace.tracker.Tracker;
import io.millrace.tracker.TrackerFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import org.openqa.selenium.json.Json;

/** The smallest server of the tracker: serves its files, remembers what is collected, and answers as it is told to. */
public final class Recorder implements AutoCloseable {

    /** What was posted in one request, and when. */
    public record Post(String method, String contentType, List<Map<String, Object>> events, long nanoTime) {}

    /** How to answer one request. */
    public record Answer(int status, Map<String, String> headers, String body) {
        public static Answer of(int status) {
            return new Answer(status, Map.of(), "");
        }

        public static Answer retryAfter(int status, int seconds) {
            return new Answer(status, Map.of("Retry-After", String.valueOf(seconds)), "");
        }
    }

    private final List<Post> posts = new CopyOnWriteArrayList<>();
    private final List<String> loads = new CopyOnWriteArrayList<>();
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final int port;
    private HttpServer server;

    public Recorder() throws IOException {
        server = start(0);
        port = server.getAddress().getPort();
    }

    private HttpServer start(int atPort) throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), atPort), 64);
        http.setExecutor(threads);
        http.createContext("/", this::file);
        http.createContext("/api/collect", this::collect);
        http.start();
        return http;
    }

    public String origin() {
        return "http://stats.test:" + port;
    }

    /** Answers the next request like this; without any the answer is 202. */
    public void answerNext(Answer... next) {
        answers.addAll(List.of(next));
    }

    /** Is gone, as after a kill. */
    public void stop() {
        server.stop(0);
    }

    /** Is back at the same port. */
    public void restart() throws IOException {
        server = start(port);
    }

    public List<Post> posts() {
        return posts;
    }

    public List<String> loads() {
        return loads;
    }

    /** All events posted so far, of these types or of any. */
    public List<Map<String, Object>> events(String... types) {
        List<Map<String, Object>> events = new ArrayList<>();
        for (Post post : posts) {
            for (Map<String, Object> event : post.events()) {
                if (types.length == 0 || List.of(types).contains(event.get("type"))) {
                    events.add(event);
                }
            }
        }
        return events;
    }

    /** Waits for this many events of this type. */
    public List<Map<String, Object>> await(int count, String type) {
        new WaitFor(Duration.ofSeconds(20)).until(() -> events(type).size() >= count, count + " of " + type);
        return events(type);
    }

    /** Waits for an event like this. */
    public Map<String, Object> await(Predicate<Map<String, Object>> like) {
        new WaitFor(Duration.ofSeconds(20)).until(() -> events().stream().anyMatch(like), "an event");
        return events().stream().filter(like).findFirst().orElseThrow();
    }

    private void file(HttpExchange exchange) throws IOException {
        String name = exchange.getRequestURI().getPath().substring(1);
        loads.add(name);
        TrackerFile file = Tracker.files().stream()
                .filter(f -> f.name().equals(name))
                .findFirst()
                .orElse(null);
        if (file == null) {
            answer(exchange, Answer.of(404));
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", file.contentType());
        exchange.getResponseHeaders().set("Access-Control-Allow-Origin", "*");
        exchange.sendResponseHeaders(200, file.bytes().length);
        exchange.getResponseBody().write(file.bytes());
        exchange.close();
    }

    private void collect(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Answer answer = answers.poll();
        String contentType = exchange.getRequestHeaders().getFirst("Content-Type");
        posts.add(new Post(exchange.getRequestMethod(), contentType, parse(body), System.nanoTime()));
        answer(exchange, answer == null ? Answer.of(202) : answer);
    }

    private static List<Map<String, Object>> parse(String body) {
        return body.isEmpty() ? List.of() : new Json().toType(body, Json.LIST_OF_MAPS_TYPE);
    }

    private static void answer(HttpExchange exchange, Answer answer) throws IOException {
        exchange.getResponseHeaders().set("Access-Control-Allow-Origin", "*");
        exchange.getResponseHeaders()
                .set("Access-Control-Expose-Headers", "Retry-After, X-Millrace-Ack, X-Millrace-Filtered");
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
