package io.millrace.replay.internal.imports;

import io.millrace.wire.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Matomo's visits log: a row is a visit, and columns such as {@code actionDetails_0_url} are its actions. */
final class MatomoRows implements Rows {
    private static final String ACTION = "actiondetails_";

    private int actions;

    @Override
    public List<String> needs() {
        return List.of("idvisit", "visitorid", ACTION + "0_url", ACTION + "0_timestamp");
    }

    @Override
    public void columns(Set<String> names) {
        actions = 0;
        while (names.contains(ACTION + actions + "_timestamp")) {
            actions++;
        }
    }

    @Override
    public void read(Row row, Consumer<Hit> hits) {
        String visit = row.need("idvisit");
        String visitor = row.need("visitorid");
        boolean first = true;
        for (int i = 0; i < actions; i++) {
            String of = ACTION + i + "_";
            String type = row.text(of + "type");
            String url = row.text(of + "url");
            if (row.text(of + "timestamp") == null || type == null && url == null) {
                continue;
            }
            JsonObject b = beacon(row, of, type == null ? "action" : type, url);
            if (b == null) {
                continue;
            }
            b.with("visitor_id", Names.token(visitor))
                    .with("session_id", Names.token(visit))
                    .with("id", Names.id("matomo", visit, Integer.toString(i)));
            if (first) {
                Hit.put(b, "referrer", referrer(row));
                Hit.put(b, "utm_source", row.first("campaignsource", "referrertype_campaign"));
                Hit.put(
                        b,
                        "utm_campaign",
                        "campaign".equals(row.text("referrertype")) ? row.text("referrername") : null);
                first = false;
            }
            Hit.put(b, "language", row.text("languagecode"));
            UmamiRows.screen(b, row.text("resolution"), "x");
            hits.accept(new Hit(time(row, of), b, place(row), agent(row)));
        }
    }

    private static JsonObject beacon(Row row, String of, String type, String url) {
        JsonObject b = new JsonObject();
        switch (type.toLowerCase(Locale.ROOT)) {
            case "action" -> b.with("type", "pageview").put("url", row.need(of + "url"));
            case "event" -> {
                String name = row.first(of + "eventaction", of + "eventname", of + "eventcategory");
                b.with("type", "event").put("name", name == null ? "event" : name);
                Map<String, Object> props = new TreeMap<>();
                for (String part : List.of("category", "name", "value")) {
                    String value = row.text(of + "event" + part);
                    if (value != null) {
                        props.put(part, value);
                    }
                }
                Hit.put(b, "props", props.isEmpty() ? null : props);
                Hit.put(b, "url", url);
            }
            case "outlink", "download" -> {
                b.with("type", "event")
                        .with("name", type.equalsIgnoreCase("outlink") ? "Outbound Link" : "File Download");
                Hit.put(b, "props", url == null ? null : Map.of("url", url));
            }
            default -> {
                return null; // goals, searches and what plug-ins add belong to one of these
            }
        }
        return b;
    }

    private static long time(Row row, String of) {
        return Times.checked(Instant.ofEpochSecond(row.number(of + "timestamp")), of + "timestamp");
    }

    private static String referrer(Row row) {
        String url = row.text("referrerurl");
        return url != null && url.startsWith("http") ? url : null;
    }

    private static JsonObject place(Row row) {
        JsonObject around = new JsonObject();
        Hit.put(around, "country", Names.country(row.text("countrycode")));
        Hit.put(around, "region", row.first("regioncode", "region"));
        Hit.put(around, "city", row.text("city"));
        return around;
    }

    private static io.millrace.engine.Agent agent(Row row) {
        return Names.agent(
                row.first("browsername", "browser"),
                row.text("browserversion"),
                row.first("operatingsystemname", "operatingsystem"),
                row.text("operatingsystemversion"),
                row.text("devicetype"));
    }
}
