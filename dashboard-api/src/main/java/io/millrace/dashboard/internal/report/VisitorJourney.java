package io.millrace.dashboard.internal.report;

import com.google.common.collect.Lists;
import io.millrace.dashboard.internal.answer.ReportContext;
import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.dashboard.internal.request.Input;
import io.millrace.dashboard.internal.request.Params;
import io.millrace.dashboard.internal.request.Times;
import io.millrace.dashboard.internal.revenue.ConversionList.ConversionHead;
import io.millrace.dashboard.internal.revenue.FirstVisits;
import io.millrace.dashboard.internal.shape.Shape.Name;
import io.millrace.dashboard.internal.shape.Shape.Nullable;
import io.millrace.dashboard.internal.shape.Shape.SnakeCase;
import io.millrace.engine.Conversion;
import io.millrace.engine.Journey;
import io.millrace.engine.Site;
import io.millrace.engine.Visit;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Everything that one visitor did on a site, whatever the period.
 *
 * @param visitsFrom visits that ended before it are removed, and not told; null: none are
 * @param timeToComplete seconds from the visitor's first visit to the conversion; visits of which only columns are left count, too
 */
@Name("Journey")
public record VisitorJourney(
        Visitor visitor,
        @Nullable OffsetDateTime visitsFrom,
        @Nullable ConversionHead conversion,
        @Nullable Long timeToComplete,
        List<Session> sessions,
        List<ConversionHead> conversions) {
    static final Input VISITOR = Input.text("visitorId", null).must();
    static final Input CONVERSION = Input.whole(
            "conversionId", 1, Integer.MAX_VALUE, "The conversion to show; absent: the visitor's last completed one");
    private static final int VISITS = 50;
    private static final int PAGES = 500;
    private static final int EVENTS = 500;
    private static final int CONVERSIONS = 500;

    public record Visitor(
            String id, int totalSessions, int totalPageViews, OffsetDateTime firstVisit, OffsetDateTime lastVisit) {
        public static Visitor of(String id, Journey journey, Site site) {
            return new Visitor(
                    id,
                    journey.totalVisits(),
                    journey.totalPages(),
                    Times.at(journey.visits().get(0).startedAt(), site.zone()),
                    Times.at(journey.lastActivity(), site.zone()));
        }
    }

    @SnakeCase
    public record Session(
            String id,
            OffsetDateTime startedAt,
            OffsetDateTime lastActivity,
            @Nullable String entryPage,
            @Nullable String exitPage,
            @Nullable String country,
            @Nullable String region,
            @Nullable String city,
            @Nullable String language,
            @Nullable String browser,
            @Nullable String browserVersion,
            @Nullable String os,
            @Nullable String osVersion,
            @Nullable String deviceType,
            @Nullable String screen,
            @Nullable String referrer,
            @Nullable String referrerDomain,
            @Nullable String source,
            @Nullable String utmSource,
            @Nullable String utmMedium,
            @Nullable String utmCampaign,
            @Nullable String utmTerm,
            @Nullable String utmContent,
            int pageCount,
            long duration,
            boolean isBounce,
            @Name("pageViews") List<View> pageViews,
            List<Done> events) {
        private static Session of(Visit v, List<Journey.Page> pages, List<Journey.Done> events, Site site) {
            Visit.Origin o = v.origin();
            return new Session(
                    Long.toString(v.id()),
                    Times.at(v.startedAt(), site.zone()),
                    Times.at(v.lastActivity(), site.zone()),
                    o.entryPath(),
                    v.exitPath(),
                    o.place().country(),
                    o.place().region(),
                    o.place().city(),
                    o.language(),
                    o.agent().browser(),
                    o.agent().browserVersion(),
                    o.agent().os(),
                    o.agent().osVersion(),
                    o.agent().device(),
                    o.screenWidth() <= 0 ? null : o.screenWidth() + "x" + o.screenHeight(),
                    o.referrer(),
                    o.referrerHost(),
                    o.source(),
                    o.campaign().source(),
                    o.campaign().medium(),
                    o.campaign().name(),
                    o.campaign().term(),
                    o.campaign().content(),
                    v.pageViews(),
                    v.durationSeconds(),
                    v.bounce(),
                    pages.stream().map(p -> View.of(p, site)).toList(),
                    events.stream().map(e -> Done.of(e, site)).toList());
        }
    }

    /** A custom event. */
    record Done(String name, @Nullable String pathname, Map<String, String> props, OffsetDateTime timestamp) {
        private static Done of(Journey.Done e, Site site) {
            return new Done(e.name(), e.path(), e.props(), Times.at(e.time(), site.zone()));
        }
    }

    record View(
            String pathname,
            @Nullable String hostname,
            @Nullable String title,
            OffsetDateTime timestamp) {
        private static View of(Journey.Page p, Site site) {
            return new View(p.path(), p.hostname(), p.title(), Times.at(p.time(), site.zone()));
        }
    }

    static VisitorJourney of(ReportContext context, Params params) {
        String visitor = params.one("visitorId");
        if (visitor == null || visitor.isEmpty()) {
            throw ApiException.parameter("visitorId", "missing");
        }
        int conversionId = params.number(CONVERSION);
        Journey journey = context.reader()
                .journeys(context.site().id(), List.of(visitor), List.of(), VISITS, PAGES, EVENTS)
                .get(visitor);
        OffsetDateTime visitsFrom = ReportContext.visitsFrom(context.reader(), context.site());
        if (journey == null) {
            throw visitsFrom == null ? ApiException.notFound("visitor") : removed(visitsFrom);
        }
        List<Conversion> conversions = conversions(context, visitor, journey);
        Conversion conversion = conversions.stream()
                .filter(c -> conversionId == 0 ? c.status() == Conversion.Status.COMPLETED : c.id() == conversionId)
                .findFirst()
                .orElse(null);
        return new VisitorJourney(
                Visitor.of(visitor, journey, context.site()),
                visitsFrom,
                conversion == null ? null : ConversionHead.of(conversion, context.site()),
                conversion == null
                        ? null
                        : FirstVisits.of(context, Map.of(visitor, journey)).until(conversion),
                sessions(journey, context.site()),
                Lists.reverse(conversions).stream()
                        .map(c -> ConversionHead.of(c, context.site()))
                        .toList());
    }

    private static ApiException removed(OffsetDateTime visitsFrom) {
        return new ApiException(
                404, "visits_removed", "no such visitor since " + visitsFrom + "; older visits are removed");
    }

    /** The payments of a visitor, newest first. */
    private static List<Conversion> conversions(ReportContext context, String visitor, Journey journey) {
        return context.reader()
                .conversions(
                        context.site().id(), visitor, journey.visits().get(0).startedAt(), CONVERSIONS);
    }

    public static List<Session> sessions(Journey journey, Site site) {
        Map<Long, List<Journey.Page>> pages =
                journey.pages().stream().collect(Collectors.groupingBy(Journey.Page::visitId));
        Map<Long, List<Journey.Done>> events =
                journey.events().stream().collect(Collectors.groupingBy(Journey.Done::visitId));
        return journey.visits().stream()
                .map(v -> Session.of(
                        v, pages.getOrDefault(v.id(), List.of()), events.getOrDefault(v.id(), List.of()), site))
                .toList();
    }
}
