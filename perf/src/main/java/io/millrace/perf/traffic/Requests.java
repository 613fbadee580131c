package io.millrace.perf.traffic;

import static io.millrace.perf.traffic.World.b;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes HTTP requests that carry drawn hits. Not thread-safe. */
public final class Requests {
    private static final byte[] ADDRESS = b("\r\nX-Forwarded-For: ");
    private static final byte[] AGENT = b("\r\nUser-Agent: ");
    private static final byte[] COUNTRY = b("\r\nCF-IPCountry: ");
    private static final byte[] LENGTH = b("\r\nContent-Length: ");
    private static final byte[] END = b("\r\n\r\n");

    private final World world = new World();
    private final Traffic traffic;
    private final Format format;
    private final int batch;
    private final byte[] head;
    private final boolean namesAddress;
    private final boolean namesAgent;
    private final boolean namesCountry;
    private final Bytes body = new Bytes();
    private final Bytes request = new Bytes();
    private final Hit[] hits;

    /**
     * @param batch hits a request: 1 sends an object, more an array
     * @param host the {@code Host} header
     * @param headers more header lines, each ended by CR LF, or empty; they stand in place of those of the same name
     */
    public Requests(Traffic traffic, Format format, String path, String host, int batch, String headers) {
        this.traffic = traffic;
        this.format = format;
        this.batch = batch;
        Set<String> given = headers.lines().map(Requests::name).collect(Collectors.toSet());
        this.namesAgent = !given.contains("user-agent");
        this.namesCountry = !given.contains("cf-ipcountry");
        this.namesAddress = format.cookieless() && !given.contains("x-forwarded-for");
        StringBuilder lines = new StringBuilder("POST " + path + " HTTP/1.1");
        Stream.of("Host: " + host, "Accept: */*", "Content-Type: text/plain", "Origin: https://" + host)
                .filter(line -> !given.contains(name(line)))
                .forEach(line -> lines.append("\r\n").append(line));
        headers.lines().forEach(line -> lines.append("\r\n").append(line));
        this.head = b(lines.toString());
        this.hits = new Hit[batch];
        for (int i = 0; i < batch; i++) {
            hits[i] = new Hit();
        }
    }

    private static String name(String line) {
        return line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT);
    }

    /** Draws the next hits and writes their request; returns how many of them are page views. */
    public int next(ByteBuffer to) {
        int views = draw();
        request.clear();
        request.put(head);
        if (namesAddress) {
            address(hits[0].visitorNumber);
        }
        if (namesAgent) {
            request.put(AGENT).put(world.agents[hits[0].agent]);
        }
        if (namesCountry) {
            request.put(COUNTRY).put(world.countries[hits[0].country]);
        }
        request.put(LENGTH).put(body.length()).put(END);
        to.clear();
        to.put(request.array(), 0, request.length()).put(body.array(), 0, body.length());
        to.flip();
        return views;
    }

    /** Another public address for each number of 27 bits: 64.0.0.0 to 71.255.255.255. */
    private void address(int number) {
        request.put(ADDRESS).put(64 + (number >>> 24 & 7)).put((byte) '.').put(number >>> 16 & 255);
        request.put((byte) '.').put(number >>> 8 & 255).put((byte) '.').put(number & 255);
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

    /** How many bytes to reserve for a request of so many hits, of a site whose names and headers are short. */
    public static int capacity(int batch) {
        return 1024 + 1024 * batch;
    }

    /** How many bytes to reserve for a request of so many hits. @param longest bytes of all that the caller names */
    public static long capacity(int batch, int longest) {
        return 1024 + longest + (1024L + 4L * longest) * batch;
    }
}
