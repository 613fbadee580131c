package io.millrace.dashboard.internal.report;

import io.millrace.dashboard.internal.request.Times;
import io.millrace.engine.LiveVisitor;
import io.millrace.engine.Site;
import io.millrace.wire.json.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Who is on a site now. */
public final class Realtime {
    private static final int SHOWN = 500;
    private static final int ROWS = 20;

    private Realtime() {}

    public static JsonObject of(Site site, List<LiveVisitor> live) {
        return JsonObject.of("count", live.size())
                .with(
                        "users",
                        live.stream().limit(SHOWN).map(v -> user(site, v)).toList())
                .with("pages", counts(live, LiveVisitor::page))
                .with("sources", counts(live, LiveVisitor::source))
                .with("countries", counts(live, LiveVisitor::country));
    }

    private static JsonObject user(Site site, LiveVisitor v) {
        return JsonObject.of("visitor_id", v.visitor())
                .with("country", v.country())
                .with("browser", v.browser())
                .with("device_type", v.device())
                .with("current_page", v.page())
                .with("last_activity", Times.iso(v.lastActivity(), site.zone()))
                .with("source", v.source());
    }

    static List<JsonObject> counts(List<LiveVisitor> live, Function<LiveVisitor, String> by) {
        Map<String, Long> counts = live.stream()
                .collect(Collectors.groupingBy(v -> ReportContext.name(by.apply(v)), Collectors.counting()));
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(ROWS)
                .map(e -> JsonObject.of("name", e.getKey()).with("visitors", e.getValue()))
                .toList();
    }
}
