package io.millrace.replay.internal.imports;

import io.millrace.wire.json.JsonObject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The events that Google Analytics 4 exports to BigQuery, an object each. */
record Ga4Rows(String domain) implements Rows {
    /** What it counts by itself beside page views, and nobody did. */
    private static final Set<String> OWN = Set.of("session_start", "first_visit", "user_engagement", "first_open");

    /** Parameters that are something else here. */
    private static final Set<String> KNOWN = Set.of(
            "page_location",
            "page_title",
            "page_referrer",
            "ga_session_id",
            "ga_session_number",
            "engagement_time_msec",
            "session_engaged",
            "engaged_session_event",
            "entrances",
            "batch_page_id",
            "batch_ordering_id",
            "ignore_referrer",
            "source",
            "medium",
            "campaign",
            "term",
            "content",
            "gclid",
            "debug_mode",
            "value",
            "currency");

    @Override
    public List<String> needs() {
        return List.of("event_timestamp", "event_name", "event_params", "user_pseudo_id");
    }

    @Override
    public void read(Row row, Consumer<Hit> hits) {
        String name = row.need("event_name");
        long micros = row.number("event_timestamp");
        long time = Times.checked(Instant.ofEpochMilli(micros / 1000), "event_timestamp");
        if (OWN.contains(name)) {
            return;
        }
        String visitor = row.text("user_pseudo_id");
        if (visitor == null) {
            return; // who did not consent has no id, and cannot be told from others
        }
        Map<String, String> params = params(row);
        boolean page = name.equals("page_view");
        JsonObject b = JsonObject.of("type", page ? "pageview" : "event");
        Hit.put(b, "name", page ? null : name);
        String url = params.get("page_location");
        b.put("url", url == null ? "https://" + domain + "/" : url);
        b.put("visitor_id", Names.token(visitor));
        String session = params.get("ga_session_id");
        Hit.put(b, "session_id", session == null ? null : Names.token(visitor + "." + session));
        b.put(
                "id",
                Names.id(
                        "ga4",
                        visitor,
                        Long.toString(micros),
                        name,
                        params.getOrDefault("batch_ordering_id", ""),
                        String.valueOf(url)));
        Hit.put(b, "title", params.get("page_title"));
        Hit.put(b, "referrer", params.get("page_referrer"));
        Hit.put(b, "utm_source", params.get("source"));
        Hit.put(b, "utm_medium", params.get("medium"));
        Hit.put(b, "utm_campaign", params.get("campaign"));
        Hit.put(b, "utm_term", params.get("term"));
        Hit.put(b, "utm_content", params.get("content"));
        Hit.put(b, "language", row.text("device.language"));
        if (!page) {
            extras(b, params);
        }
        JsonObject around = new JsonObject();
        Hit.put(around, "country", Names.country(row.text("geo.country")));
        Hit.put(around, "region", row.text("geo.region"));
        Hit.put(around, "city", row.text("geo.city"));
        hits.accept(new Hit(
                time,
                b,
                around,
                Names.agent(
                        row.first("device.web_info.browser", "device.browser"),
                        row.first("device.web_info.browser_version", "device.browser_version"),
                        row.text("device.operating_system"),
                        version(row.text("device.operating_system_version")),
                        row.text("device.category"))));
    }

    /** Without the system's name, which it repeats. */
    private static String version(String text) {
        return text == null ? null : text.replaceFirst("^\\D*", "").isEmpty() ? null : text.replaceFirst("^\\D*", "");
    }

    private static void extras(JsonObject b, Map<String, String> params) {
        Map<String, Object> props = new TreeMap<>();
        params.forEach((key, value) -> {
            if (!KNOWN.contains(key) && props.size() < 30) {
                props.put(key, value);
            }
        });
        Hit.put(b, "props", props.isEmpty() ? null : props);
        if (params.containsKey("value") && params.containsKey("currency")) {
            b.put("revenue", JsonObject.of("amount", params.get("value")).with("currency", params.get("currency")));
        }
    }

    private static Map<String, String> params(Row row) {
        Map<String, String> params = new HashMap<>();
        if (!(row.cells().apply("event_params") instanceof List<?> list)) {
            throw new BadRow("event_params: must be an array");
        }
        for (Object item : list) {
            if (item instanceof Map<?, ?> param
                    && param.get("key") instanceof String key
                    && param.get("value") instanceof Map<?, ?> value) {
                for (String type : List.of("string_value", "int_value", "double_value", "float_value")) {
                    Object found = value.get(type);
                    if (found != null) {
                        params.put(key, found instanceof BigDecimal number ? number.toPlainString() : found.toString());
                        break;
                    }
                }
            }
        }
        return params;
    }
}
