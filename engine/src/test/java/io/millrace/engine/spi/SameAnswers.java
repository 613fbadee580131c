package io.millrace.engine.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.AffiliateQuery;
import io.millrace.engine.Dimension;
import io.millrace.engine.Filter;
import io.millrace.engine.FunnelQuery;
import io.millrace.engine.Metric;
import io.millrace.engine.Period;
import io.millrace.engine.PropertyQuery;
import io.millrace.engine.Query;
import io.millrace.engine.RetentionQuery;
import io.millrace.engine.Site;
import io.millrace.engine.Visit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Compares two engines by all that can be asked of a storage, which is all that any endpoint of a dashboard asks. */
final class SameAnswers {
    private static final int QUERIES = 25;
    private static final Period ALWAYS = new Period(0, Long.MAX_VALUE);

    private SameAnswers() {}

    /**
     * Fails where they differ about a site.
     *
     * @param rows whether both have every visit with all that was sent
     */
    static void check(long seed, Rig expected, Rig actual, Site site, boolean rows) {
        assertSameWalks(seed, expected, actual, site);
        assertSameReports(seed, expected, actual, site);
        assertSameAffiliateVisits(seed, expected, actual, site);
        assertSameProperties(seed, expected, actual, site);
        assertSameVisits(seed, expected, actual, site);
        assertSameFunnels(seed, expected, actual, site);
        assertSameRetention(seed, expected, actual, site);
        if (rows) {
            assertSameJourneys(seed, expected, actual, site);
        }
    }

    /** Whatever is left of them, visits are found by their visitors. */
    private static void assertSameVisits(long seed, Rig expected, Rig actual, Site site) {
        Set<String> visitors = new TreeSet<>(Set.of("nobody"));
        for (int i = 0; i < 12; i++) {
            visitors.add("v" + i);
        }
        Random random = new Random(seed);
        for (int i = 0; i < 2; i++) {
            long before = expected.clock().millis() - (long) (random.nextDouble() * 40 * 86_400_000L) * i;
            for (int most : List.of(1, 2 + random.nextInt(3), 1_000)) {
                assertThat(paths(reader(actual).visits(site.id(), visitors, before, most)))
                        .as("seed %d, %d visits before %d", seed, most, before)
                        .isEqualTo(paths(reader(expected).visits(site.id(), visitors, before, most)));
            }
        }
    }

    private static Map<String, List<List<Object>>> paths(Map<String, List<Visit>> visits) {
        Map<String, List<List<Object>>> paths = new TreeMap<>();
        visits.forEach((visitor, all) -> paths.put(
                visitor,
                all.stream()
                        .map(v -> Arrays.<Object>asList(
                                v.startedAt(), v.origin().source(), v.origin().channel(), Set.copyOf(v.affiliates())))
                        .toList()));
        return paths;
    }

    private static void assertSameReports(long seed, Rig expected, Rig actual, Site site) {
        RandomQuery queries = new RandomQuery(new Random(seed));
        for (int i = 0; i < QUERIES; i++) {
            Query query = queries.next(site, expected.clock().millis());
            assertThat(actual.engine().query(query))
                    .as("seed %d, %s", seed, query)
                    .isEqualTo(expected.engine().query(query));
            if (i == 0) {
                assertSameTogether(seed, reader(actual), query);
            }
        }
    }

    /** Asked together, queries say what each says alone. */
    private static void assertSameTogether(long seed, StorageReader reader, Query query) {
        Query totals = Query.totals(query.siteId(), query.period(), query.zone(), Metric.values())
                .where(query.filters());
        List<Query> together = List.of(
                query,
                totals,
                totals.by(Dimension.PAGE, 2),
                totals.by(Dimension.DAY, 0),
                totals.by(Dimension.BROWSER, 0),
                totals.where(List.of()));
        assertSameTogether(seed, reader, together);
        Query whole = totals.where(List.of());
        Query views = Query.totals(whole.siteId(), whole.period(), whole.zone(), Metric.VISITORS, Metric.PAGE_VIEWS);
        List<Query> overview = new ArrayList<>(List.of(whole, whole.by(Dimension.DAY, 0), views.by(Dimension.PAGE, 2)));
        for (Dimension dimension :
                List.of(Dimension.SOURCE, Dimension.COUNTRY, Dimension.BROWSER, Dimension.EXIT_PAGE)) {
            overview.add(whole.by(dimension, 3));
        }
        assertSameTogether(seed, reader, overview);
    }

    private static void assertSameTogether(long seed, StorageReader reader, List<Query> together) {
        assertThat(reader.query(together))
                .as("seed %d, together %s", seed, together)
                .isEqualTo(together.stream().map(reader::query).toList());
    }

    private static StorageReader reader(Rig rig) {
        return rig.reader();
    }

    private static void assertSameWalks(long seed, Rig expected, Rig actual, Site site) {
        RandomQuery queries = new RandomQuery(new Random(seed));
        assertSameWalk(seed, expected, actual, Query.totals(site.id(), ALWAYS, site.zone()));
        for (int i = 0; i < 5; i++) {
            assertSameWalk(
                    seed, expected, actual, queries.next(site, expected.clock().millis()));
        }
    }

    private static void assertSameWalk(long seed, Rig expected, Rig actual, Query query) {
        assertThat(walks(actual, query)).as("seed %d, walk, %s", seed, query).isEqualTo(walks(expected, query));
    }

