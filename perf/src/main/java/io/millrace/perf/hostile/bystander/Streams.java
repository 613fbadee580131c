package io.millrace.perf.hostile.bystander;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.perf.load.Response;
import io.millrace.perf.load.Work.Exchange;

/** Somebody who opens the dashboard of the other site again and again, and with it the stream of who is there now. */
final class Streams implements Bystander.Asked {
    private final byte[] request;

    Streams(String authority, String key) {
        request = ("GET /api/analytics/" + Bystander.SITE + "/live HTTP/1.1\r\nHost: " + authority
                        + "\r\nX-Forwarded-For: 203.0.113.52\r\nAccept: text/event-stream\r\nAuthorization: Bearer "
                        + key
                        + "\r\n\r\n")
                .getBytes(UTF_8);
    }

    @Override
    public boolean fresh() {
        return true;
    }

    @Override
    public boolean stream() {
        return true;
    }

    @Override
    public void write(Exchange exchange) {
        exchange.request.clear().put(request).flip();
    }

    @Override
    public boolean good(Exchange exchange, Response response) {
        return response.status() == 200;
    }
}
