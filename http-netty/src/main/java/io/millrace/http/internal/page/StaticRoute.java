package io.millrace.http.internal.page;

import io.millrace.http.StaticFiles;
import io.millrace.http.StaticFiles.StaticFile;
import io.millrace.http.internal.message.Answers;
import io.millrace.http.internal.message.Reply;
import io.millrace.http.internal.message.Request;
import io.millrace.http.internal.message.Response;
import io.millrace.http.internal.message.Route;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * One file, with its ETag and the headers that keep pages safe.
 *
 * @param framed whether pages of other sites may show the page at a path, not decoded, in a frame
 */
public record StaticRoute(StaticFile file, Predicate<String> framed) implements Route {
    private static final Response METHOD =
            Answers.error(405, "method_not_allowed", "only GET and HEAD", "allow", "GET, HEAD");
    private static final byte[] NOTHING = {};
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors ";

    @Override
    public Response refuse(Request request) {
        return request.reads() ? null : METHOD;
    }

    @Override
    public void handle(Request request, Reply reply) {
        boolean gzip = file.worthGzip() && request.takesGzip();
        Map<String, String> headers = headers(request);
        if (request.has(file.etag())) {
            reply.send(Response.of(304, NOTHING, false, headers));
            return;
        }
        headers.put("content-type", file.contentType());
        if (gzip) {
            headers.put("content-encoding", "gzip");
        }
        reply.send(Response.of(200, gzip ? file.gzip() : file.body(), false, headers)
                .sharing());
    }

    private Map<String, String> headers(Request request) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("etag", file.etag());
        headers.put("cache-control", cacheControl(file.kind()));
        headers.put("x-content-type-options", "nosniff");
        if (file.worthGzip()) {
            headers.put("vary", "Accept-Encoding");
        }
        boolean script = file.kind() == StaticFiles.Kind.SCRIPT || file.kind() == StaticFiles.Kind.IMMUTABLE_SCRIPT;
        if (script) {
            headers.put("cross-origin-resource-policy", "cross-origin");
            headers.put("access-control-allow-origin", "*");
        } else if (file.contentType().startsWith("text/html")) {
            headers.put("content-security-policy", POLICY + (framed.test(request.sentPath()) ? "*" : "'none'"));
            headers.put("referrer-policy", "no-referrer");
            headers.put("cross-origin-opener-policy", "same-origin");
        }
        return headers;
    }

    private static String cacheControl(StaticFiles.Kind kind) {
        return switch (kind) {
            case PAGE -> "no-cache";
            case SCRIPT -> "public, max-age=3600";
            case IMMUTABLE, IMMUTABLE_SCRIPT -> "public, max-age=31536000, immutable";
        };
    }
}
