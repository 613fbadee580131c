package io.millrace.perf.hostile;

import static io.millrace.perf.hostile.Members.MOST;
import static io.millrace.perf.hostile.Members.text;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** Beacons that fill memory and disk, or the store thread's time. */
final class Floods {
    private static final int OLDEST_MILLIS = (int) Duration.ofHours(72).toMillis();

    private Floods() {}

    static List<Attack> all() {
        return List.of(
                flood(
                        "texts",
                        "arrays full of long new texts, compressed, each from another address",
                        s -> longTexts(s, s.anyAddress())),
                flood("fill", "the same from one address", s -> longTexts(s, "198.51.100.7")),
                flood("disk", "the same until the disk is full", s -> longTexts(s, s.anyAddress()))
                        .onSmallDisk(),
                array("values", "new values of every dimension", MOST, Floods::values),
                array("visitors", "new visitors with ids of 64 characters", MOST, s -> Members.view(s.digits(64))),
                array(
                        "sessions",
                        "new sessions of one visitor",
                        MOST,
                        s -> Members.with(text("visitor_id", "one") + "," + text("session_id", s.digits(64)))),
                array("beats", "visits with one heartbeat", MOST / 2, Floods::beats),
                array(
                        "late",
                        "page views of the last three days in no order",
                        MOST,
                        s -> Members.with(text("visitor_id", s.digits(16)) + ",\"age\":" + s.number(OLDEST_MILLIS))),
                array(
                        "repeats",
                        "repeats of events that never were, each looked for in the rows",
                        MOST,
                        s -> Members.with(text("id", s.digits(32)) + ",\"attempt\":1,"
                                + text("visitor_id", s.digits(16)) + ",\"age\":" + s.number(OLDEST_MILLIS))),
                array(
                        "engagements",
                        "engagement with page views that never were",
                        MOST,
                        s -> Members.with("\"type\":"
                                + "\"engagement\"," + text("view", s.digits(32)) + ","
                                + text("visitor_id", s.digits(16))
                                + ",\"engaged_ms\":1000,\"scroll\":50")),
                array("events", "events with new names and new properties", 100, Floods::event),
                array(
                        "payments",
                        "payments in new currencies",
                        MOST,
                        s -> Members.with("\"type\":\"event\"," + text("name", "buy") + ",\"revenue\":{\"amount\":\""
                                + s.number(1_000_000) + ".99\",\"currency\":\"" + s.letters(3) + "\"}")),
                flood("wide", "events as large as they may be, of two bytes a character, compressed", Floods::wide),
                array(
                        "unknown",
                        "beacons of sites that do not exist",
                        MOST,
                        s -> "{\"site_id\":" + (1_000 + s.number(1_000_000_000)) + ","
                                + text("url", "https://example.com/") + "}"),
                Attack.ofRequests(
                        "networks",
                        "one beacon from every address of an IPv6 network",
                        (s, t) -> s.beacon(s.addressOf(32), Members.view(s.digits(16)))),
                Attack.ofRequests(
                        "preflights",
                        "preflight requests",
                        (s, t) -> Strangers.ascii("OPTIONS "
                                + Strangers.COLLECT + " HTTP/1.1\r\nHost: " + s.host() + "\r\nX-Forwarded-For: "
                                + s.anyAddress()
                                + "\r\nOrigin: https://" + s.digits(16)
                                + ".example\r\nAccess-Control-Request-Method: POST\r\n\r\n")),
                Attack.ofRequests(
                        "pixel",
                        "the pixel, with new long texts",
                        (s, t) -> s.get(
                                s.anyAddress(),
                                "/p.gif?site_id=1&u=" + s.longText("https://example.com/", 2_000) + "&r="
                                        + s.longText("https://", 2_000) + "&t=" + s.longText("", 500))),
                Attack.ofRequests(
                        "plausible",
                        "Plausible's tracker with new long texts",
                        (s, t) -> s.post(
                                s.anyAddress(),
                                "/api/event",
                                "",
                                "{\"n\":\"pageview\",\"d\":\"" + (s.number(2) == 0 ? "example.com" : s.digits(200))
                                        + "\",\"u\":\""
                                        + s.longText("https://example.com/", 4_000) + "\",\"r\":\""
                                        + s.longText("https://", 2_000)
                                        + "\"}")),
                Attack.ofRequests(
                        "umami",
                        "Umami's batches, of sites that are there or not",
                        (s, t) -> s.post(s.anyAddress(), "/api/batch", "", Members.array(MOST, () -> umami(s)))),
                Attack.ofRequests(
                        "goatcounter",
                        "GoatCounter's tracker, of hosts that are there or not",
                        (s, t) -> s.get(
                                s.anyAddress(),
                                "/count?p=" + s.longText("/", 2_000) + "&r=" + s.longText("https://", 2_000) + "&site="
                                        + s.digits(60))));
    }

