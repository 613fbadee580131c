package io.millrace.engine.internal.memory;

import io.millrace.engine.AffiliateQuery;
import io.millrace.engine.AttributedConversion;
import io.millrace.engine.Beacon;
import io.millrace.engine.Conversion;
import io.millrace.engine.Counter;
import io.millrace.engine.Dimension;
import io.millrace.engine.Event;
import io.millrace.engine.EventBuilder;
import io.millrace.engine.Exclusion;
import io.millrace.engine.Filter;
import io.millrace.engine.FunnelCounts;
import io.millrace.engine.FunnelQuery;
import io.millrace.engine.Journey;
import io.millrace.engine.PastSale;
import io.millrace.engine.PastVisit;
import io.millrace.engine.Payout;
import io.millrace.engine.Period;
import io.millrace.engine.PropertyQuery;
import io.millrace.engine.Query;
import io.millrace.engine.Report;
import io.millrace.engine.RetentionCounts;
import io.millrace.engine.RetentionQuery;
import io.millrace.engine.Sale;
import io.millrace.engine.Visit;
import io.millrace.engine.spi.FilteredEvent;
import io.millrace.engine.spi.StorageReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The read role of the in-memory storage. */
record MemoryReader(MemoryData data) implements StorageReader {
    @Override
    public Report query(Query query) {
        return data.reading(() -> new MemoryQuery(data, query).run());
    }

    @Override
    public long generation(int siteId) {
        return data.reading(() -> data.generations.getOrDefault(siteId, 0L));
    }

    @Override
    public List<AttributedConversion> conversions(int siteId, Period period, List<Filter> filters) {
        return data.reading(() -> data.conversions.values().stream()
                .filter(c -> c.siteId() == siteId && period.contains(c.occurredAt()))
                .filter(c -> filters.isEmpty() || visitSelected(c.visitId(), filters))
                .sorted(Comparator.comparingLong(Conversion::occurredAt)
                        .thenComparingLong(Conversion::id)
                        .reversed())
                .map(c -> new AttributedConversion(c, data.visits.get(c.visitId())))
                .toList());
    }

    private boolean visitSelected(long visitId, List<Filter> filters) {
        Visit visit = data.visits.get(visitId);
        MemorySelection selection = new MemorySelection(data, filters);
        return visit != null && data.hits.stream().anyMatch(h -> h.visitId() == visitId && selection.test(h));
    }

    @Override
    public List<Conversion> conversions(int siteId, String visitor, long from, int limit) {
        return conversions(siteId, new Period(from, Long.MAX_VALUE), List.of()).stream()
                .map(AttributedConversion::conversion)
                .filter(c -> visitor.equals(c.visitor()))
                .limit(limit)
                .toList();
    }

    @Override
    public void sales(int siteId, int affiliateId, Consumer<Sale> each) {
        sales(siteId, affiliateId).forEach(each);
    }

    private List<Sale> sales(int siteId, int affiliateId) {
        return data.reading(() -> data.conversions.values().stream()
                .filter(c -> c.siteId() == siteId && c.affiliateId() == affiliateId)
                .sorted(Comparator.comparingLong(Conversion::occurredAt).thenComparingLong(Conversion::id))
                .map(this::sale)
                .toList());
    }

    private Sale sale(Conversion conversion) {
        return new Sale(
                conversion,
                data.refunds.values().stream()
                        .filter(r -> r.conversionId() == conversion.id())
                        .toList());
    }

    @Override
    public void payouts(int siteId, int affiliateId, Consumer<Payout> each) {
        data.payouts(siteId, affiliateId).forEach(each);
    }

    @Override
    public List<Payout> payouts(int siteId, int affiliateId, int offset, int limit) {
        return data.payouts(siteId, affiliateId).stream()
                .skip(offset)
                .limit(limit)
                .toList();
    }

