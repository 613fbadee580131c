package io.millrace.http.internal.connection;

import io.millrace.http.internal.message.Answers;
import io.millrace.http.internal.message.Request;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One JSON object a line for each answer, when it is on: no query, no headers, nothing of a body. */
public final class AccessLog {
    private static final Logger LOG = LoggerFactory.getLogger("io.millrace.http.access");

    private final boolean on;

    public AccessLog(boolean on) {
        this.on = on;
    }

    boolean on() {
        return on;
    }

    void write(Exchange done, long now) {
        Request request = done.logged();
        if (!on || request == null) {
            return;
        }
        LOG.info(line(request, done.status(), done.content().length, done.since(), now));
    }

    static String line(Request request, int status, int bytes, long since, long now) {
        StringBuilder json = new StringBuilder(160);
        json.append("{\"time\":\"").append(Instant.ofEpochMilli(since)).append("\",\"client\":");
        Answers.quote(json, request.client().address());
        Answers.quote(json.append(",\"method\":"), request.method());
        Answers.quote(json.append(",\"path\":"), request.path());
        json.append(",\"status\":").append(status).append(",\"bytes\":").append(bytes);
        return json.append(",\"ms\":").append(now - since).append('}').toString();
    }
}
