package io.millrace.perf.traffic;

import static io.millrace.perf.traffic.World.b;

import java.nio.ByteBuffer;

/** Writes HTTP requests that carry drawn hits. Not thread-safe. */
public final class Requests {
    private static final byte[] AGENT = b("\r\nUser-Agent: ");
    private static final byte[] COUNTRY = b("\r\nCF-IPCountry: ");
    private static final byte[] LENGTH = b("\r\nContent-Length: ");
    private static final byte[] END = b("\r\n\r\n");

    private final World world = new World();
    private final Traffic traffic;
    private final Format format;
    private final int batch;
    private final byte[] head;
    private final Bytes body = new Bytes();
    private final Bytes request = new Bytes();
    private final Hit[] hits;

    /**
     * @param batch hits a request: 1 sends an object, more an array
     * @param host the {@code Host} header
     * @param headers more header lines, each ended by CR LF, or empty
     */
    public Requests(Traffic traffic, Format format, String path, String host, int batch, String headers) {
        this.traffic = traffic;
        this.format = format;
        this.batch = batch;
        this.head = b("POST " + path + " HTTP/1.1\r\nHost: " + host + "\r\nAccept: */*\r\nContent-Type: text/plain\r\n"
                + headers + "Origin: https://" + host);
        this.hits = new Hit[batch];
        for (int i = 0; i < batch; i++) {
            hits[i] = new Hit();
        }
    }

    /** Draws the next hits and writes their request; returns how many of them are page views. */
    public int next(ByteBuffer to) {
        int views = draw();
        request.clear();
        request.put(head).put(AGENT).put(world.agents[hits[0].agent]);
        request.put(COUNTRY).put(world.countries[hits[0].country]);
        request.put(LENGTH).put(body.length()).put(END);
        to.clear();
        to.put(request.array(), 0, request.length()).put(body.array(), 0, body.length());
        to.flip();
        return views;
    }

    private int draw() {
        body.clear();
        int views = 0;
        for (int i = 0; i < batch; i++) {
            traffic.next(hits[i]);
            views += hits[i].heartbeat ? 0 : 1;
            if (batch > 1) {
                body.put((byte) (i == 0 ? '[' : ','));
            }
            format.encode(hits[i], body);
        }
        if (batch > 1) {
            body.put((byte) ']');
        }
        return views;
    }

    /** The hits of the request written last; their count is the batch. Overwritten by the next. */
    public Hit[] hits() {
        return hits;
    }

    /** Raises the {@code "attempt"} digit of every member of a written request, at most to 9. */
    public static void raiseAttempts(ByteBuffer request) {
        for (int at = request.position(); at <= request.limit() - Format.ATTEMPT.length; at++) {
            if (request.get(at) == '"' && isAttempt(request, at)) {
                int digit = at + Format.ATTEMPT_DIGIT;
                request.put(digit, (byte) Math.min('9', request.get(digit) + 1));
                at += Format.ATTEMPT.length - 1;
            }
        }
    }

    private static boolean isAttempt(ByteBuffer request, int at) {
        for (int i = 0; i < Format.ATTEMPT.length; i++) {
            if (i != Format.ATTEMPT_DIGIT && request.get(at + i) != Format.ATTEMPT[i]) {
                return false;
            }
        }
        return true;
    }

    /** How many bytes to reserve for a request of so many hits. */
    public static int capacity(int batch) {
        return 1024 + 1024 * batch;
    }
}
