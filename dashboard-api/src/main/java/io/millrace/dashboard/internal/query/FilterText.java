package io.millrace.dashboard.internal.query;

import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.dashboard.internal.request.Params;
import io.millrace.engine.Filter;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Filters as a query string, as links and segments keep them. */
public final class FilterText {
    private FilterText() {}

    /**
     * The filters of a text; none of null.
     *
     * @throws ApiException when it has something that is no filter, or names what the site does not have
     */
    public static List<Filter> read(String text, SiteGoals goals) {
        if (text == null || text.isEmpty()) {
            return List.of();
        }
        Map<String, List<String>> params = new LinkedHashMap<>();
        for (String pair : text.split("&")) {
            String[] nameValue = pair.split("=", 2);
            params.computeIfAbsent(decoded(nameValue[0]), n -> new ArrayList<>())
                    .add(nameValue.length == 1 ? "" : decoded(nameValue[1]));
        }
        Params read = new Params(params);
        Set<String> names = Filters.names(false);
        names.remove(Filters.SEGMENT);
        read.only(names);
        return Filters.of(read, false, goals);
    }

    /**
     * Reads what is to be kept.
     *
     * @throws ApiException that blames the field {@code filter}: it cannot be read, or selects everything
     */
    public static void check(String text, SiteGoals goals) {
        List<Filter> filters;
        try {
            filters = read(text, goals);
            Filters.refuseCostly(filters, null, true);
        } catch (ApiException e) {
            throw ApiException.field("filter", e.getMessage());
        }
        if (filters.isEmpty()) {
            throw ApiException.field("filter", "selects everything; it needs at least one filter, such as country=DE");
        }
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw ApiException.field("filter", "has a wrong escape");
        }
    }
}