    @Override
    public Report affiliateVisits(AffiliateQuery q) {
        return data.reading(() -> {
            Map<String, List<MemoryData.AffiliateHit>> groups = new HashMap<>();
            for (MemoryData.AffiliateHit a : data.affiliateHits) {
                if (asked(a, q)) {
                    groups.computeIfAbsent(group(a, q), g -> new ArrayList<>()).add(a);
                }
            }
            if (q.group() == AffiliateQuery.Group.ALL) {
                return new Report(List.of(row(List.of(), groups.getOrDefault("", List.of()))), 1);
            }
            List<Report.Row> rows = new ArrayList<>();
            groups.forEach((value, hits) -> rows.add(row(List.of(value), hits)));
            rows.sort(affiliateOrder(q.group()));
            int to = q.limit() == 0 ? rows.size() : Math.min(q.limit(), rows.size());
            return new Report(List.copyOf(rows.subList(0, to)), rows.size());
        });
    }

    private boolean asked(MemoryData.AffiliateHit a, AffiliateQuery q) {
        return a.event().site().id() == q.siteId()
                && data.affiliates.containsKey(a.affiliateId())
                && (q.affiliateId() == 0 || q.affiliateId() == a.affiliateId())
                && q.period().contains(a.event().time())
                && (q.filters().isEmpty() || visitSelected(a.visitId(), q.filters()));
    }

    private static String group(MemoryData.AffiliateHit a, AffiliateQuery q) {
        return switch (q.group()) {
            case ALL -> "";
            case AFFILIATE -> String.valueOf(a.affiliateId());
            case LANDING_PAGE -> a.event().path();
            case MINUTE, HOUR, DAY, WEEK, MONTH ->
                MemoryValues.bucket(
                        Dimension.valueOf(q.group().name()), a.event().time(), q.zone());
        };
    }

    private Report.Row row(List<String> values, List<MemoryData.AffiliateHit> hits) {
        Set<String> visitors = new HashSet<>();
        hits.forEach(a -> visitors.add(data.visits.get(a.visitId()).key().visitor()));
        return new Report.Row(values, List.of((long) hits.size(), (long) visitors.size()));
    }

    private static Comparator<Report.Row> affiliateOrder(AffiliateQuery.Group group) {
        Comparator<Report.Row> most =
                Comparator.comparingLong(row -> -row.metrics().get(0));
        return switch (group) {
            case AFFILIATE ->
                most.thenComparingInt(row -> Integer.parseInt(row.values().get(0)));
            case LANDING_PAGE -> most.thenComparing(row -> row.values().get(0));
            default -> Comparator.comparing(row -> row.values().get(0));
        };
    }

    @Override
    public Report properties(PropertyQuery query) {
        return data.reading(() -> new MemoryProperties(data, query).run());
    }

    @Override
    public FunnelCounts funnel(FunnelQuery query) {
        return data.reading(() -> new MemoryFunnel(data, query).run());
    }

    @Override
    public RetentionCounts retention(RetentionQuery query) {
        return data.reading(() -> new MemoryRetention(data, query).run());
    }

    @Override
    public Map<String, Journey> journeys(
            int siteId, List<String> visitors, List<Filter> filters, int visitsEach, int pagesEach, int eventsEach) {
        return data.reading(() -> {
            Map<String, Journey> found = new HashMap<>();
            for (String visitor : visitors) {
                List<Visit> visits = data.visits.values().stream()
                        .filter(v -> v.key().siteId() == siteId
                                && v.key().visitor().equals(visitor)
                                && (filters.isEmpty() || visitSelected(v.id(), filters)))
                        .sorted(Comparator.comparingLong(Visit::startedAt).thenComparingLong(Visit::id))
                        .toList();
                if (!visits.isEmpty()) {
                    found.put(
                            visitor,
                            journey(visits, filters, visitsEach, pagesEach, filters.isEmpty() ? eventsEach : 0));
                }
            }
            return found;
        });
    }

    @Override
    public Map<String, List<Visit>> visits(int siteId, Set<String> visitors, long before, int most) {
        return data.reading(() -> {
            Map<String, List<Visit>> found = new HashMap<>();
            data.visits.values().stream()
                    .filter(v -> v.key().siteId() == siteId
                            && visitors.contains(v.key().visitor())
                            && v.startedAt() < before)
                    .sorted(Comparator.comparingLong(Visit::startedAt).thenComparingLong(Visit::id))
                    .forEach(v -> found.computeIfAbsent(v.key().visitor(), k -> new ArrayList<>())
                            .add(v));
            found.values().stream()
                    .filter(visits -> visits.size() > most)
                    .forEach(visits ->
                            visits.subList(1, visits.size() - most + 1).clear());
            return found;
        });
    }

