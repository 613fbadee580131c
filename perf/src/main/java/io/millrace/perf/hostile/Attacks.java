package io.millrace.perf.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.perf.hostile.Attack.Target;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/** Every attack there is; most are ten times as large as one that once stopped, filled or starved a server. */
final class Attacks {
    private static final String COLLECT = "/api/collect";
    private static final int ARRAY = 500;

    static final List<Attack> ALL = List.of(
            unfinished("heads", "request heads of 5,400 short lines that never end", 4_000, Attacks::shortLines),
            unfinished("lines", "request lines that never end", 4_000, Attacks::longLine),
            unfinished("bodies", "bodies of 256 KiB that stop a byte before their end", 4_000, Attacks::longBody),
            unfinished("next", "a whole request and the head of the next in one go", 9_000, Attacks::nextHead),
            unfinished("gzips", "compressed bodies that never end", 4_000, Attacks::halfAGzip),
            new Attack("chunks", "chunk extensions without an end", 2_000, (s, t) -> {
                ByteBuffer part = Strangers.ascii(";a=b".repeat(256));
                return () -> Scripts.endless(chunked(s, "1"), part::duplicate);
            }),
            new Attack("trailers", "trailers without an end", 2_000, (s, t) -> {
                ByteBuffer part = Strangers.ascii("a: b\r\n".repeat(200));
                return () -> Scripts.endless(chunked(s, "0\r\n"), part::duplicate);
            }),
            new Attack("drip", "a byte of a request each time the server can take one", 4_000, (s, t) -> {
                ByteBuffer part = Strangers.ascii("a");
                return () -> Scripts.endless(Strangers.ascii("GET /"), part::duplicate);
            }),
            new Attack("unread", "pipelined requests for a large file whose answers are never read", 9_000, (s, t) -> {
                ByteBuffer request = Strangers.ascii(("GET " + t.file() + " HTTP/1.1\r\nHost: a\r\n\r\n").repeat(50));
                return () -> Scripts.never(request::duplicate);
            }),
            new Attack("unread-errors", "pipelined bad beacons whose answers are never read", 9_000, (s, t) -> {
                ByteBuffer request = Strangers.ascii(
                        ("POST " + COLLECT + " HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\n{").repeat(50));
                return () -> Scripts.never(request::duplicate);
            }),
            new Attack("churn", "connections that are closed as soon as they are answered", 64, (s, t) -> {
                ByteBuffer request = Strangers.ascii("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
                return () -> Scripts.ask(request::duplicate);
            }),
            flood("texts", "arrays full of long new texts, compressed, each from another address", Attacks::longTexts),
            flood("fill", "the same from one address", s -> longTextsFrom(s, "198.51.100.7")),
            flood("values", "new values of every dimension", Attacks::values),
            flood("visitors", "new visitors with ids of 64 characters", s -> array(s, () -> s.digits(64))),
            flood("collide", "visitors whose ids have the same hash code", s -> array(s, () -> s.colliding(64))),
            flood("beats", "visits with one heartbeat", Attacks::beats),
            flood("names", "objects whose unknown fields have the same hash code", Attacks::names),
            flood("props", "events whose properties have the same hash code", Attacks::props),
            compressed("members", "13,000 empty gzip members", members()),
            compressed("bombs", "a body that unpacks to a thousand times its size", Strangers.gzip(new byte[64 << 20])),
            flood("agents", "user agents that take long to parse", Attacks::agents),
            flood("errors", "bodies that are not JSON", s -> s.post(s.anyAddress(), COLLECT, "", "{\"site_id\":")),
            flood("networks", "one beacon from every address of an IPv6 network", Attacks::networks),
            paths("me", "what a site holds of the caller", (s, t) -> "/api/me?site=1"),
            paths(
                    "links",
                    "questions with long wildcards by a shared link",
                    (s, t) -> "/api/shared/" + t.link() + "/overview?period=all&page=*a*e*i*" + s.digits(6) + "*o*u*"),
            paths(
                    "flows",
                    "paths by a shared link, each with another root",
                    (s, t) -> "/api/shared/" + t.link() + "/flow?period=all&root=/" + s.digits(6)),
            paths(
                    "public",
                    "what a site shows to its visitors",
                    (s, t) -> "/api/public/1/popular?limit=" + (1 + s.number(50)) + "&period=" + (1 + s.number(365))
                            + "d"),
            paths("pages", "pages that do not exist", (s, t) -> "/" + s.digits(2_000)),
            new Attack(
                    "streams",
                    "live streams of a shared link from every address of IPv6 networks",
                    2_000,
                    (s, t) -> () -> Scripts.once(s.get(s.addressOf(48), "/api/shared/" + t.link() + "/live"))),
            asks(
                    "logins",
                    "log-ins with wrong passwords",
                    (s, t) -> s.post(
                            s.anyAddress(),
                            "/api/login",
                            "Sec-Fetch-Site: same-origin\r\n",
                            "{\"email\":\"" + s.digits(8) + "@example.com\",\"password\":\"wrong password\"}")),
            asks(
                    "unlocks",
                    "wrong passwords for a shared link",
                    (s, t) -> s.post(
                            s.anyAddress(),
                            "/api/shared/" + t.locked() + "/unlock",
                            "Sec-Fetch-Site: same-origin\r\n",
                            "{\"password\":\"" + s.digits(12) + "\"}")));

    private Attacks() {}

    /** @throws IllegalArgumentException when there is none of this name */
    static Attack named(String name) {
        return ALL.stream()
                .filter(attack -> attack.name().equals(name))
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException("no such attack: " + name + "; there are "
                        + ALL.stream().map(Attack::name).toList()));
    }

