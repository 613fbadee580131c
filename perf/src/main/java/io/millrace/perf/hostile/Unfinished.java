package io.millrace.perf.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.perf.hostile.Script.Pace;
import io.millrace.perf.hostile.Script.Rest;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Function;

/** Requests that never end, and connections that are held, closed and opened for nothing. */
final class Unfinished {
    private static final String POST = "POST /api/collect HTTP/1.1\r\n";
    private static final String CLOSING = "GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    private static final int MANY = 4_000;
    private static final int FEWER = 2_000;
    private static final int IDLE = 25_000;
    private static final int OWN_FILES = 100;

    private Unfinished() {}

    static List<Attack> all() {
        return List.of(
                Attack.ofConnections(
                        "spin",
                        "nothing but keep a processor as busy: what the others are compared with",
                        1,
                        (s, t) -> Scripts::spin),
                held("heads", "request heads of 5,400 short lines that never end", s -> head("a:b\r\n".repeat(5_400))),
                held("header", "a header line that never ends", s -> head("a: " + "b".repeat(16_000))),
                held("lines", "request lines that never end", s -> Strangers.ascii("GET /" + "a".repeat(16_000))),
                held("bodies", "bodies of 256 KiB that stop a byte before their end", Unfinished::longBody),
                held("gzips", "compressed bodies that never end", Unfinished::halfAGzip),
                held("expects", "requests that announce a body and never send it", Unfinished::expecting),
                Attack.ofConnections("next", "a whole request and the head of the next in one go", 9_000, (s, t) -> {
                    ByteBuffer bytes = nextHead();
                    return () -> Scripts.once(bytes.duplicate());
                }),
                endless("chunks", "a chunk extension without an end", ";a=b".repeat(256), s -> chunked(s, "1")),
                endless("chunk-sizes", "the size of a chunk without an end", "0".repeat(1_000), s -> chunked(s, "1")),
                endless(
                        "tiny-chunks",
                        "a body of chunks of one byte each, without an end",
                        "1\r\n \r\n".repeat(500),
                        s -> chunked(s, "")),
                endless("trailers", "trailers without an end", "a: b\r\n".repeat(200), s -> chunked(s, "0\r\n")),
                endless("blanks", "empty lines without a request", "\r\n".repeat(500), s -> Strangers.ascii("\r\n")),
                endless(
                        "gzip-names",
                        "a file name without an end in a compressed body",
                        "a".repeat(1_000),
                        Unfinished::gzipName),
                endless(
                        "after-close",
                        "bytes without an end behind a request that closes its connection",
                        "a".repeat(1_000),
                        s -> Strangers.ascii(CLOSING)),
                endless("drip", "a byte of a request each time the server can take one", "a", s -> line()),
                Attack.ofConnections("slow", "a byte of a request a second", MANY, (s, t) -> {
                    ByteBuffer part = Strangers.ascii("a");
                    return () -> Scripts.endless(line(), part, Pace.SLOW);
                }),
                Attack.ofConnections(
                        "idle", "connections on which nothing is ever sent", most(), (s, t) -> Scripts::idle),
                Attack.ofConnections("half-closed", "requests whose sender hears nothing any more", MANY, (s, t) -> {
                    ByteBuffer asked = Unread.pipelined(t, t.file(), 50);
                    return () -> Scripts.once(asked.duplicate(), Pace.DEAF, Rest.ENDS_OUTPUT);
                }),
                Attack.ofConnections(
                        "churn",
                        "connections that are closed as soon as they are answered",
                        64,
                        (s, t) -> () -> Scripts.ask(() -> Strangers.ascii(CLOSING))),
                Attack.ofConnections("resets", "beacons whose connections are reset at once", 64, (s, t) -> {
                    ByteBuffer beacon = s.beacon(s.anyAddress(), Members.view(s.digits(16)));
                    return () -> Scripts.once(beacon.duplicate(), Pace.FULL, Rest.RESETS);
                }),
                Attack.ofConnections("malformed", "requests that are refused and closed", 64, (s, t) -> {
                    ByteBuffer twoHosts = Strangers.ascii("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n");
                    return () -> Scripts.ask(twoHosts::duplicate);
                }),
                Attack.ofConnections(
                                "handshakes",
                                "connections for one request each, over TLS",
                                64,
                                (s, t) -> () -> Scripts.ask(() -> Strangers.ascii(CLOSING)))
                        .over(Attack.Layer.TLS),
                held("hellos", "TLS handshakes whose first message never ends", s -> hello())
                        .over(Attack.Layer.BELOW_TLS));
    }

    private static Attack held(String name, String what, Function<Strangers, ByteBuffer> bytes) {
        return Attack.ofConnections(name, what, MANY, (s, t) -> {
            ByteBuffer shared = bytes.apply(s);
            return () -> Scripts.once(shared.duplicate());
        });
    }

    private static Attack endless(String name, String what, String part, Function<Strangers, ByteBuffer> first) {
        return Attack.ofConnections(name, what, FEWER, (s, t) -> {
            ByteBuffer begins = first.apply(s);
            ByteBuffer goesOn = Strangers.ascii(part);
            return () -> Scripts.endless(begins, goesOn, Pace.FULL);
        });
    }

    /** More connections than a server takes, or as many as this process may have. */
    private static int most() {
        var system = ManagementFactory.getOperatingSystemMXBean();
        long files = system instanceof com.sun.management.UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : IDLE;
        return (int) Math.min(IDLE, files - OWN_FILES);
    }

    private static ByteBuffer head(String lines) {
        return Strangers.ascii(POST + lines);
    }

    private static ByteBuffer line() {
        return Strangers.ascii("GET /");
    }

    private static ByteBuffer longBody(Strangers s) {
        ByteBuffer whole = s.beacon(s.anyAddress(), " ".repeat(256 << 10));
        return whole.limit(whole.limit() - 1);
    }

    private static ByteBuffer nextHead() {
        return Strangers.ascii(
                "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n" + POST + "Host: a\r\na: " + "b".repeat(12_000));
    }

    private static ByteBuffer halfAGzip(Strangers s) {
        byte[] body = Strangers.gzip(("{\"title\":\"" + s.digits(200_000) + "\"}").getBytes(UTF_8));
        ByteBuffer whole = s.gzipped(s.anyAddress(), Strangers.COLLECT, body);
        return whole.limit(whole.limit() - 100);
    }

    private static ByteBuffer expecting(Strangers s) {
        return head("Host: " + s.host() + "\r\nContent-Type: application/json\r\nContent-Length: 200000\r\n"
                + "Expect: 100-continue\r\n\r\n");
    }

    private static ByteBuffer chunked(Strangers s, String body) {
        return head("Host: " + s.host() + "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                + body);
    }

    /** The head of RFC 1952 with the flag for a name. */
    private static ByteBuffer gzipName(Strangers s) {
        byte[] head = {0x1f, (byte) 0x8b, 8, 8, 0, 0, 0, 0, 0, 0};
        ByteBuffer announced =
                head("Host: " + s.host() + "\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\n"
                        + "Content-Length: 262144\r\n\r\n");
        return ByteBuffer.allocate(announced.remaining() + head.length)
                .put(announced)
                .put(head)
                .flip();
    }

    /** The beginning of a record of TLS 1.2 that holds the beginning of a ClientHello of 16 MB. */
    private static ByteBuffer hello() {
        byte[] begins = {0x16, 3, 1, 0x40, 0, 1, (byte) 0xff, (byte) 0xff, (byte) 0xff, 3, 3};
        return ByteBuffer.allocate(16_000).put(begins).position(0);
    }
}
