package io.millrace.dashboard.internal.report;

import io.millrace.dashboard.internal.answer.ReportContext;
import io.millrace.dashboard.internal.request.Times;
import io.millrace.dashboard.internal.shape.Shape.Nullable;
import io.millrace.dashboard.internal.shape.Shape.SnakeCase;
import io.millrace.engine.Engine;
import io.millrace.engine.LiveHit;
import io.millrace.engine.LiveVisitor;
import io.millrace.engine.Site;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Who is on a site now, and what has just happened.
 *
 * @param recent the latest page views and custom events of half an hour, the latest first
 */
public record Realtime(
        int count,
        List<LiveUser> users,
        List<RecentHit> recent,
        List<LiveRow> pages,
        List<LiveRow> sources,
        List<LiveRow> countries) {
    private static final int SHOWN = 500;
    private static final int ROWS = 20;

    @SnakeCase
    record LiveUser(
            String visitorId,
            @Nullable String country,
            @Nullable String browser,
            @Nullable String deviceType,
            @Nullable String currentPage,
            OffsetDateTime lastActivity,
            @Nullable String source) {
        private static LiveUser of(LiveVisitor v, Site site) {
            return new LiveUser(
                    v.visitor(),
                    v.country(),
                    v.browser(),
                    v.device(),
                    v.page(),
                    Times.at(v.lastActivity(), site.zone()),
                    v.source());
        }
    }

    /** A page view, or a custom event. */
    @SnakeCase
    record RecentHit(
            OffsetDateTime time,
            String visitorId,
            @Nullable String page,
            @Nullable String event,
            @Nullable String source,
            @Nullable String country,
            @Nullable String browser,
            @Nullable String deviceType) {
        private static RecentHit of(LiveHit h, Site site) {
            return new RecentHit(
                    Times.at(h.time(), site.zone()),
                    h.visitor(),
                    h.page(),
                    h.event(),
                    h.source(),
                    h.country(),
                    h.browser(),
                    h.device());
        }
    }

    record LiveRow(String name, long visitors) {}

    /** What a site's engine knows now. */
    public static Realtime of(Site site, Engine engine) {
        List<LiveVisitor> live = engine.live(site.id());
        return new Realtime(
                live.size(),
                live.stream().limit(SHOWN).map(v -> LiveUser.of(v, site)).toList(),
                engine.recent(site.id()).stream()
                        .map(h -> RecentHit.of(h, site))
                        .toList(),
                counts(live, LiveVisitor::page),
                counts(live, LiveVisitor::source),
                counts(live, LiveVisitor::country));
    }

    private static List<LiveRow> counts(List<LiveVisitor> live, Function<LiveVisitor, String> by) {
        Map<String, Long> counts = live.stream()
                .collect(Collectors.groupingBy(v -> ReportContext.name(by.apply(v)), Collectors.counting()));
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(ROWS)
                .map(e -> new LiveRow(e.getKey(), e.getValue()))
                .toList();
    }
}
