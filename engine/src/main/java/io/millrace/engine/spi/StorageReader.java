package io.millrace.engine.spi;

import io.millrace.engine.AffiliateQuery;
import io.millrace.engine.AttributedConversion;
import io.millrace.engine.Conversion;
import io.millrace.engine.Counter;
import io.millrace.engine.Filter;
import io.millrace.engine.FunnelCounts;
import io.millrace.engine.FunnelQuery;
import io.millrace.engine.Import;
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
import io.millrace.engine.StorageUse;
import io.millrace.engine.Visit;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The read role of a storage. Thread-safe. Each call sees one committed state.
 *
 * <p>What each figure means stands in {@code docs/figures.md}; the in-memory storage of the engine is the executable
 * definition, and {@code StorageReadContract} compares any other storage with it.
 */
public interface StorageReader {

    /**
     * Answers a query.
     *
     * @throws StorageException of kind RETRY when it took too long or the storage is busy, of kind CONTENT when a property
     *     that is a dimension has more values than the storage can count by
     */
    Report query(Query query);

    /**
     * Answers several queries, in their order. A storage may find once what those of the same site, period and filters
     * select.
     *
     * @throws StorageException of kind RETRY when it took too long or the storage is busy
     */
    default List<Report> query(List<Query> queries) {
        return queries.stream().map(this::query).toList();
    }

    /**
     * A number that every commit that touches the site raises, administration included, and that survives a restart:
     * equal numbers, equal answers.
     */
    long generation(int siteId);

    /**
     * The conversions of a period, by {@link io.millrace.engine.Conversion#occurredAt()}, newest first, ties by id
     * descending; refunded ones among them.
     *
     * <p>Here and below: a storage that does not keep such things answers as one that has none.
     *
     * @param filters when not empty: only conversions linked to a visit with one hit, at any time, that all of these
     *     select
     */
    default List<AttributedConversion> conversions(int siteId, Period period, List<Filter> filters) {
        return List.of();
    }

    /** The conversions of a visitor since an instant, newest first, ties by id descending; refunded ones among them. */
    default List<Conversion> conversions(int siteId, String visitor, long from, int limit) {
        return List.of();
    }

    /**
     * Tells all conversions that are credited to an affiliate, with their refunds; oldest first, ties by id. One after the other, so
     * that no number of them takes memory.
     */
    default void sales(int siteId, int affiliateId, Consumer<Sale> each) {}

    /** Tells what an affiliate was paid, latest first, ties by id descending, in the same way. */
    default void payouts(int siteId, int affiliateId, Consumer<Payout> each) {}

    /** A part of the same: without so many, and at most so many. */
    default List<Payout> payouts(int siteId, int affiliateId, int offset, int limit) {
        return List.of();
    }

    /** The affiliate visits of a period. */
    default Report affiliateVisits(AffiliateQuery query) {
        boolean one = query.group() == AffiliateQuery.Group.ALL;
        return new Report(one ? List.of(new Report.Row(List.of(), List.of(0L, 0L))) : List.of(), one ? 1 : 0);
    }

    /** The properties of the custom events of a period. */
    default Report properties(PropertyQuery query) {
        return new Report(List.of(), 0);
    }

    /** How far visitors get along the steps of a funnel. */
    default FunnelCounts funnel(FunnelQuery query) {
        return new FunnelCounts(
                Collections.nCopies(query.steps().size(), new FunnelCounts.Step(0, 0, 0)), 0, List.of(), 0);
    }

    /** When visitors come back. */
    default RetentionCounts retention(RetentionQuery query) {
        return new RetentionCounts(
                IntStream.range(0, query.spans())
                        .mapToObj(i -> Collections.nCopies(query.spans() - i, 0L))
                        .toList(),
                0,
                0);
    }

    /**
     * What the site holds of these visitors, in a fixed number of look-ups however many they are. A visitor that is not
     * known is absent from the answer.
     *
     * @param filters what selects page views, and visits with such page views or events
     * @param visitsEach at most this many visits of each
     * @param pagesEach at most this many page views of each
     * @param eventsEach at most this many custom events of each; none where there are filters
     */
    default Map<String, Journey> journeys(
            int siteId, List<String> visitors, List<Filter> filters, int visitsEach, int pagesEach, int eventsEach) {
        return Map.of();
    }

    /**
     * The visits of visitors that started before an instant, whether there are rows of them or not: each visitor's by start,
     * ties by id. A visitor without any is absent from the answer.
     *
     * @param before UTC milliseconds
     * @param most of one with more than so many: the first one, and the latest
     */
    default Map<String, List<Visit>> visits(int siteId, Set<String> visitors, long before, int most) {
        return Map.of();
    }

