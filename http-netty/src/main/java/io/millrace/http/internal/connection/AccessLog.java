package io.millrace.http.internal.connection;

import io.millrace.http.internal.message.Request;
import io.millrace.wire.json.JsonWriter;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One JSON object a line for each answer, when it is on: no query, no headers, no token, nothing of a body. */
public record AccessLog(boolean on) {
    private static final Logger LOG = LoggerFactory.getLogger("io.millrace.http.access");

    void write(Exchange done, long now) {
        Request request = done.logged();
        if (!on || request == null) {
            return;
        }
        LOG.info(line(request, done.status(), done.content().length, done.since(), now));
    }

    static String line(Request request, int status, int bytes, long since, long now) {
        return new JsonWriter()
                .object()
                .member("time", Instant.ofEpochMilli(since).toString())
                .member("client", request.client().address())
                .member("method", request.method())
                .member("path", request.loggedPath())
                .member("status", status)
                .member("bytes", bytes)
                .member("ms", now - since)
                .endObject()
                .toString();
    }
}