    private static Attack flood(String name, String what, Function<Strangers, ByteBuffer> requests) {
        return Attack.ofRequests(name, what, (s, t) -> requests.apply(s));
    }

    private static Attack array(String name, String what, int members, Function<Strangers, String> member) {
        return flood(name, what, s -> s.beacon(s.anyAddress(), Members.array(members, () -> member.apply(s))));
    }

    private static ByteBuffer longTexts(Strangers s, String address) {
        return compressed(s, address, Members.array(25, () -> {
            StringBuilder fields = new StringBuilder(text("visitor_id", s.digits(64)))
                    .append(',')
                    .append(text("referrer", s.longText("https://", 2_000)))
                    .append(',')
                    .append(text("title", s.longText("", 500)));
            for (String part : List.of("source", "medium", "campaign", "term", "content")) {
                fields.append(',').append(text("utm_" + part, s.longText("", 200)));
            }
            return Members.at(s.longText("https://example.com/", 4_000), fields.toString());
        }));
    }

    private static ByteBuffer compressed(Strangers s, String address, String body) {
        return s.gzipped(address, Strangers.COLLECT, Strangers.gzip(body.getBytes(UTF_8)));
    }

    private static String values(Strangers s) {
        return Members.at(
                "https://example.com/" + s.digits(8) + "?utm_source=" + s.digits(8) + "&utm_campaign=" + s.digits(8),
                text("visitor_id", s.digits(16)) + "," + text("referrer", "https://" + s.digits(8) + ".example/") + ","
                        + text("language", s.digits(5)));
    }

    private static String beats(Strangers s) {
        String visitor = s.digits(32);
        return Members.with(text("visitor_id", visitor) + ",\"age\":30000") + ","
                + Members.with(text("visitor_id", visitor) + ",\"type\":\"heartbeat\"");
    }

    private static String event(Strangers s) {
        StringBuilder props = new StringBuilder();
        for (int i = 0; i < 30; i++) {
            props.append(i == 0 ? "" : ",").append(text(s.digits(16), s.digits(32)));
        }
        return Members.with("\"type\":\"event\"," + text("name", s.digits(40)) + ",\"props\":{" + props + "}");
    }

    private static ByteBuffer wide(Strangers s) {
        String value = "ж".repeat(250);
        return compressed(s, s.anyAddress(), Members.array(14, () -> {
            StringBuilder props = new StringBuilder();
            for (int i = 0; i < 30; i++) {
                props.append(i == 0 ? "" : ",").append(text("ж".repeat(25) + i, s.digits(8) + value));
            }
            return Members.with("\"type\":\"event\"," + text("name", s.digits(40)) + ","
                    + text("visitor_id", s.digits(64)) + ",\"props\":{" + props + "}");
        }));
    }

    private static String umami(Strangers s) {
        String site = s.number(2) == 0 ? Ground.UMAMI : "00000000-0000-4000-8000-" + s.digits(12);
        return "{\"type\":\"event\",\"payload\":{" + text("website", site) + "," + text("hostname", "example.com") + ","
                + text("url", "/" + s.digits(60)) + "," + text("title", s.digits(60)) + "}}";
    }
}
