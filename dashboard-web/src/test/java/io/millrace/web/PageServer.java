package io.millrace.web;

import io.millrace.dashboard.ApiKeys;
import io.millrace.dashboard.DashboardApi;
import io.millrace.dashboard.DashboardSettings;
import io.millrace.engine.Engine;
import io.millrace.engine.MemoryStorage;
import io.millrace.engine.spi.Storage;
import io.millrace.http.HttpSettings;
import io.millrace.http.NettyFrontEnd;
import io.millrace.http.StaticFiles;
import io.millrace.tracker.Tracker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** The dashboard as it is served, over an engine in memory. */
final class PageServer implements AutoCloseable {
    /** A page of a site that is counted, with the site's snippet. */
    private static final String VISITED = "<!doctype html><html lang=en><title>Visited</title>"
            + "<link rel=icon href=data:,><script defer src=/t.js data-site=1 data-dev></script><p>A page of somebody."
            + " <a href=/shop>Shop</a> <a href=/shop/shoes>Shoes</a> <a href=/shop/paid>Pay</a>";

    /** Where it is. */
    private static final List<String> VISITED_AT = List.of("/visited.html", "/shop", "/shop/shoes", "/shop/paid");

    final Engine engine;
    final DashboardApi api;
    private final NettyFrontEnd http;

    PageServer(int port) {
        Storage storage = new MemoryStorage();
        engine = Engine.builder(storage).start();
        ApiKeys keys = new ApiKeys(storage.accounts());
        api = new DashboardApi(engine, keys, DashboardSettings.DEFAULT);
        http = new NettyFrontEnd(
                HttpSettings.DEFAULT.with().host("127.0.0.1").port(port).build(), api, keys, files());
        http.start(engine);
    }

    private static StaticFiles files() {
        StaticFiles.Builder files = StaticFiles.builder();
        for (DashboardFile file : DashboardFiles.files()) {
            switch (file.use()) {
                case PAGE -> files.add(file.path(), file.name(), file.bytes(), StaticFiles.Kind.PAGE);
                case PAGES -> files.addPrefix(file.path(), file.name(), file.bytes(), StaticFiles.Kind.PAGE);
                case IMMUTABLE -> files.add(file.path(), file.name(), file.bytes(), StaticFiles.Kind.IMMUTABLE);
            }
        }
        for (String path : VISITED_AT) {
            files.add(path, "visited.html", VISITED.getBytes(StandardCharsets.UTF_8), StaticFiles.Kind.PAGE);
        }
        files.add("/t.js", "t.js", Tracker.file("t.js").bytes(), StaticFiles.Kind.SCRIPT);
        return files.build();
    }

    String url(String path) {
        return "http://127.0.0.1:" + http.port() + path;
    }

    @Override
    public void close() {
        http.close();
        api.close();
        engine.close(Duration.ofSeconds(5));
    }
}
