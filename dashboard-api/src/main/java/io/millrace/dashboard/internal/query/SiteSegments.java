package io.millrace.dashboard.internal.query;

import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.dashboard.internal.request.JsonBody;
import io.millrace.dashboard.internal.request.Params;
import io.millrace.engine.Filter;
import io.millrace.engine.spi.AccountStore.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The segments of a site that a caller may name: by id, or by name as it stands. Looked up when one is named. Immutable.
 *
 * @param all his own before the site's
 */
public record SiteSegments(Supplier<List<Segment>> all) {
    /**
     * The filters of a request, and those of the segment that it names.
     *
     * @throws ApiException when there are too many, or one names what the site does not have
     */
    public List<Filter> asked(Params params, boolean pageIsNumber, SiteGoals goals) {
        List<Filter> filters = new ArrayList<>();
        if (params.has(Filters.SEGMENT)) {
            filters.addAll(select(params.all(Filters.SEGMENT), goals));
        }
        filters.addAll(Filters.of(params, pageIsNumber, goals));
        return List.copyOf(filters);
    }

    /** Those of a body's object {@code filters}. */
    public List<Filter> asked(JsonBody body, SiteGoals goals) {
        Params params = new Params(body.lists("filters"));
        params.only(Filters.names(false));
        return asked(params, false, goals);
    }

    private List<Filter> select(List<String> values, SiteGoals goals) {
        if (values.size() != 1) {
            throw ApiException.parameter(Filters.SEGMENT, "given more than once");
        }
        String value = values.get(0);
        return all.get().stream()
                .filter(s -> value.equals(Integer.toString(s.id())) || value.equals(s.name()))
                .findFirst()
                .map(s -> filters(s, goals))
                .orElseThrow(() -> ApiException.parameter(
                        Filters.SEGMENT, "this site has no segment with this name or id: " + Params.printable(value)));
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
            throw ApiException.parameter(Filters.SEGMENT, segment.name() + " cannot be read: " + e.getMessage());
        }
        return FilterText.read(segment.filter(), goals);
    }
}