    private static Attack unfinished(String name, String what, int connections, Function<Strangers, ByteBuffer> bytes) {
        return new Attack(name, what, connections, (s, t) -> {
            ByteBuffer shared = bytes.apply(s);
            return () -> Scripts.once(shared.duplicate());
        });
    }

    private static Attack flood(String name, String what, Function<Strangers, ByteBuffer> requests) {
        return asks(name, what, (s, t) -> requests.apply(s));
    }

    private static Attack compressed(String name, String what, byte[] body) {
        return flood(name, what, s -> s.gzipped(s.anyAddress(), COLLECT, body));
    }

    private static Attack paths(String name, String what, BiFunction<Strangers, Target, String> path) {
        return asks(name, what, (s, t) -> s.get(s.anyAddress(), path.apply(s, t)));
    }

    private static Attack asks(String name, String what, BiFunction<Strangers, Target, ByteBuffer> requests) {
        return new Attack(name, what, 64, (s, t) -> {
            Supplier<ByteBuffer> next = () -> requests.apply(s, t);
            return () -> Scripts.ask(next);
        });
    }

    private static ByteBuffer shortLines(Strangers s) {
        return Strangers.ascii("POST " + COLLECT + " HTTP/1.1\r\n" + "a:b\r\n".repeat(5_400));
    }

    private static ByteBuffer longLine(Strangers s) {
        return Strangers.ascii("GET /" + "a".repeat(16_000));
    }

    private static ByteBuffer longBody(Strangers s) {
        ByteBuffer whole = s.post(s.anyAddress(), COLLECT, "", " ".repeat(256 << 10));
        return whole.limit(whole.limit() - 1);
    }

    private static ByteBuffer nextHead(Strangers s) {
        return Strangers.ascii("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\nPOST " + COLLECT + " HTTP/1.1\r\nHost: a\r\n"
                + "a: " + "b".repeat(12_000));
    }

    private static ByteBuffer halfAGzip(Strangers s) {
        byte[] body = Strangers.gzip(("{\"title\":\"" + s.digits(200_000) + "\"}").getBytes(UTF_8));
        ByteBuffer whole = s.gzipped(s.anyAddress(), COLLECT, body);
        return whole.limit(whole.limit() - 100);
    }

    private static ByteBuffer chunked(Strangers s, String body) {
        return Strangers.ascii("POST " + COLLECT + " HTTP/1.1\r\nHost: " + s.host()
                + "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n" + body);
    }

    private static ByteBuffer longTexts(Strangers s) {
        return longTextsFrom(s, s.anyAddress());
    }

    private static ByteBuffer longTextsFrom(Strangers s, String address) {
        StringBuilder body = new StringBuilder("[");
        for (int i = 0; i < 25; i++) {
            body.append(i == 0 ? "" : ",")
                    .append("{\"site_id\":1,\"visitor_id\":\"")
                    .append(s.digits(64))
                    .append("\",\"url\":\"")
                    .append(s.longText("https://example.com/", 4_000))
                    .append("\",\"referrer\":\"")
                    .append(s.longText("https://", 2_000))
                    .append("\",\"title\":\"")
                    .append(s.longText("", 500));
            for (String part : List.of("source", "medium", "campaign", "term", "content")) {
                body.append("\",\"utm_").append(part).append("\":\"").append(s.longText("", 200));
            }
            body.append("\"}");
        }
        return s.gzipped(
                address, COLLECT, Strangers.gzip(body.append(']').toString().getBytes(UTF_8)));
    }

