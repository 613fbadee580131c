package io.millrace.perf.hostile;

import io.millrace.perf.hostile.Attack.Target;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Whatever strangers may ask that costs more than a beacon: reports of shared links, public figures, streams, files. */
final class Questions {
    private static final int STREAMS = 2_000;
    private static final List<String> PERIODS =
            List.of("24h", "today", "yesterday", "7d", "30d", "90d", "12m", "month", "year", "all");

    private Questions() {}

    static List<Attack> all() {
        return List.of(
                paths("me", "what a site holds of the caller", (s, t) -> "/api/me?site=1"),
                paths(
                        "me-ids",
                        "what a site holds of visitors, by made-up ids",
                        (s, t) -> "/api/me?site=1&visitor_id=" + s.digits(22)),
                paths(
                        "me-long",
                        "what a site holds of somebody who has visited it for a month",
                        (s, t) -> "/api/me?site=1&visitor_id=" + Ground.REGULAR),
                link(
                        "links",
                        "questions with long wildcards by a shared link",
                        s -> "overview?period=all&page=*a*e*i*" + s.digits(6) + "*o*u*"),
                link("periods", "overviews of a shared link, each of another time", s -> "overview?" + period(s)),
                link(
                        "flows",
                        "paths by a shared link, each with another root",
                        s -> "flow?period=all&root=/" + s.digits(6)),
                link(
                        "breakdowns",
                        "searches among the pages of a shared link",
                        s -> "breakdown?dimension=page&period=all" + "&limit=1000&search=" + s.digits(4)),
                link(
                        "exports",
                        "tables of a shared link as CSV",
                        s -> "breakdown?dimension=page&limit=1000&format=csv&" + period(s)),
                link(
                        "properties",
                        "properties of events of a shared link",
                        s -> "properties?key=" + s.digits(6) + "&" + period(s)),
                link(
                        "conversions",
                        "searches among the conversions of a shared link",
                        s -> "conversions?period=all&search=" + s.digits(6)),
                link(
                        "journeys",
                        "journeys of made-up visitors by a shared link",
                        s -> "visitor-journey?visitorId=" + s.digits(22)),
                paths(
                        "tokens",
                        "shared links that do not exist",
                        (s, t) -> "/api/shared/" + s.digits(22) + "/overview"),
                paths(
                        "public",
                        "popular pages as a site shows them to its visitors, of every period",
                        (s, t) -> "/api/public/1/popular?limit=" + (1 + s.number(50)) + "&period="
                                + PERIODS.get(s.number(PERIODS.size()))),
                paths(
                        "public-live",
                        "who is there now, of new pages",
                        (s, t) -> "/api/public/1/live?path=/" + s.digits(8)),
                paths("doctor", "what the server sees of the caller", (s, t) -> "/api/doctor/client"),
                paths("documents", "the API's document", (s, t) -> "/api/openapi.json"),
                paths("files", "the largest file", (s, t) -> t.file()),
                paths("pages", "pages that do not exist", (s, t) -> "/" + s.digits(2_000)),
                streams("streams", "live streams of a shared link from many IPv6 networks", 48),
                streams("streams-one", "live streams of a shared link from one IPv6 network", 64));
    }

    private static Attack paths(String name, String what, BiFunction<Strangers, Target, String> path) {
        return Attack.ofRequests(name, what, (s, t) -> s.get(s.anyAddress(), path.apply(s, t)));
    }

    private static Attack link(String name, String what, Function<Strangers, String> report) {
        return paths(name, what, (s, t) -> "/api/shared/" + t.link() + "/" + report.apply(s));
    }

    private static Attack streams(String name, String what, int bits) {
        return new Attack(
                name,
                what,
                STREAMS,
                Attack.Way.PROXY,
                Attack.Layer.HTTP,
                false,
                (s, t) -> () -> Scripts.once(s.get(s.addressOf(bits), "/api/shared/" + t.link() + "/live")));
    }

    /** One of a hundred thousand. */
    private static String period(Strangers s) {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        return "from=" + today.minusDays(31 + s.number(3_600)) + "&to=" + today.minusDays(s.number(30));
    }
}
