package io.millrace.replay.internal.imports;

import io.millrace.wire.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** GoatCounter's export of page views; the first column's name has the number of its version. */
final class GoatCounterRows implements Rows {
    private final Times times;
    private final String domain;
    private String path = "2path";

    GoatCounterRows(Times times, String domain) {
        this.times = times;
        this.domain = domain;
    }

    @Override
    public List<String> needs() {
        return List.of("session", "date", "event");
    }

    @Override
    public void columns(Set<String> names) {
        path = names.stream()
                .filter(name -> name.matches("\\d?path"))
                .findFirst()
                .orElseThrow(() -> new BadRow("there is no column 2Path"));
    }

    @Override
    public void read(Row row, Consumer<Hit> hits) {
        long time = times.millis(row, "date");
        String bot = row.text("bot");
        if (bot != null && !bot.equals("0") && !bot.equalsIgnoreCase("false")) {
            return;
        }
        String event = row.need("event");
        boolean isEvent = event.equalsIgnoreCase("true") || event.equals("1");
        if (!isEvent && !event.equalsIgnoreCase("false") && !event.equals("0")) {
            throw new BadRow("event: neither true nor false");
        }
        JsonObject b = JsonObject.of("type", isEvent ? "event" : "pageview");
        String where = row.need(path);
        Hit.put(b, "name", isEvent ? where : null);
        b.put(
                "url",
                isEvent
                        ? "https://" + domain + "/"
                        : "https://" + domain + (where.startsWith("/") ? where : "/" + where));
        String session = row.text("session");
        b.put("visitor_id", session == null ? "row-" + row.number() : Names.token(session));
        Hit.put(b, "title", row.text("title"));
        Hit.put(b, "referrer", referrer(row));
        UmamiRows.screen(b, row.text("screen size"), "[,x]");
        JsonObject around = new JsonObject();
        String location = row.text("location");
        if (location != null) {
            around.put("country", location.split("-")[0]);
            Hit.put(around, "region", location.contains("-") ? location : null);
        }
        String agent = row.text("useragent");
        Hit.put(around, "user_agent", agent);
        hits.accept(new Hit(
                time,
                b,
                around,
                agent != null ? null : Names.agent(row.text("browser"), null, row.text("system"), null, null)));
    }

    /** By its scheme: {@code h} of a page, {@code c} of a campaign, {@code g} what GoatCounter calls a group of pages. */
    private static String referrer(Row row) {
        String text = row.text("referrer");
        if (text == null || "c".equals(row.text("referrer scheme"))) {
            return null;
        }
        if (text.contains("://")) {
            return text;
        }
        return switch (text) {
            case "Google" -> "https://www.google.com/";
            case "Hacker News" -> "https://news.ycombinator.com/";
            case "Twitter" -> "https://t.co/";
            default -> text.contains(".") && !text.contains(" ") ? "https://" + text : null;
        };
    }
}