    private static ByteBuffer values(Strangers s) {
        StringBuilder body = new StringBuilder("[");
        for (int i = 0; i < ARRAY; i++) {
            body.append(i == 0 ? "" : ",")
                    .append("{\"site_id\":1,\"visitor_id\":\"")
                    .append(s.digits(16))
                    .append("\",\"url\":\"https://example.com/")
                    .append(s.digits(8))
                    .append("?utm_source=")
                    .append(s.digits(8))
                    .append("&utm_campaign=")
                    .append(s.digits(8))
                    .append("\",\"referrer\":\"https://")
                    .append(s.digits(8))
                    .append(".example/\",\"language\":\"")
                    .append(s.digits(5))
                    .append("\"}");
        }
        return s.post(s.anyAddress(), COLLECT, "", body.append(']').toString());
    }

    private static ByteBuffer array(Strangers s, Supplier<String> visitors) {
        StringBuilder body = new StringBuilder("[");
        for (int i = 0; i < ARRAY; i++) {
            body.append(i == 0 ? "" : ",")
                    .append("{\"site_id\":1,\"url\":\"https://example.com/\",\"visitor_id\":\"")
                    .append(visitors.get())
                    .append("\"}");
        }
        return s.post(s.anyAddress(), COLLECT, "", body.append(']').toString());
    }

    private static ByteBuffer beats(Strangers s) {
        StringBuilder body = new StringBuilder("[");
        for (int i = 0; i < ARRAY / 2; i++) {
            String visitor = s.digits(32);
            body.append(i == 0 ? "" : ",")
                    .append("{\"site_id\":1,\"url\":\"https://example.com/\",\"visitor_id\":\"")
                    .append(visitor)
                    .append("\",\"age\":30000},{\"site_id\":1,\"type\":\"heartbeat\",\"visitor_id\":\"")
                    .append(visitor)
                    .append("\",\"url\":\"https://example.com/\"}");
        }
        return s.post(s.anyAddress(), COLLECT, "", body.append(']').toString());
    }

    private static ByteBuffer names(Strangers s) {
        StringBuilder body = new StringBuilder("{\"site_id\":1,\"url\":\"https://example.com/\"");
        for (int i = 0; i < 5_000; i++) {
            body.append(",\"").append(s.colliding(40)).append("\":1");
        }
        return s.post(s.anyAddress(), COLLECT, "", body.append('}').toString());
    }

    private static ByteBuffer props(Strangers s) {
        StringBuilder body = new StringBuilder("[");
        for (int i = 0; i < 100; i++) {
            body.append(i == 0 ? "" : ",")
                    .append("{\"site_id\":1,\"type\":\"event\",\"name\":\"")
                    .append(s.colliding(100))
                    .append("\",\"url\":\"https://example.com/\",\"props\":{");
            for (int p = 0; p < 30; p++) {
                body.append(p == 0 ? "\"" : ",\"")
                        .append(s.colliding(60))
                        .append("\":\"")
                        .append(s.colliding(20))
                        .append('"');
            }
            body.append("}}");
        }
        return s.post(s.anyAddress(), COLLECT, "", body.append(']').toString());
    }

    private static byte[] members() {
        byte[] empty = Strangers.gzip(new byte[0]);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int i = 0; i < 13_000; i++) {
            body.write(empty, 0, empty.length);
        }
        return body.toByteArray();
    }

    private static ByteBuffer agents(Strangers s) {
        String agent = "Mozilla/5.0 (" + s.digits(6) + "; " + "Linux; Android ".repeat(16) + "9".repeat(120) + ") "
                + "AppleWebKit Version/".repeat(12);
        return s.post(
                s.anyAddress(),
                COLLECT,
                "User-Agent: " + agent + "\r\n",
                "{\"site_id\":1,\"url\":\"https://example.com/\"}");
    }

    private static ByteBuffer networks(Strangers s) {
        return s.post(s.addressOf(32), COLLECT, "", "{\"site_id\":1,\"url\":\"https://example.com/\"}");
    }
}
