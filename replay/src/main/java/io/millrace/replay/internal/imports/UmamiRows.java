package io.millrace.replay.internal.imports;

import io.millrace.wire.json.JsonObject;
import java.util.List;
import java.util.function.Consumer;

/** Umami's {@code website_event}, of PostgreSQL, MySQL or ClickHouse, where the columns of its sessions stand in each row. */
record UmamiRows(Times times, String domain) implements Rows {
    @Override
    public List<String> needs() {
        return List.of("session_id", "created_at", "url_path");
    }

    @Override
    public void read(Row row, Consumer<Hit> hits) {
        long time = times.millis(row, "created_at");
        String type = row.text("event_type");
        String name = row.text("event_name");
        boolean event = "2".equals(type) || type == null && name != null;
        if (!event && type != null && !type.equals("1")) {
            return; // links and pixels
        }
        JsonObject b = JsonObject.of("type", event ? "event" : "pageview");
        Hit.put(b, "name", event ? row.need("event_name") : null);
        String path = row.need("url_path");
        String query = row.text("url_query");
        String host = row.text("hostname");
        b.put(
                "url",
                "https://" + (host == null ? domain : host) + (path.startsWith("/") ? path : "/" + path)
                        + (query == null ? "" : "?" + query.replaceFirst("^\\?", "")));
        String session = row.need("session_id");
        b.put("visitor_id", Names.token(session));
        Hit.put(b, "session_id", row.text("visit_id") == null ? null : Names.token(row.text("visit_id")));
        String id = row.text("event_id");
        Hit.put(b, "id", id == null || id.length() > 36 ? null : id);
        Hit.put(b, "title", row.text("page_title"));
        Hit.put(b, "referrer", referrer(row));
        Hit.put(b, "language", row.text("language"));
        for (String field : List.of("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content")) {
            Hit.put(b, field, row.text(field));
        }
        screen(b, row.text("screen"), "x");
        JsonObject around = new JsonObject();
        Hit.put(around, "country", row.text("country"));
        Hit.put(around, "region", row.first("region", "subdivision1"));
        Hit.put(around, "city", row.text("city"));
        hits.accept(new Hit(
                time, b, around, Names.agent(row.text("browser"), null, row.text("os"), null, row.text("device"))));
    }

    private static String referrer(Row row) {
        String host = row.text("referrer_domain");
        if (host == null) {
            return null;
        }
        String path = row.text("referrer_path");
        String query = row.text("referrer_query");
        return "https://" + host + (path == null ? "/" : path)
                + (query == null ? "" : "?" + query.replaceFirst("^\\?", ""));
    }

    /** {@code 1920x1080}, or with a comma. */
    static void screen(JsonObject b, String text, String between) {
        String[] parts = text == null ? new String[0] : text.split(between);
        if (parts.length >= 2 && parts[0].matches("\\d{1,6}") && parts[1].matches("\\d{1,6}")) {
            b.with("screen_width", Long.valueOf(parts[0])).with("screen_height", Long.valueOf(parts[1]));
        }
    }
}
