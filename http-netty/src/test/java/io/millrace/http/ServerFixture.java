package io.millrace.http;

import io.millrace.dashboard.Api;
import io.millrace.dashboard.ApiKeys;
import io.millrace.engine.Site;
import io.millrace.engine.StubEngine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A front-end on a free port over a stub engine, with a clock that only the test moves. */
final class ServerFixture implements AutoCloseable, InstantSource {
    static final long START = 1_763_600_000_000L;

    final StubEngine engine = new StubEngine(
            Site.of("example.com").withId(1), Site.of("other.org").withId(2));
    private final AtomicLong millis = new AtomicLong(START);
    private final List<RawClient> clients = new ArrayList<>();
    private final NettyFrontEnd frontEnd;

    ServerFixture() {
        this(HttpSettings.DEFAULT);
    }

    ServerFixture(HttpSettings settings) {
        this(settings, null, null, StaticFiles.NONE);
    }

    ServerFixture(HttpSettings settings, Api api, ApiKeys keys, StaticFiles files) {
        this(settings, api, keys, files, 1024);
    }

    ServerFixture(HttpSettings settings, Api api, ApiKeys keys, StaticFiles files, int ringSlots) {
        engine.slots(ringSlots);
        frontEnd = new NettyFrontEnd(settings.with().host("127.0.0.1").port(0).build(), api, keys, files, this);
        frontEnd.start(engine);
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(millis.get());
    }

    @Override
    public long millis() {
        return millis.get();
    }

    void pass(Duration time) {
        millis.addAndGet(time.toMillis());
    }

    NettyFrontEnd frontEnd() {
        return frontEnd;
    }

    RawClient client() {
        RawClient client = new RawClient(frontEnd.port());
        clients.add(client);
        return client;
    }

    /** A whole request with a body. */
    static String post(String path, String body, String... headers) {
        StringBuilder request = new StringBuilder("POST " + path + " HTTP/1.1\r\nHost: t\r\n");
        boolean typed = false;
        for (String header : headers) {
            request.append(header).append("\r\n");
            typed |= header.regionMatches(true, 0, "content-type:", 0, 13);
        }
        if (!typed) {
            request.append("Content-Type: application/json\r\n");
        }
        byte[] bytes = body.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        return request.append("Content-Length: ")
                .append(bytes.length)
                .append("\r\n\r\n")
                .append(body)
                .toString();
    }

    static String get(String path, String... headers) {
        StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: t\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        return request.append("\r\n").toString();
    }

    static String collect(String json, String... headers) {
        return post("/api/collect", json.replace('\'', '"'), headers);
    }

    RawClient.Answer ask(String request) {
        try (RawClient client = new RawClient(frontEnd.port())) {
            return client.send(request).read();
        }
    }

    @Override
    public void close() {
        clients.forEach(RawClient::close);
        frontEnd.close();
    }
}
