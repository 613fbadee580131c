package io.millrace.http.internal;

import io.netty.handler.codec.http.HttpResponseStatus;

/** Reason phrases. */
final class Statuses {
    private Statuses() {}

    static String reason(int status) {
        return HttpResponseStatus.valueOf(status).reasonPhrase();
    }
}
