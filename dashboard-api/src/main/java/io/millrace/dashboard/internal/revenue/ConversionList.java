package io.millrace.dashboard.internal.revenue;

import io.millrace.dashboard.internal.answer.ReportContext;
import io.millrace.dashboard.internal.answer.ReportFormat;
import io.millrace.dashboard.internal.answer.SiteHead;
import io.millrace.dashboard.internal.answer.Within;
import io.millrace.dashboard.internal.query.PeriodHead;
import io.millrace.dashboard.internal.request.Input;
import io.millrace.dashboard.internal.request.Params;
import io.millrace.dashboard.internal.request.Times;
import io.millrace.dashboard.internal.shape.Shape;
import io.millrace.dashboard.internal.shape.Shape.Name;
import io.millrace.dashboard.internal.shape.Shape.Nullable;
import io.millrace.dashboard.internal.shape.Shape.SnakeCase;
import io.millrace.dashboard.internal.shape.Shape.Unwrapped;
import io.millrace.engine.AttributedConversion;
import io.millrace.engine.Conversion;
import io.millrace.engine.Journey;
import io.millrace.engine.Site;
import io.millrace.engine.Visit;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Conversions one by one, newest first, each with its visit and the beginning of its visitor's journey.
 *
 * @param visitsFrom visits that ended before it are in no journey; null: all are
 */
@Name("Conversions")
public record ConversionList(
        SiteHead site,
        PeriodHead period,
        @Nullable OffsetDateTime visitsFrom,
        List<ListedConversion> conversions,
        Pages pagination) {
    public static final Input PAGE = Input.whole("page", 1, 1, 1_000_000, null);
    public static final Input LIMIT =
            Input.whole("limit", 25, 1, ReportFormat.MOST_ROWS, "How many conversions on a page");
    public static final Input SEARCH =
            Input.text("search", "Only those with this in their ids, source, referrer or campaign");
    public static final Input STATUS = Input.choice("status", List.of("completed", "refunded", "all"), null)
            .or("completed");
    private static final int JOURNEY = 20;

    record Pages(int page, int limit, int total, int totalPages) {}

    /**
     * The conversion itself.
     *
     * @param amount what was paid, in minor units of the currency
     * @param refunded how much of it was paid back
     */
    @SnakeCase
    public record ConversionHead(
            long id,
            String externalId,
            @Nullable String visitorId,
            @Nullable String sessionId,
            long amount,
            String currency,
            long refunded,
            Conversion.Status status,
            @Nullable Integer affiliateId,
            OffsetDateTime occurredAt) {
        public static ConversionHead of(Conversion c, Site site) {
            return new ConversionHead(
                    c.id(),
                    c.externalId(),
                    c.visitor(),
                    c.visitId() == 0 ? null : Long.toString(c.visitId()),
                    c.amount().minor(),
                    c.amount().currency(),
                    c.refunded(),
                    c.status(),
                    c.affiliateId() == 0 ? null : c.affiliateId(),
                    Times.at(c.occurredAt(), site.zone()));
        }
    }

    /** The visit that it came of. */
    @SnakeCase
    record ConversionVisit(
            @Nullable String source,
            @Nullable String referrerDomain,
            @Nullable String utmSource,
            @Nullable String utmMedium,
            @Nullable String utmCampaign,
            @Nullable String country,
            @Nullable String city,
            @Nullable String browser,
            @Nullable String os,
            @Nullable String deviceType,
            @Nullable String entryPage,
            @Nullable String exitPage,
            int pageCount,
            long sessionDuration) {
        private static ConversionVisit of(Visit v, Within within) {
            Visit.Origin o = v.origin();
            return new ConversionVisit(
                    o.source(),
                    o.referrerHost(),
                    o.campaign().source(),
                    o.campaign().medium(),
                    o.campaign().name(),
                    o.place().country(),
                    o.place().city(),
                    o.agent().browser(),
                    o.agent().os(),
                    o.agent().device(),
                    within.shown(o.entryPath()),
                    within.shown(v.exitPath()),
                    v.pageViews(),
                    v.durationSeconds());
        }
    }

    @Name("Conversion")
    record ListedConversion(
            @Unwrapped ConversionHead conversion,
            @Unwrapped @Nullable ConversionVisit visit,
            @Nullable Long timeToComplete,
            List<Step> journey) {
        private static ListedConversion of(
                AttributedConversion s, Journey journey, FirstVisits first, Site site, Within within) {
            return new ListedConversion(
                    ConversionHead.of(s.conversion(), site),
                    s.visit() == null ? null : ConversionVisit.of(s.visit(), within),
                    first.until(s.conversion()),
                    journey == null
                            ? List.of()
                            : journey.pages().stream()
                                    .map(p -> new Step(p.path(), Times.at(p.time(), site.zone())))
                                    .toList());
        }
    }

    record Step(String pathname, OffsetDateTime timestamp) {}

    public static ConversionList of(ReportContext context, Params params) {
        int page = params.number(PAGE);
        int limit = params.number(LIMIT);
        String status = params.choice(STATUS);
        String search = params.has("search") ? params.one("search").toLowerCase(Locale.ROOT) : "";
        List<AttributedConversion> found = context.conversions().stream()
                .filter(s -> status.equals("all")
                        || status.equals(Shape.label(s.conversion().status())))
                .filter(s -> search.isEmpty() || matches(s, search))
                .toList();
        List<AttributedConversion> shown =
                found.stream().skip((page - 1L) * limit).limit(limit).toList();
        return new ConversionList(
                SiteHead.of(context.site()),
                PeriodHead.of(context.period()),
                ReportContext.visitsFrom(context.reader(), context.site()),
                rows(context, shown),
                new Pages(page, limit, found.size(), (found.size() + limit - 1) / limit));
    }

    private static boolean matches(AttributedConversion s, String search) {
        Stream<String> texts =
                Stream.of(s.conversion().externalId(), s.conversion().visitor());
        if (s.visit() != null) {
            Visit.Origin o = s.visit().origin();
            texts = Stream.concat(
                    texts, Stream.of(o.source(), o.referrerHost(), o.campaign().name()));
        }
        return texts.filter(Objects::nonNull)
                .anyMatch(t -> t.toLowerCase(Locale.ROOT).contains(search));
    }

    private static List<ListedConversion> rows(ReportContext context, List<AttributedConversion> shown) {
        List<String> visitors = shown.stream()
                .map(s -> s.conversion().visitor())
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        Map<String, Journey> journeys = visitors.isEmpty()
                ? Map.of()
                : context.reader()
                        .journeys(
                                context.site().id(), visitors, context.within().filters(), 1, JOURNEY, 0);
        Map<String, Journey> all = new HashMap<>();
        visitors.forEach(visitor -> all.put(visitor, journeys.get(visitor)));
        FirstVisits first = FirstVisits.of(context, all);
        return shown.stream()
                .map(s -> ListedConversion.of(
                        s, all.get(s.conversion().visitor()), first, context.site(), context.within()))
                .toList();
    }
}
