package io.millrace.engine.spi;

import io.millrace.engine.Attribute;
import io.millrace.engine.Completed;
import io.millrace.engine.Condition;
import io.millrace.engine.Dimension;
import io.millrace.engine.Filter;
import io.millrace.engine.FunnelQuery;
import io.millrace.engine.Goal;
import io.millrace.engine.Metric;
import io.millrace.engine.Order;
import io.millrace.engine.Period;
import io.millrace.engine.Property;
import io.millrace.engine.Query;
import io.millrace.engine.RetentionQuery;
import io.millrace.engine.Site;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** Queries that make sense for a {@link RandomHistory}. */
final class RandomQuery {
    private static final List<Attribute> ATTRIBUTES = Stream.concat(
                    Arrays.stream(Dimension.values()),
                    Stream.of("plan", "a.b[0]", "seats", "nothing").map(Property::new))
            .toList();
    private static final List<String> PATTERNS = List.of(
            "/",
            "/pricing",
            "/blog/*",
            "*",
            "",
            "Direct",
            "Google",
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
            "pro",
            "\u00fc \"quoted\" \\\\",
            "PR*",
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
        List<Attribute> dimensions = dimensions();
        Order order = order(some);
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

    private Order order(List<Metric> some) {
        return switch (random.nextInt(4)) {
            case 0 -> new Order(null, null, random.nextBoolean());
            case 1 -> new Order(pick(some), pick(some), random.nextBoolean());
            default -> new Order(pick(some), null, random.nextBoolean());
        };
    }

    FunnelQuery funnel(Site site, long around) {
        List<List<Filter>> steps = new ArrayList<>();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            steps.add(goal());
        }
        Attribute dimension = random.nextBoolean() ? null : pick(ATTRIBUTES);
        return new FunnelQuery(
                site.id(),
                period(site, around),
                random.nextBoolean() ? List.of() : filters(),
                steps,
                random.nextInt(3) == 0,
                pick(List.of(0, 0, 1, 3, 30)),
                dimension == null || dimension.kind() == Attribute.Kind.TIME ? null : dimension,
                random.nextInt(3));
    }

    RetentionQuery retention(Site site, long around) {
        List<Long> bounds = new ArrayList<>();
        int day = site.dayOf(around) - random.nextInt(14);
        for (int i = 1 + random.nextInt(6); i >= 0; i--) {
            bounds.add(site.startOfDay(day));
            day += 1 + random.nextInt(4);
        }
        return new RetentionQuery(site.id(), random.nextBoolean() ? List.of() : filters(), bounds);
    }

    private Period period(Site site, long around) {
        if (random.nextInt(4) == 0) {
            long from = around - random.nextInt(12 * 86_400_000);
            return new Period(from, from + random.nextInt(20 * 86_400_000));
        }
        int from = site.dayOf(around) - random.nextInt(12);
        return new Period(site.startOfDay(from), site.startOfDay(from + 1 + random.nextInt(20)));
    }

    private List<Attribute> dimensions() {
        List<Attribute> some = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            Attribute a = ATTRIBUTES.get(random.nextInt(ATTRIBUTES.size()));
            boolean second =
                    a.kind() == Attribute.Kind.TIME && some.stream().anyMatch(o -> o.kind() == Attribute.Kind.TIME);
            if (!some.contains(a) && !second) {
                some.add(a);
            }
        }
        return some;
    }

    private List<Filter> filters() {
        List<Filter> filters = new ArrayList<>();
        while (random.nextInt(5) < 2) {
            Attribute a = ATTRIBUTES.get(random.nextInt(ATTRIBUTES.size()));
            if (a.kind() != Attribute.Kind.TIME) {
                List<String> patterns = new ArrayList<>();
                for (int i = 1 + random.nextInt(3); i > 0; i--) {
                    patterns.add(PATTERNS.get(random.nextInt(PATTERNS.size())));
                }
                filters.add(new Filter(a, random.nextInt(3) == 0, random.nextInt(4) == 0, patterns));
            }
        }
        if (random.nextInt(4) == 0) {
            filters.addAll(goal());
        }
        if (random.nextInt(3) == 0) {
            filters.add(new Filter(completed(), random.nextInt(3) == 0, List.of(Condition.YES)));
        }
        return filters;
    }

    private Completed completed() {
        return new Completed(random.nextBoolean() ? Map.of("one", goal()) : Map.of("one", goal(), "two", goal()));
    }

    /** What selects the hits that complete a goal. */
    private List<Filter> goal() {
        boolean event = random.nextBoolean();
        boolean everywhere = random.nextInt(3) == 0;
        return new Goal(
                        0,
                        1,
                        "goal",
                        everywhere ? null : pick(List.of("/pricing", "/blog/*", "*o*", "/docs?v=1")),
                        event ? pick(List.of("Signup", "*")) : null,
                        event && random.nextBoolean() ? Map.of("plan", pick(List.of("pro", "*r*"))) : Map.of(),
                        event ? 0 : pick(List.of(0, 50)),
                        event ? 0 : pick(List.of(0, 10)))
                .filters();
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
