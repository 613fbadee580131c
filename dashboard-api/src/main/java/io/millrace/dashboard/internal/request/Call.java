package io.millrace.dashboard.internal.request;

import io.millrace.dashboard.ApiRequest;
import io.millrace.engine.Site;
import java.util.Map;

/**
 * One request on its way to a handler. Immutable.
 *
 * @param variables of the path, by name
 * @param site the path's site, or null
 * @param params checked by the handler
 */
public record Call(ApiRequest request, Principal principal, Site site, Map<String, String> variables, Params params) {

    /** A number in the path, or 404. */
    public int id(String name) {
        try {
            return Integer.parseInt(variables.get(name));
        } catch (NumberFormatException e) {
            throw ApiException.notFound(name.replaceAll("Id$", ""));
        }
    }
}
