package io.millrace.dashboard.internal.revenue;

import com.google.common.base.Strings;
import com.google.common.collect.Iterables;
import io.millrace.dashboard.internal.answer.ReportContext;
import io.millrace.dashboard.internal.answer.ReportFormat;
import io.millrace.dashboard.internal.answer.SiteHead;
import io.millrace.dashboard.internal.query.PeriodHead;
import io.millrace.dashboard.internal.request.Input;
import io.millrace.dashboard.internal.request.Params;
import io.millrace.dashboard.internal.revenue.CompletedConversions.Revenue;
import io.millrace.dashboard.internal.shape.Shape;
import io.millrace.dashboard.internal.shape.Shape.Name;
import io.millrace.engine.Affiliate;
import io.millrace.engine.AttributedConversion;
import io.millrace.engine.Conversion;
import io.millrace.engine.Visit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What payments are credited to, by an attribute of visits and by currency. Each payment is one conversion in all, of which
 * its visits may have parts.
 *
 * @param rows most conversions first
 */
@Name("Attribution")
public record AttributionReport(
        SiteHead site,
        PeriodHead period,
        Attribution attribution,
        Credited dimension,
        long conversions,
        List<Revenue> revenues,
        List<CreditRow> rows,
        long total) {
    public static final Input ATTRIBUTION = Input.choice(
                    "attribution", Attribution.values(), "Which of a visitor's visits are credited")
            .or("last");
    public static final Input DIMENSION =
            Input.choice("dimension", Credited.values(), null).or("source");

    /** A conversion in parts, of which each visit gets some; and how many of them a hundredth is. */
    private static final long PARTS = 1_000_000;

    private static final long HUNDREDTH = PARTS / 100;

    /** So many visitors' visits are held: with all that {@link Attribution#visits} allows, 100,000. */
    private static final int VISITORS_AT_A_TIME = 1_000;

    /** What of a visit is credited. */
    enum Credited {
        SOURCE,
        CHANNEL,
        UTM_SOURCE,
        UTM_MEDIUM,
        UTM_CAMPAIGN,
        /** Of a visit by links of several, the one that the site has had for longest. */
        AFFILIATE;

        private String of(Visit visit, Map<Integer, Affiliate> affiliates) {
            Visit.Origin origin = visit.origin();
            return switch (this) {
                case SOURCE -> origin.source();
                case CHANNEL -> origin.channel();
                case UTM_SOURCE -> origin.campaign().source();
                case UTM_MEDIUM -> origin.campaign().medium();
                case UTM_CAMPAIGN -> origin.campaign().name();
                case AFFILIATE ->
                    visit.affiliates().stream()
                            .map(affiliates::get)
                            .filter(Objects::nonNull)
                            .min(Comparator.comparingInt(Affiliate::id))
                            .map(Affiliate::slug)
                            .orElse(null);
            };
        }
    }

    /**
     * What is credited to a value.
     *
     * @param conversions in hundredths at the finest
     * @param revenue in minor units
     */
    record CreditRow(String name, String currency, double conversions, long revenue) {}

    private record Key(String name, String currency) {}

    /** What adds up; not thread-safe. */
    private static final class Sum {
        private long parts;
        private long revenue;
    }

    public static AttributionReport of(ReportContext context, Params params) {
        Attribution attribution = Shape.constant(Attribution.class, params.choice(ATTRIBUTION));
        Credited dimension = Shape.constant(Credited.class, params.choice(DIMENSION));
        int offset = params.number(ReportFormat.OFFSET);
        CompletedConversions conversions = CompletedConversions.of(context);
        List<CreditRow> rows = rows(context, conversions, attribution, dimension);
        return new AttributionReport(
                SiteHead.of(context.site()),
                PeriodHead.of(context.period()),
                attribution,
                dimension,
                conversions.completed().size(),
                conversions.revenues(),
                rows.stream()
                        .skip(offset)
                        .limit(params.number(ReportFormat.LIMIT))
                        .toList(),
                rows.size());
    }

    private static List<CreditRow> rows(
            ReportContext context, CompletedConversions conversions, Attribution attribution, Credited dimension) {
        Map<Integer, Affiliate> affiliates = context
                .engine()
                .sites()
                .affiliates(context.site().id())
                .stream()
                .collect(Collectors.toMap(Affiliate::id, Function.identity()));
        Map<Key, Sum> sums = new HashMap<>();
        Map<String, List<Conversion>> byVisitor =
                conversions.completed().stream().collect(Collectors.groupingBy(c -> Strings.nullToEmpty(c.visitor())));
        for (List<String> visitors : Iterables.partition(byVisitor.keySet(), VISITORS_AT_A_TIME)) {
            Map<String, List<Visit>> visits = visits(context, visitors, attribution);
            visitors.stream().flatMap(v -> byVisitor.get(v).stream()).forEach(c -> {
                List<Visit> path = path(conversions.byId().get(c.id()), visits);
                credit(sums, c, path, attribution, visit -> dimension.of(visit, affiliates));
            });
        }
        return sums.entrySet().stream()
                .sorted(Comparator.comparingLong((Map.Entry<Key, Sum> e) -> -e.getValue().parts)
                        .thenComparing(e -> e.getKey().name())
                        .thenComparing(e -> e.getKey().currency()))
                .map(e -> new CreditRow(
                        e.getKey().name(),
                        e.getKey().currency(),
                        Math.round((double) e.getValue().parts / HUNDREDTH) / 100.0,
                        e.getValue().revenue))
                .toList();
    }

    private static void credit(
            Map<Key, Sum> sums,
            Conversion c,
            List<Visit> path,
            Attribution attribution,
            Function<Visit, String> value) {
        if (path.isEmpty()) {
            add(sums, c, null, PARTS, c.left());
            return;
        }
        long[] parts = attribution.parts(PARTS, path.size());
        long[] money = attribution.parts(c.left(), path.size());
        for (int i = 0; i < parts.length; i++) {
            if (parts[i] > 0) {
                add(sums, c, value.apply(path.get(i)), parts[i], money[i]);
            }
        }
    }

    /** As many visits of visitors as it takes to credit their payments. */
    private static Map<String, List<Visit>> visits(
            ReportContext context, List<String> visitors, Attribution attribution) {
        int most = attribution.visits();
        return most == 0
                ? Map.of()
                : context.reader()
                        .visits(
                                context.site().id(),
                                Set.copyOf(visitors),
                                context.period().current().to(),
                                most);
    }

    /**
     * The visits of a payment's visitor up to the one that it is linked to. Where that one is not among those that are known, there
     * are too many behind it, and the first and the linked one stand for all.
     */
    private static List<Visit> path(AttributedConversion paid, Map<String, List<Visit>> visits) {
        if (paid.visit() == null) {
            return List.of();
        }
        List<Visit> all = visits.getOrDefault(paid.conversion().visitor(), List.of());
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).id() == paid.visit().id()) {
                return all.subList(0, i + 1);
            }
        }
        boolean known = !all.isEmpty() && all.get(0).startedAt() <= paid.visit().startedAt();
        return known ? List.of(all.get(0), paid.visit()) : List.of(paid.visit());
    }

    private static void add(Map<Key, Sum> sums, Conversion c, String value, long parts, long revenue) {
        Key key = new Key(ReportContext.name(value), c.amount().currency());
        Sum sum = sums.computeIfAbsent(key, k -> new Sum());
        sum.parts += parts;
        sum.revenue += revenue;
    }
}
