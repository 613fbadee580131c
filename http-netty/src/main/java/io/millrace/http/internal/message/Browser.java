package io.millrace.http.internal.message;

import io.millrace.engine.ClientHints;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.regex.Pattern;

/**
 * What a request's headers say of its browser. Immutable.
 *
 * @param agent its user agent, cut; or null
 * @param hints what it says beside that, or null
 * @param ahead whether it says that it fetches the page before anybody asks for it
 */
public record Browser(String agent, ClientHints hints, boolean ahead) {
    private static final int MAX_AGENT = 512;
    private static final Pattern AHEAD =
            Pattern.compile("\\b(?:prefetch|prerender|preview)\\b", Pattern.CASE_INSENSITIVE);

    static Browser of(HttpHeaders headers) {
        String agent = headers.get(HttpHeaderNames.USER_AGENT);
        return new Browser(
                agent != null && agent.length() > MAX_AGENT ? agent.substring(0, MAX_AGENT) : agent,
                ClientHints.of(headers::get),
                ahead(headers));
    }

    /** Safari and Firefox of before say so in other words. */
    private static boolean ahead(HttpHeaders headers) {
        String purpose = headers.get("sec-purpose");
        purpose = purpose == null ? headers.get("purpose") : purpose;
        purpose = purpose == null ? headers.get("x-purpose") : purpose;
        purpose = purpose == null ? headers.get("x-moz") : purpose;
        return purpose != null && AHEAD.matcher(purpose).find();
    }
}
