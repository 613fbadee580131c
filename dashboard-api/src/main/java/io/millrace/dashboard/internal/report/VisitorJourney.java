package io.millrace.dashboard.internal.report;

import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.dashboard.internal.request.Params;
import io.millrace.dashboard.internal.request.Times;
import io.millrace.engine.AttributedConversion;
import io.millrace.engine.Conversion;
import io.millrace.engine.Journey;
import io.millrace.engine.Period;
import io.millrace.engine.Site;
import io.millrace.engine.Visit;
import io.millrace.wire.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Everything that one visitor did on a site, whatever the period. */
public final class VisitorJourney {
    private static final int VISITS = 50;
    private static final int PAGES = 500;

    private VisitorJourney() {}

    static JsonObject of(ReportContext context, Params params) {
        String visitor = params.one("visitorId");
        if (visitor == null || visitor.isEmpty()) {
            throw ApiException.parameter("visitorId", "missing");
        }
        int conversionId = params.number("conversionId", 0, 1, Integer.MAX_VALUE);
        Journey journey = context.reader()
                .journeys(context.site().id(), List.of(visitor), VISITS, PAGES)
                .get(visitor);
        if (journey == null) {
            throw ApiException.notFound("visitor");
        }
        Conversion conversion = conversion(context, visitor, conversionId, journey);
        return JsonObject.of("visitor", visitor(visitor, journey, context.site()))
                .with("conversion", conversion == null ? null : ConversionList.describe(conversion, context.site()))
                .with("timeToComplete", conversion == null ? null : ConversionList.timeToComplete(conversion, journey))
                .with("sessions", sessions(journey, context.site()));
    }

    private static Conversion conversion(ReportContext context, String visitor, int id, Journey journey) {
        Period since = new Period(journey.visits().get(0).startedAt(), Long.MAX_VALUE);
        return context.reader().conversions(context.site().id(), since, List.of()).stream()
                .map(AttributedConversion::conversion)
                .filter(c -> visitor.equals(c.visitor()))
                .filter(c -> id == 0 ? c.status() == Conversion.Status.COMPLETED : c.id() == id)
                .findFirst()
                .orElse(null);
    }

    public static JsonObject visitor(String visitor, Journey journey, Site site) {
        return JsonObject.of("id", visitor)
                .with("totalSessions", journey.totalVisits())
                .with("totalPageViews", journey.totalPages())
                .with("firstVisit", Times.iso(journey.visits().get(0).startedAt(), site.zone()))
                .with("lastVisit", Times.iso(journey.lastActivity(), site.zone()));
    }

    public static List<JsonObject> sessions(Journey journey, Site site) {
        Map<Long, List<Journey.Page>> pages =
                journey.pages().stream().collect(Collectors.groupingBy(Journey.Page::visitId));
        return journey.visits().stream()
                .map(v -> session(v, site).with("pageViews", views(pages.getOrDefault(v.id(), List.of()), site)))
                .toList();
    }

    private static JsonObject session(Visit v, Site site) {
        Visit.Origin o = v.origin();
        return JsonObject.of("id", Long.toString(v.id()))
                .with("started_at", Times.iso(v.startedAt(), site.zone()))
                .with("last_activity", Times.iso(v.lastActivity(), site.zone()))
                .with("entry_page", o.entryPath())
                .with("exit_page", v.exitPath())
                .with("country", o.place().country())
                .with("city", o.place().city())
                .with("browser", o.agent().browser())
                .with("os", o.agent().os())
                .with("device_type", o.agent().device())
                .with("referrer", o.referrer())
                .with("referrer_domain", o.referrerHost())
                .with("source", o.source())
                .with("utm_source", o.campaign().source())
                .with("utm_medium", o.campaign().medium())
                .with("utm_campaign", o.campaign().name())
                .with("page_count", v.pageViews())
                .with("duration", v.durationSeconds())
                .with("is_bounce", v.bounce());
    }

    private static List<JsonObject> views(List<Journey.Page> pages, Site site) {
        return pages.stream()
                .map(p -> JsonObject.of("pathname", p.path())
                        .with("hostname", p.hostname())
                        .with("title", p.title())
                        .with("timestamp", Times.iso(p.time(), site.zone())))
                .toList();
    }
}
