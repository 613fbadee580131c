package io.millrace.dashboard;

import java.util.List;
import java.util.Map;

/**
 * A request of the dashboard route, free of any carrier's types. Immutable.
 *
 * @param path decoded, begins with {@code /}
 * @param params query parameters, decoded, in the order sent
 * @param headers names in lower case; of repeated headers the first
 * @param address the client's address as resolved by the front-end
 * @param body empty when there is none
 */
public record ApiRequest(
        String method,
        String path,
        Map<String, List<String>> params,
        Map<String, String> headers,
        String address,
        byte[] body) {

    /** A header by its lower-case name, or null. */
    public String header(String name) {
        return headers.get(name);
    }
}
