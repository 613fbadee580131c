package io.millrace.replay.internal.imports;

import io.millrace.wire.json.JsonObject;
import java.util.List;
import java.util.function.Consumer;

/** Page views of Traffic Source, each with its session. */
record TrafficSourceRows(Times times, String domain) implements Rows {
    static final String SITES = "SELECT id, domain FROM sites ORDER BY id";
    static final String PAGE_VIEWS = """
            SELECT p.id, p.session_id, p.visitor_id, p.pathname, p.hostname, p.querystring, p.referrer, p.timestamp,
                s.utm_source, s.utm_medium, s.utm_campaign, s.utm_term, s.utm_content, s.country, s.city, s.browser,
                s.browser_version, s.os, s.os_version, s.device_type, s.screen_width, s.screen_height,
                (SELECT a.slug FROM affiliate_visits v JOIN affiliates a ON a.id = v.affiliate_id
                    WHERE v.session_id = p.session_id ORDER BY v.id LIMIT 1) AS ref
            FROM page_views p LEFT JOIN sessions s ON s.id = p.session_id
            WHERE p.site_id = CAST(? AS INTEGER) ORDER BY p.id""";

    @Override
    public List<String> needs() {
        return List.of();
    }

    @Override
    public void read(Row row, Consumer<Hit> hits) {
        long time = times.millis(row, "timestamp");
        String host = row.text("hostname");
        String path = row.need("pathname");
        String query = row.text("querystring");
        JsonObject b = JsonObject.of("type", "pageview")
                .with(
                        "url",
                        "https://" + (host == null ? domain : host) + (path.startsWith("/") ? path : "/" + path)
                                + (query == null ? "" : query.startsWith("?") ? query : "?" + query))
                .with("visitor_id", Names.token(row.need("visitor_id")))
                .with("session_id", Names.token(row.need("session_id")))
                .with("id", Names.id("traffic source", row.need("id"), row.need("session_id")));
        for (String field :
                List.of("referrer", "utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content", "ref")) {
            Hit.put(b, field, row.text(field));
        }
        if (row.number("screen_width") > 0) {
            b.with("screen_width", row.number("screen_width")).put("screen_height", row.number("screen_height"));
        }
        JsonObject around = new JsonObject();
        Hit.put(around, "country", Names.country(row.text("country")));
        Hit.put(around, "city", row.text("city"));
        hits.accept(new Hit(
                time,
                b,
                around,
                Names.agent(
                        row.text("browser"),
                        row.text("browser_version"),
                        row.text("os"),
                        row.text("os_version"),
                        row.text("device_type"))));
    }
}