    private Journey journey(List<Visit> visits, List<Filter> filters, int visitsEach, int pagesEach, int eventsEach) {
        Set<Long> ids = new HashSet<>();
        visits.forEach(v -> ids.add(v.id()));
        MemorySelection selection = new MemorySelection(data, filters);
        List<MemoryData.Hit> hits = data.hits.stream()
                .filter(h -> ids.contains(h.visitId()) && selection.test(h))
                .sorted(Comparator.<MemoryData.Hit>comparingLong(h -> h.event().time())
                        .thenComparingLong(MemoryData.Hit::visitId))
                .toList();
        List<Journey.Page> pages = hits.stream()
                .filter(h -> h.event().type() == Beacon.Type.PAGEVIEW)
                .map(h -> page(h.visitId(), h.event()))
                .toList();
        List<Journey.Done> events = hits.stream()
                .filter(h -> h.event().type() == Beacon.Type.EVENT)
                .limit(eventsEach)
                .map(h -> done(h.visitId(), h.event()))
                .toList();
        return new Journey(
                visits.subList(0, Math.min(visitsEach, visits.size())),
                pages.subList(0, Math.min(pagesEach, pages.size())),
                events,
                visits.size(),
                pages.size(),
                visits.stream().mapToLong(Visit::lastActivity).max().orElse(0));
    }

    private static Journey.Page page(long visitId, Event e) {
        return new Journey.Page(visitId, e.time(), e.hostname(), e.path(), e.title());
    }

    private static Journey.Done done(long visitId, Event e) {
        return new Journey.Done(visitId, e.time(), e.name(), e.path(), e.props());
    }

    @Override
    public <W extends Walk> List<W> walk(
            int siteId, Period period, List<Filter> filters, String event, Supplier<W> walks) {
        return data.reading(() -> {
            W walk = walks.get();
            MemorySelection selection = new MemorySelection(data, filters);
            List<MemoryData.Hit> hits = data.hits.stream()
                    .filter(h -> h.event().site().id() == siteId
                            && (h.event().type() == Beacon.Type.PAGEVIEW
                                    || event != null && event.equals(h.event().name()))
                            && period.contains(h.event().time())
                            && selection.test(h))
                    .sorted(Comparator.comparing(this::visitor)
                            .thenComparing(h -> h.event().time())
                            .thenComparing(MemoryData.Hit::visitId)
                            .thenComparing(h -> h.event().type() == Beacon.Type.EVENT))
                    .toList();
            Map<String, Integer> numbers = new HashMap<>();
            String before = null;
            for (MemoryData.Hit hit : hits) {
                boolean newVisitor = !visitor(hit).equals(before);
                before = visitor(hit);
                if (hit.event().type() == Beacon.Type.EVENT) {
                    walk.event(newVisitor);
                } else {
                    walk.page(newVisitor, number(walk, numbers, hit.event().path()));
                }
            }
            return List.of(walk);
        });
    }

    private static int number(Walk walk, Map<String, Integer> numbers, String path) {
        return numbers.computeIfAbsent(path, p -> {
            walk.path(numbers.size(), p);
            return numbers.size();
        });
    }

    private String visitor(MemoryData.Hit hit) {
        return data.visits.get(hit.visitId()).key().visitor();
    }

    @Override
    public long pastVisits(int siteId, long after, long activeSince, Consumer<PastVisit> each) {
        data.reading(() -> {
            data.visits.values().stream()
                    .filter(v -> v.key().siteId() == siteId && v.id() > after && v.lastActivity() >= activeSince)
                    .forEach(v -> each.accept(past(v)));
            return null;
        });
        return 0;
    }

    private PastVisit past(Visit visit) {
        List<Event> hits = data.hits.stream()
                .filter(h -> h.visitId() == visit.id())
                .sorted(Comparator.comparing(h -> h.event().type()))
                .map(h -> EventBuilder.builder(h.event())
                        .engagedMillis(data.engagement(h).engagedMillis())
                        .scroll(data.engagement(h).scroll())
                        .build())
                .toList();
        List<PastVisit.Touch> touches = data.affiliateHits.stream()
                .filter(a -> a.visitId() == visit.id() && data.affiliates.containsKey(a.affiliateId()))
                .map(a -> new PastVisit.Touch(
                        data.affiliates.get(a.affiliateId()),
                        a.event().time(),
                        a.event().path()))
                .toList();
        return new PastVisit(visit, 0, 0, hits, touches);
    }

