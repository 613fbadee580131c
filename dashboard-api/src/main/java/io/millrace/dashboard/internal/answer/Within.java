package io.millrace.dashboard.internal.answer;

import io.millrace.engine.Attribute;
import io.millrace.engine.Dimension;
import io.millrace.engine.Filter;
import java.util.ArrayList;
import java.util.List;

/**
 * The part of a site beyond which a shared link shows nothing. Filters select visits with a hit that they select; so what a report
 * says of a visit's other hits, the pages it began and ended with, has to be held against the part as well. Immutable.
 *
 * @param filters of the link; empty: all of the site
 */
public record Within(List<Filter> filters) {
    public static final Within ALL = new Within(List.of());

    public Within {
        filters = List.copyOf(filters);
    }

    /** Filters for a question about this dimension: its values are pages of hits that need not be among the selected. */
    public List<Filter> of(Attribute dimension) {
        if (dimension != Dimension.ENTRY_PAGE && dimension != Dimension.EXIT_PAGE) {
            return List.of();
        }
        List<Filter> more = new ArrayList<>();
        for (Filter f : filters) {
            if (f.dimension() == Dimension.PAGE) {
                more.add(new Filter(dimension, f.negated(), f.anyCase(), f.patterns()));
            } else if (f.dimension().kind() == Attribute.Kind.HIT) {
                // A page does not tell which host it was seen on, or what happened there.
                more.add(new Filter(dimension, false, List.of()));
            }
        }
        return more;
    }

    /** The same for a question that selects by these: their answers tell of the values, too. */
    public List<Filter> ofAll(List<Filter> asked) {
        return asked.stream()
                .map(Filter::dimension)
                .distinct()
                .flatMap(d -> of(d).stream())
                .toList();
    }

    /** Whether a page that a visit began or ended with is not beyond. */
    public boolean shows(String page) {
        return of(Dimension.ENTRY_PAGE).stream().allMatch(f -> f.test(page));
    }

    /** Such a page, or null: it is beyond. */
    public String shown(String page) {
        return shows(page) ? page : null;
    }
}
