package io.millrace.perf.hostile.bystander;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.perf.load.Response;
import io.millrace.perf.load.Work.Exchange;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * A dashboard of the other site, as somebody clicks through it: each time another period that no cache knows, every
 * fourth time with a filter, and who is there now. Used by the client's thread.
 */
final class Reports implements Bystander.Asked {
    private static final String SITE = "/api/analytics/" + Bystander.SITE + "/";
    private static final int DAYS = 30;

    private final String head;
    private final LocalDate today = LocalDate.now(ZoneOffset.UTC);
    private int asked;

    Reports(String authority, String key) {
        head = " HTTP/1.1\r\nHost: " + authority + "\r\nX-Forwarded-For: 203.0.113.50\r\nAuthorization: Bearer " + key
                + "\r\n\r\n";
    }

    @Override
    public void write(Exchange exchange) {
        String path = path(asked++);
        exchange.request.clear().put(("GET " + SITE + path + head).getBytes(UTF_8));
        exchange.request.flip();
    }

    private String path(int n) {
        return switch (n % 4) {
            case 0 -> "realtime";
            case 1 -> "overview?" + period(n) + "&page=!/nothing-" + n;
            default -> "overview?" + period(n);
        };
    }

    /** Of four hundred pairs of days, one after the other. */
    private String period(int n) {
        int length = 1 + n / DAYS % DAYS;
        int end = n % DAYS;
        return "from=" + today.minusDays(end + length) + "&to=" + today.minusDays(end);
    }

    @Override
    public boolean good(Exchange exchange, Response response) {
        return response.status() == 200;
    }
}