    /** Hashed visitors differ between two engines, so only what they saw is compared. */
    private static Map<List<String>, Integer> walks(Rig rig, Query query) {
        Map<List<String>, Integer> counted = new HashMap<>();
        for (String event : new String[] {null, "Signup", "nobody did this"}) {
            reader(rig)
                    .walk(query.siteId(), query.period(), query.filters(), event, Visitors::new)
                    .forEach(walk -> walk.seen.forEach(seen -> counted.merge(seen, 1, Integer::sum)));
        }
        return counted;
    }

    /** What each visitor saw and did. */
    private static final class Visitors implements StorageReader.Walk {
        private final List<String> paths = new ArrayList<>();
        private final List<List<String>> seen = new ArrayList<>();

        @Override
        public void path(int number, String path) {
            assertThat(number).isEqualTo(paths.size());
            assertThat(paths).doesNotContain(path);
            paths.add(path);
        }

        @Override
        public void page(boolean newVisitor, int path) {
            add(newVisitor, paths.get(path));
        }

        @Override
        public void event(boolean newVisitor) {
            add(newVisitor, "(event)");
        }

        private void add(boolean newVisitor, String what) {
            if (newVisitor) {
                seen.add(new ArrayList<>());
            }
            seen.get(seen.size() - 1).add(what);
        }
    }

    private static void assertSameJourneys(long seed, Rig expected, Rig actual, Site site) {
        RandomQuery queries = new RandomQuery(new Random(seed));
        for (int i = 0; i < 6; i++) {
            List<Filter> filters = i == 0
                    ? List.of()
                    : queries.next(site, expected.clock().millis()).filters();
            assertThat(journeys(actual, site, filters))
                    .as("seed %d, journeys of %s", seed, filters)
                    .isEqualTo(journeys(expected, site, filters));
        }
    }

    /** Ids of visits differ between two engines, and so does the order of pages that were seen at the same time. */
    private static Map<String, String> journeys(Rig rig, Site site, List<Filter> filters) {
        List<String> visitors = List.of("v0", "v1", "v2", "v3", "v4", "v5");
        Map<String, String> told = new TreeMap<>();
        reader(rig).journeys(site.id(), visitors, filters, 1_000, 1_000, 1_000).forEach((visitor, journey) -> {
            List<String> visits = journey.visits().stream()
                    .map(v -> "" + v.startedAt())
                    .sorted()
                    .toList();
            List<String> pages = journey.pages().stream()
                    .map(p -> p.time() + " " + p.hostname() + p.path() + " " + p.title())
                    .sorted()
                    .toList();
            List<String> events = journey.events().stream()
                    .map(e -> e.time() + " " + e.name() + " " + e.path() + " " + new TreeMap<>(e.props()))
                    .sorted()
                    .toList();
            told.put(
                    visitor,
                    events + ", " + journey.totalVisits() + " from " + visits + " to " + journey.lastActivity() + ", "
                            + journey.totalPages() + ": " + pages);
        });
        return told;
    }

    private static void assertSameAffiliateVisits(long seed, Rig expected, Rig actual, Site site) {
        RandomQuery queries = new RandomQuery(new Random(seed));
        for (AffiliateQuery.Group group : AffiliateQuery.Group.values()) {
            boolean filtered = group.ordinal() % 2 == seed % 2;
            List<Filter> filters =
                    filtered ? queries.next(site, expected.clock().millis()).filters() : List.of();
            AffiliateQuery query = new AffiliateQuery(site.id(), 0, ALWAYS, site.zone(), group, filters, 0);
            assertThat(reader(actual).affiliateVisits(query))
                    .as("seed %d, %s", seed, query)
                    .isEqualTo(reader(expected).affiliateVisits(query));
        }
    }

    private static void assertSameProperties(long seed, Rig expected, Rig actual, Site site) {
        RandomQuery queries = new RandomQuery(new Random(seed));
        for (String key : Arrays.asList(null, "plan", "a.b[0]", "seats", "nothing")) {
            for (int limit = 0; limit < 3; limit++) {
                Query like = queries.next(site, expected.clock().millis());
                PropertyQuery query = new PropertyQuery(
                        site.id(),
                        limit == 0 ? ALWAYS : like.period(),
                        limit == 1 ? List.of() : like.filters(),
                        key,
                        limit);
                assertThat(reader(actual).properties(query))
                        .as("seed %d, %s", seed, query)
                        .isEqualTo(reader(expected).properties(query));
            }
        }
    }

    private static void assertSameFunnels(long seed, Rig expected, Rig actual, Site site) {
        RandomQuery queries = new RandomQuery(new Random(seed));
        for (int i = 0; i < QUERIES; i++) {
            FunnelQuery query = queries.funnel(site, expected.clock().millis());
            assertThat(reader(actual).funnel(query))
                    .as("seed %d, %s", seed, query)
                    .isEqualTo(reader(expected).funnel(query));
        }
    }

    private static void assertSameRetention(long seed, Rig expected, Rig actual, Site site) {
        RandomQuery queries = new RandomQuery(new Random(seed));
        for (int i = 0; i < 10; i++) {
            RetentionQuery query = queries.retention(site, expected.clock().millis());
            assertThat(reader(actual).retention(query))
                    .as("seed %d, %s", seed, query)
                    .isEqualTo(reader(expected).retention(query));
        }
    }
}
