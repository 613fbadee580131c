package io.millrace.dashboard.internal.query;

import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.dashboard.internal.request.Params;
import io.millrace.engine.Filter;
import io.millrace.engine.spi.AccountStore.Segment;
import java.util.List;

/**
 * The segments of a site that a caller may name: by id, or by name as it stands. Immutable.
 *
 * @param all his own before the site's
 */
public record SiteSegments(List<Segment> all) {
    /** The parameter that selects what a segment does. */
    public static final String PARAMETER = "segment";

    static final SiteSegments NONE = new SiteSegments(List.of());

    /** The filters of the parameter's value. */
    List<Filter> select(List<String> values, SiteGoals goals) {
        if (values.size() != 1) {
            throw ApiException.parameter(PARAMETER, "given more than once");
        }
        String value = values.get(0);
        return all.stream()
                .filter(s -> value.equals(Integer.toString(s.id())) || value.equals(s.name()))
                .findFirst()
                .map(s -> filters(s, goals))
                .orElseThrow(() -> ApiException.parameter(
                        PARAMETER, "this site has no segment with this name or id: " + Params.printable(value)));
    }

    /**
     * What a segment selects; never everything.
     *
     * @throws ApiException when it cannot be read any more, as after a goal of it was removed
     */
    public static List<Filter> filters(Segment segment, SiteGoals goals) {
        try {
            FilterText.check(segment.filter(), goals);
        } catch (ApiException e) {
            throw ApiException.parameter(PARAMETER, segment.name() + " cannot be read: " + e.getMessage());
        }
        return FilterText.read(segment.filter(), goals);
    }
}
