package io.millrace.perf.hostile.bystander;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.millrace.perf.audit.SentIds;
import io.millrace.perf.load.Response;
import io.millrace.perf.load.Work.Exchange;
import io.millrace.perf.traffic.Format;
import io.millrace.perf.traffic.Requests;
import io.millrace.perf.traffic.Traffic;
import java.nio.ByteBuffer;

/** Page views of the other site, each from another address. Used by the client's thread. */
final class PageViews implements Bystander.Asked {
    /** As wide as an address can be; its digits are overwritten. */
    private static final String HEADER = "X-Forwarded-For: 100.100.100.100\r\n";

    private static final byte[] MARK = "X-Forwarded-For: ".getBytes(US_ASCII);

    private final Requests requests;
    private final SentIds ids;
    private final boolean fresh;
    private long sent;

    /**
     * @param ids what was sent is added to these
     * @param fresh whether each comes on a connection of its own
     */
    PageViews(String authority, long seed, SentIds ids, boolean fresh) {
        Format format = Format.of(Format.Name.MILLRACE, Bystander.SITE, "other.example");
        Traffic traffic = new Traffic(seed, System.currentTimeMillis(), 0);
        String headers = HEADER + (fresh ? "Connection: close\r\n" : "");
        this.requests = new Requests(traffic, format, format.path(), authority, 1, headers);
        this.ids = ids;
        this.fresh = fresh;
    }

    @Override
    public boolean fresh() {
        return fresh;
    }

    @Override
    public void write(Exchange exchange) {
        requests.next(exchange.request);
        exchange.attachment = ids.add(requests.hits()[0].idHigh, requests.hits()[0].idLow);
        address(exchange.request, sent++);
    }

    /** Writes an address of 100.100.100.100 to 199.199.199.199 in place of the one that is there. */
    private static void address(ByteBuffer request, long n) {
        int at = 0;
        while (!marked(request, at)) {
            at++;
        }
        at += MARK.length;
        for (int part = 0; part < 4; part++) {
            request.put(at + 4 * part + 1, (byte) ('0' + n / 10 % 10));
            request.put(at + 4 * part + 2, (byte) ('0' + n % 10));
            n /= 100;
        }
    }

    private static boolean marked(ByteBuffer request, int at) {
        for (int i = 0; i < MARK.length; i++) {
            if (request.get(at + i) != MARK[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean good(Exchange exchange, Response response) {
        boolean taken = response.status() == 202;
        if (taken) {
            ids.acknowledge((Integer) exchange.attachment);
        }
        return taken;
    }
}
