package io.millrace.perf.hostile;

import static io.millrace.perf.hostile.Members.MOST;
import static io.millrace.perf.hostile.Members.text;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Function;

/** Texts with one hash code, for everything that is looked up by a stranger's text. */
final class Collisions {
    private Collisions() {}

    static List<Attack> all() {
        return List.of(
                array(
                        "collide",
                        "visitors whose ids have the same hash code",
                        MOST,
                        s -> Members.view(s.colliding(64))),
                array(
                        "collide-sessions",
                        "sessions and events of one visitor, with the same hash codes",
                        MOST,
                        s -> Members.with(text("visitor_id", "one") + "," + text("session_id", s.colliding(64)) + ","
                                + text("id", s.colliding(36)))),
                array(
                        "collide-paths",
                        "pages, titles and sources with the same hash codes",
                        100,
                        s -> Members.at(
                                "https://example.com/" + s.colliding(60) + "?utm_source=" + s.colliding(60),
                                text("title", s.colliding(60)) + "," + text("visitor_id", s.digits(16)))),
                Attack.ofRequests(
                        "collide-agents",
                        "user agents with the same hash code",
                        (s, t) -> s.post(
                                s.anyAddress(),
                                Strangers.COLLECT,
                                "User-Agent: Mozilla/5.0 " + s.colliding(80) + "\r\n",
                                Members.view(s.digits(16)))),
                Attack.ofRequests(
                        "collide-networks",
                        "addresses of IPv6 networks with the same hash code",
                        (s, t) -> s.beacon(s.collidingNetwork(), Members.view(s.digits(16)))),
                Attack.ofRequests("collide-headers", "header names with the same hash code", (s, t) -> headers(s)),
                Attack.ofRequests(
                        "collide-params",
                        "parameters with the same hash code",
                        (s, t) -> s.get(s.anyAddress(), "/p.gif?" + params(s))),
                Attack.ofRequests(
                        "collide-questions",
                        "questions of a shared link with the same hash code",
                        (s, t) -> s.get(
                                s.anyAddress(),
                                "/api/shared/" + t.link() + "/overview?period=24h&page=/" + s.colliding(60))),
                flood("names", "objects whose unknown fields have the same hash code", Collisions::names),
                array("props", "events whose properties have the same hash code", 60, Collisions::props));
    }

    private static Attack flood(String name, String what, Function<Strangers, ByteBuffer> requests) {
        return Attack.ofRequests(name, what, (s, t) -> requests.apply(s));
    }

    private static Attack array(String name, String what, int members, Function<Strangers, String> member) {
        return flood(name, what, s -> s.beacon(s.anyAddress(), Members.array(members, () -> member.apply(s))));
    }

    private static ByteBuffer headers(Strangers s) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 90; i++) {
            lines.append(s.colliding(60)).append(": a\r\n");
        }
        return s.post(s.anyAddress(), Strangers.COLLECT, lines.toString(), Members.view(s.digits(16)));
    }

    private static String params(Strangers s) {
        StringBuilder query = new StringBuilder("site_id=1&u=https://example.com/");
        for (int i = 0; i < 300; i++) {
            query.append('&').append(s.colliding(40)).append("=1");
        }
        return query.toString();
    }

    private static ByteBuffer names(Strangers s) {
        StringBuilder fields = new StringBuilder(text("visitor_id", s.digits(16)));
        for (int i = 0; i < 5_000; i++) {
            fields.append(",\"").append(s.colliding(40)).append("\":1");
        }
        return s.beacon(s.anyAddress(), Members.with(fields.toString()));
    }

    private static String props(Strangers s) {
        StringBuilder props = new StringBuilder();
        for (int i = 0; i < 30; i++) {
            props.append(i == 0 ? "" : ",").append(text(s.colliding(60), s.colliding(20)));
        }
        return Members.with("\"type\":\"event\"," + text("name", s.colliding(100)) + ",\"props\":{" + props + "}");
    }
}