    /**
     * Since when a site's visits are there one by one, UTC milliseconds: those that ended before are gone from journeys, though
     * reports may count them still. {@link Long#MIN_VALUE}: all are there.
     */
    default long visitsFrom(int siteId) {
        return Long.MIN_VALUE;
    }

    /**
     * Walks the page views of a period that the filters select, visitor by visitor, each visitor's by time, ties by
     * visit, then page views before events, and then in order of arrival. There may be several walks at the same time, each
     * through all page views of some of the visitors.
     *
     * @param event the name of custom events that are shown among them, as far as the filters select them; null: of none
     * @param walks makes another walk
     * @return those through which everything was shown, once; others that were made were given up
     */
    default <W extends Walk> List<W> walk(
            int siteId, Period period, List<Filter> filters, String event, Supplier<W> walks) {
        return List.of();
    }

    /** Is shown page views one after the other, and the events that were asked for. */
    interface Walk {
        /**
         * What a number stands for from now on.
         *
         * @param number the next one, from 0 on
         * @param path that this walk has not been told before
         */
        void path(int number, String path);

        /**
         * The next page view.
         *
         * @param newVisitor whether it is another visitor's than what was shown before
         * @param path its number
         */
        void page(boolean newVisitor, int path);

        /**
         * The next event.
         *
         * @param newVisitor as that of a page view
         */
        void event(boolean newVisitor);
    }

    /** The imports of a site, by ascending id. */
    default List<Import> imports(int siteId) {
        return List.of();
    }

    /** What is there one by one of the visits of an import, by days. */
    default List<Import.Day> importedDays(Import brought) {
        return List.of();
    }

    /**
     * Visits of a site with all of their hits, as far as they are there one by one, by ascending id: some of those behind one, in one
     * short read. A visit with very many hits is told in parts.
     *
     * @param after the id of a visit, or 0
     * @param activeSince UTC milliseconds: visits whose last activity was before are left out
     * @return how far that was: the id to ask on from; 0: there are no more
     */
    default long pastVisits(int siteId, long after, long activeSince, Consumer<PastVisit> each) {
        return 0;
    }

    /** Payments of a site with their refunds, by ascending id: at most so many behind one. */
    default List<PastSale> pastSales(int siteId, long after, int limit) {
        return List.of();
    }

    /** What was kept of a site as not counting behind one, complete or not, by ascending id: at most so many. */
    default List<FilteredEvent> filteredAfter(int siteId, long after, int limit) {
        return List.of();
    }

    /** What was kept of a site as not counting, the latest first, at most so many. */
    default List<FilteredEvent> filtered(int siteId, int limit) {
        return List.of();
    }

    /** What was kept of a visitor of a site as not counting, the latest first, at most so many. */
    default List<FilteredEvent> filtered(int siteId, String visitor, int limit) {
        return List.of();
    }

    /**
     * How many page views were kept of a site as not counting for a reason, by day and browser.
     *
     * @param from days since 1970-01-01, both inclusive
     */
    default List<FilteredCount> filteredDays(int siteId, Counter reason, int from, int to) {
        return List.of();
    }

    /** The same by page and browser, the most first, at most so many. */
    default List<FilteredCount> filteredPages(int siteId, Counter reason, int from, int to, int limit) {
        return List.of();
    }

    /**
     * Page views that do not count.
     *
     * @param epochDay 0: of all days
     * @param path null: of all pages
     */
    record FilteredCount(String browser, int epochDay, String path, long count) {}

    /**
     * How many events each exclusion of a site has left out on a day, by its id; none where it is absent.
     *
     * @param epochDay the site's, as days since 1970-01-01; counts of the latest day on which a rule left something out are kept
     */
    default Map<Integer, Long> excluded(int siteId, int epochDay) {
        return Map.of();
    }

    /** How much room everything takes. May read all there is, so ask rarely. */
    default StorageUse use() {
        return new StorageUse(0, 0, List.of());
    }

    /** The counters of a site (0: of none) over a range of site-local days, both inclusive. */
    Map<Counter, Long> ledger(int siteId, int fromEpochDay, int toEpochDay);

    /** The same by day; days without any may be absent. */
    default Map<Integer, Map<Counter, Long>> ledgerDays(int siteId, int fromEpochDay, int toEpochDay) {
        return IntStream.rangeClosed(fromEpochDay, toEpochDay)
                .boxed()
                .collect(Collectors.toMap(day -> day, day -> ledger(siteId, day, day)));
    }
}
