package io.millrace.tracker.browser;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Somebody's site: pages under any {@code .test} name, on an origin that is not the tracker's. */
public final class PageServer implements AutoCloseable {

    /** A page. */
    private record Page(int status, String html, Map<String, String> headers) {}

    private final Map<String, Page> pages = new ConcurrentHashMap<>();
    private final Set<String> served = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    public PageServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** The address of a path at a host. */
    public String url(String host, String path) {
        return "http://" + host + ":" + port() + path;
    }

    /** Puts a page under a path of a host. */
    public void put(String host, String path, String html) {
        put(host, path, 200, html, Map.of());
    }

    public void put(String host, String path, int status, String html, Map<String, String> headers) {
        pages.put(host + path, new Page(status, html, headers));
    }

    /** Whether anybody has asked for it. */
    public boolean served(String host, String path) {
        return served.contains(host + path);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String host = exchange.getRequestHeaders().getFirst("Host").replaceFirst(":.*", "");
        Page page = pages.get(host + exchange.getRequestURI().getPath());
        served.add(host + exchange.getRequestURI().getPath());
        if (page == null) {
            page = new Page(404, "<!doctype html><title>nothing</title>", Map.of());
        }
        byte[] body = page.html().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
        page.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(page.status(), body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
