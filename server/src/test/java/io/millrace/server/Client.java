package io.millrace.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What a browser and a program send. */
final class Client {
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String url;

    Client(String url) {
        this.url = url;
    }

    HttpResponse<String> post(String body) throws IOException, InterruptedException {
        return post(body, null);
    }

    HttpResponse<String> post(String body, String key) throws IOException, InterruptedException {
        return send("/api/collect", body, key);
    }

    HttpResponse<String> send(String path, String body, String key) throws IOException, InterruptedException {
        return send(request(path, key)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** As a proxy on this machine hands it on. */
    HttpResponse<String> from(String address, String agent, String body) throws IOException, InterruptedException {
        return send(request("/api/collect", null)
                .header("Content-Type", "application/json")
                .header("X-Forwarded-For", address)
                .header("User-Agent", agent)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpResponse<String> get(String path, String key, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path, key);
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    private HttpRequest.Builder request(String path, String key) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path));
        return key == null ? request : request.header("Authorization", "Bearer " + key);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    static String pageView(int siteId, String visitor, String path) {
        return ("{\"site_id\":%d,\"visitor_id\":\"%s\",\"session_id\":\"s-%s\",\"type\":\"pageview\",\"pathname\":\"%s\","
                        + "\"url\":\"http://example.com%s\",\"hostname\":\"example.com\"}")
                .formatted(siteId, visitor, visitor, path, path);
    }

    /** Page views from several connections until it is stopped or the server is gone; four to a visit. */
    static final class Burst {
        private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        private final AtomicInteger next = new AtomicInteger();
        private final ExecutorService threads;
        private volatile boolean stopped;

        Burst(Client client, int connections) {
            threads = Executors.newFixedThreadPool(connections);
            for (int i = 0; i < connections; i++) {
                threads.execute(() -> send(client));
            }
        }

        private void send(Client client) {
            while (!stopped) {
                int n = next.getAndIncrement();
                try {
                    if (client.post(pageView(1, "v" + n / 4, "/p" + n)).statusCode() == 202) {
                        acknowledged.add("/p" + n);
                    }
                } catch (IOException e) {
                    return; // the server is gone
                } catch (InterruptedException e) {
                    return;
                }
            }
        }

        /** Waits until at least this many were acknowledged. */
        void awaitAcknowledged(int n) {
            while (acknowledged.size() < n) {
                Thread.onSpinWait();
            }
        }

        /** The paths of the page views that were acknowledged; sends no more. */
        Set<String> end() throws InterruptedException {
            stopped = true;
            threads.shutdown();
            if (!threads.awaitTermination(20, TimeUnit.SECONDS)) {
                throw new AssertionError("senders hang");
            }
            return acknowledged;
        }
    }
}