    @Override
    public List<PastSale> pastSales(int siteId, long after, int limit) {
        return data.reading(() -> data.conversions.values().stream()
                .filter(c -> c.siteId() == siteId && c.id() > after)
                .limit(limit)
                .map(c -> new PastSale(sale(c), data.visits.get(c.visitId())))
                .toList());
    }

    @Override
    public List<FilteredEvent> filteredAfter(int siteId, long after, int limit) {
        return data.reading(() -> data.filtered.stream()
                .filter(f -> f.event().site().id() == siteId && f.id() > after)
                .limit(limit)
                .toList());
    }

    @Override
    public List<FilteredEvent> filtered(int siteId, int limit) {
        return filtered(siteId, event -> true, limit);
    }

    @Override
    public List<FilteredEvent> filtered(int siteId, String visitor, int limit) {
        return filtered(siteId, event -> visitor.equals(event.visitor()), limit);
    }

    private List<FilteredEvent> filtered(int siteId, Predicate<Event> which, int limit) {
        return data.reading(() -> data.filtered.stream()
                .filter(f -> f.event().site().id() == siteId && which.test(f.event()))
                .sorted(Comparator.comparingLong(FilteredEvent::id).reversed())
                .limit(limit)
                .toList());
    }

    @Override
    public List<FilteredCount> filteredDays(int siteId, Counter reason, int from, int to) {
        return filteredCounts(
                siteId,
                reason,
                from,
                to,
                f -> new FilteredCount(f.event().agent().browser(), f.epochDay(), null, 0));
    }

    @Override
    public List<FilteredCount> filteredPages(int siteId, Counter reason, int from, int to, int limit) {
        List<FilteredCount> counts = filteredCounts(
                siteId,
                reason,
                from,
                to,
                f -> new FilteredCount(f.event().agent().browser(), 0, f.event().path(), 0));
        return counts.subList(0, Math.min(limit, counts.size()));
    }

    @Override
    public Map<Integer, Long> excluded(int siteId, int epochDay) {
        return data.reading(() -> data.exclusions.values().stream()
                .filter(e ->
                        e.siteId() == siteId && data.excluded.containsKey(new MemoryData.Excluded(e.id(), epochDay)))
                .collect(Collectors.toMap(
                        Exclusion::id, e -> data.excluded.get(new MemoryData.Excluded(e.id(), epochDay)))));
    }

    private List<FilteredCount> filteredCounts(
            int siteId, Counter reason, int from, int to, Function<FilteredEvent, FilteredCount> group) {
        return data.reading(() -> data.filtered.stream()
                .filter(f -> f.event().site().id() == siteId
                        && f.event().filtered() == reason
                        && f.event().type() == Beacon.Type.PAGEVIEW
                        && f.epochDay() >= from
                        && f.epochDay() <= to)
                .collect(Collectors.groupingBy(group, Collectors.counting()))
                .entrySet()
                .stream()
                .map(e -> new FilteredCount(
                        e.getKey().browser(), e.getKey().epochDay(), e.getKey().path(), e.getValue()))
                .sorted(Comparator.comparingLong(FilteredCount::count)
                        .reversed()
                        .thenComparing(FilteredCount::browser, Comparator.nullsFirst(Comparator.naturalOrder()))
                        .thenComparing(FilteredCount::epochDay)
                        .thenComparing(FilteredCount::path, Comparator.nullsFirst(Comparator.naturalOrder())))
                .toList());
    }

    @Override
    public Map<Counter, Long> ledger(int siteId, int fromEpochDay, int toEpochDay) {
        return data.reading(() -> {
            Map<Counter, Long> sums = new EnumMap<>(Counter.class);
            data.ledger.forEach((key, n) -> {
                if (key.siteId() == siteId && key.epochDay() >= fromEpochDay && key.epochDay() <= toEpochDay) {
                    sums.merge(key.counter(), n, Long::sum);
                }
            });
            return sums;
        });
    }
}
