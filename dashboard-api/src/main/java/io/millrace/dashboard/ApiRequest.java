package io.millrace.dashboard;

import io.millrace.engine.Place;
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
 * @param behindTrusted whether the connection is a trusted proxy's, so that its forwarding and geo headers count
 * @param place where the client is as such a proxy says, or {@link Place#UNKNOWN}
 */
public record ApiRequest(
        String method,
        String path,
        Map<String, List<String>> params,
        Map<String, String> headers,
        String address,
        byte[] body,
        boolean behindTrusted,
        Place place) {

    /** A request that came without a proxy. */
    public ApiRequest(
            String method,
            String path,
            Map<String, List<String>> params,
            Map<String, String> headers,
            String address,
            byte[] body) {
        this(method, path, params, headers, address, body, false, Place.UNKNOWN);
    }

    /** The same without its body, for whoever may have to wait and does not need it. */
    public ApiRequest withoutBody() {
        return body.length == 0
                ? this
                : new ApiRequest(method, path, params, headers, address, new byte[0], behindTrusted, place);
    }

    /** A header by its lower-case name, or null. */
    public String header(String name) {
        return headers.get(name);
    }
}
