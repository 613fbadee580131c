package io.millrace.perf.hostile;

import static io.millrace.perf.hostile.Members.text;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Function;

/** Requests that take long to read. */
final class Costly {
    private static final int BODY = 250_000;

    private Costly() {}

    static List<Attack> all() {
        return List.of(
                compressed("members", "13,000 empty gzip members", members()),
                compressed(
                        "bombs",
                        "a body that unpacks to a thousand times its size",
                        Strangers.gzip(new byte[64 << 20])),
                compressed(
                        "blanks-inside",
                        "a body of blanks, compressed",
                        Strangers.gzip(" ".repeat(BODY).getBytes(UTF_8))),
                flood("errors", "bodies that are not JSON", s -> s.beacon(s.anyAddress(), "{\"site_id\":")),
                flood("deep", "arrays in arrays without an end", s -> s.beacon(s.anyAddress(), "[".repeat(BODY))),
                flood(
                        "deep-fields",
                        "objects in objects, in a field that nobody knows",
                        s -> s.beacon(s.anyAddress(), "{\"x\":".repeat(BODY / 5))),
                flood("numbers", "numbers of 250,000 digits", Costly::numbers),
                flood(
                        "escapes",
                        "a title of escapes",
                        s -> s.beacon(
                                s.anyAddress(), Members.with("\"title\":\"" + "\\u0416".repeat(BODY / 6) + "\""))),
                flood(
                        "hosts",
                        "addresses whose host names are long and encoded",
                        s -> s.beacon(s.anyAddress(), Members.array(100, () -> host(s)))),
                flood(
                        "urls",
                        "addresses full of escapes and parameters",
                        s -> s.beacon(s.anyAddress(), Members.array(60, () -> url(s)))),
                flood("agents", "user agents that take long to parse", Costly::agents),
                flood(
                        "hops",
                        "forwarding headers of a thousand hops",
                        s -> s.beacon(s.anyAddress() + ", 127.0.0.1".repeat(1_300), Members.view(s.digits(16)))),
                flood(
                        "cookies",
                        "cookies of 15 KB",
                        s -> Strangers.ascii("GET /api/session HTTP/1.1\r\nHost: " + s.host()
                                + "\r\nX-Forwarded-For: " + s.anyAddress() + "\r\nCookie: " + "a=b; ".repeat(3_000)
                                + "millrace_session=" + s.digits(32) + "\r\n\r\n")));
    }

    private static Attack flood(String name, String what, Function<Strangers, ByteBuffer> requests) {
        return Attack.ofRequests(name, what, (s, t) -> requests.apply(s));
    }

    private static Attack compressed(String name, String what, byte[] body) {
        return flood(name, what, s -> s.gzipped(s.anyAddress(), Strangers.COLLECT, body));
    }

    private static byte[] members() {
        byte[] empty = Strangers.gzip(new byte[0]);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int i = 0; i < 13_000; i++) {
            body.write(empty, 0, empty.length);
        }
        return body.toByteArray();
    }

    private static ByteBuffer numbers(Strangers s) {
        String digits = "9".repeat(BODY / 2);
        String field = List.of("screen_width", "age", "x", "engaged_ms").get(s.number(4));
        String number = List.of(digits, "1." + digits, "1e" + digits, "-" + digits + "e-999999999")
                .get(s.number(4));
        return s.beacon(s.anyAddress(), Members.with("\"" + field + "\":" + number));
    }

    private static String host(Strangers s) {
        String label = "xn--" + s.letters(50) + ".";
        return Members.at(
                "https://" + label.repeat(4) + "example/", text("referrer", "https://" + label.repeat(4) + "example/"));
    }

    private static String url(Strangers s) {
        return Members.at(
                "https://example.com/?" + s.digits(4) + "=%D0%96&".repeat(400), text("visitor_id", s.digits(16)));
    }

    private static ByteBuffer agents(Strangers s) {
        String agent = "Mozilla/5.0 (" + s.digits(6) + "; " + "Linux; Android ".repeat(16) + "9".repeat(120) + ") "
                + "AppleWebKit Version/".repeat(12);
        return s.post(s.anyAddress(), Strangers.COLLECT, "User-Agent: " + agent + "\r\n", Members.view(s.digits(16)));
    }
}
