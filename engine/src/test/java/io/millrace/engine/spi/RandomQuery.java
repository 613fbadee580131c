package io.millrace.engine.spi;

import io.millrace.engine.Dimension;
import io.millrace.engine.Filter;
import io.millrace.engine.Metric;
import io.millrace.engine.Period;
import io.millrace.engine.Query;
import io.millrace.engine.Site;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Queries that make sense for a {@link RandomHistory}. */
final class RandomQuery {
    private static final List<Dimension> DIMENSIONS = List.of(Dimension.values());
    private static final List<String> PATTERNS = List.of(
            "/",
            "/pricing",
            "/blog/*",
            "*",
            "",
            "Direct",
            "google.com",
            "*o*",
            "DE",
            "Munich",
            "Chrome",
            "desktop",
            "mobile",
            "Signup",
            "example.com",
            "news",
            "Email",
            "Referral",
            "en-GB",
            "390x800",
            "%",
            "_",
            "/docs?v=1");

    private final Random random;

    RandomQuery(Random random) {
        this.random = random;
    }

    Query next(Site site, long around) {
        List<Metric> metrics = new ArrayList<>(Arrays.asList(Metric.values()));
        Collections.shuffle(metrics, random);
        List<Metric> some = metrics.subList(0, 1 + random.nextInt(metrics.size()));
        List<Dimension> dimensions = dimensions();
        Metric order = random.nextBoolean() ? some.get(random.nextInt(some.size())) : null;
        ZoneId zone = random.nextInt(4) > 0 ? site.zone() : ZoneId.of("Asia/Kathmandu");
        int limit = random.nextInt(3) == 0 ? 1 + random.nextInt(5) : 0;
        return new Query(
                site.id(),
                period(site, around),
                zone,
                some,
                dimensions,
                filters(),
                order,
                limit,
                limit == 0 ? 0 : random.nextInt(3));
    }

    private Period period(Site site, long around) {
        if (random.nextInt(4) == 0) {
            long from = around - random.nextInt(12 * 86_400_000);
            return new Period(from, from + random.nextInt(20 * 86_400_000));
        }
        int from = site.dayOf(around) - random.nextInt(12);
        return new Period(site.startOfDay(from), site.startOfDay(from + 1 + random.nextInt(20)));
    }

    private List<Dimension> dimensions() {
        List<Dimension> some = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            Dimension d = DIMENSIONS.get(random.nextInt(DIMENSIONS.size()));
            boolean second =
                    d.kind() == Dimension.Kind.TIME && some.stream().anyMatch(o -> o.kind() == Dimension.Kind.TIME);
            if (!some.contains(d) && !second) {
                some.add(d);
            }
        }
        return some;
    }

    private List<Filter> filters() {
        List<Filter> filters = new ArrayList<>();
        while (random.nextInt(5) < 2) {
            Dimension d = DIMENSIONS.get(random.nextInt(DIMENSIONS.size()));
            if (d.kind() != Dimension.Kind.TIME) {
                List<String> patterns = new ArrayList<>();
                for (int i = 1 + random.nextInt(3); i > 0; i--) {
                    patterns.add(PATTERNS.get(random.nextInt(PATTERNS.size())));
                }
                filters.add(new Filter(d, random.nextInt(3) == 0, random.nextInt(4) == 0, patterns));
            }
        }
        return filters;
    }
}
