package io.millrace.dashboard.internal;

import io.millrace.engine.Affiliate;
import io.millrace.engine.AffiliateQuery.Group;
import io.millrace.engine.Conversion;
import io.millrace.engine.Report;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What affiliates brought. */
final class Affiliates {
    private static final Comparator<Fields> BEST_FIRST = Comparator.comparingLong(
                    (Fields f) -> -(Long) f.get("revenue"))
            .thenComparing(f -> -(Long) f.get("visits"))
            .thenComparing(f -> (String) f.get("slug"));

    private Affiliates() {}

    /** The panel of the overview. */
    static List<Fields> panel(Ask ask, Sales sales) {
        return rows(ask, sales).stream()
                .sorted(BEST_FIRST)
                .limit(10)
                .map(row -> {
                    row.keySet().retainAll(List.of("name", "slug", "visits", "visitors", "conversions", "revenue"));
                    return row;
                })
                .toList();
    }

    /** All affiliates of the site, those without visits too. */
    static List<Fields> rows(Ask ask, Sales sales) {
        Map<String, List<Long>> visits = ask.affiliates(0, Group.AFFILIATE, 0).rows().stream()
                .collect(Collectors.toMap(r -> r.values().get(0), Report.Row::metrics));
        List<Fields> rows = new ArrayList<>();
        for (Affiliate a : ask.engine().sites().affiliates(ask.site().id())) {
            List<Long> v = visits.getOrDefault(Integer.toString(a.id()), List.of(0L, 0L));
            List<Conversion> credited = sales.of(a.id());
            rows.add(Fields.of("id", a.id())
                    .with("name", a.name())
                    .with("slug", a.slug())
                    .with("commission_rate", a.rate())
                    .with("visits", v.get(0))
                    .with("visitors", v.get(1))
                    .with("conversions", (long) credited.size())
                    .with("revenue", sales.revenue(credited)));
        }
        return rows;
    }
}
