package io.millrace.http.internal.connection;

import io.millrace.engine.spi.Bounded;
import io.millrace.http.HttpSettings.Limits;
import io.millrace.http.internal.client.Client;
import io.millrace.http.internal.client.ClientResolver;
import io.millrace.http.internal.message.HeadCheck;
import io.millrace.http.internal.message.Request;
import io.millrace.http.internal.message.Response;
import io.millrace.http.internal.message.Route;
import io.millrace.http.internal.message.Routes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection's side that reads: makes requests out of bytes, within its limits, and has them answered. What is not yet
 * a whole request is held in arrays of its own size, and counted as held. Belongs to its event loop.
 */
final class RequestReader {
    private static final Logger LOG = LoggerFactory.getLogger(RequestReader.class);
    private static final byte[] NOTHING = {};
    private static final int FIRST_PART = 4096;
    private static final int FIRST_HELD = 128;

    /** Bytes on the heap of a request while it is answered, without its headers: itself, its answer, its receipt. */
    private static final int REQUEST_BYTES = 600;

    /** Bytes on the heap of one header beside its text: entry, name and value. */
    private static final int HEADER_BYTES = 160;

    /** How long requests that have come together are read before those of others are. */
    private static final long TURN_NANOS = 50_000;

    /** What it asks of its connection, and tells it. */
    interface Owner extends Exchange.Owner {
        /** Whether a further request may begin, or go on: not while too many wait for answers, or answers for the client. */
        boolean takes();

        /** Takes a request's place in the order of answers. */
        void enqueue(Exchange exchange);

        /** Whether an answer has still to be written. */
        boolean holds(Exchange exchange);

        /** Has its answers looked at with the next ones that are written. */
        void touch();

        /** Goes on when others have been read. */
        void awaitTurn();

        /** Bytes of a request have come, and it is not whole yet. */
        void requestBegins();

        /** A request has arrived whole. */
        void requestDone();

        /** No further request of this connection will be answered. */
        void endReading();

        /** Whether no further request will be answered. */
        boolean ended();

        /** Ends the connection as it stands. */
        void abort();
    }

    private final Owner owner;
    private final LoopState loop;
    private final Routes routes;
    private final ClientResolver clients;
    private final Limits limits;
    private final AccessLog log;
    private final HeadScanner scanner;
    private ClientResolver.Peer peer;
    private MemoryBudget.Share share;
    private Exchange exchange;
    private Request request;
    private Route route;
    private boolean discard;

    @Bounded("http_unfinished")
    private byte[] body = NOTHING;

    private int length;
    private long remaining;
    private ChunkDecoder chunks;

    @Bounded("http_unfinished")
    private byte[] held = NOTHING;

    private int heldFrom;
    private int heldTo;
    private boolean running;
    private boolean pausing;

    RequestReader(Owner owner, LoopState loop, Routes routes, ClientResolver clients, Limits limits, AccessLog log) {
        this.owner = owner;
        this.loop = loop;
        this.routes = routes;
        this.clients = clients;
        this.limits = limits;
        this.log = log;
        this.scanner = new HeadScanner(limits);
    }

    /** A connection has been opened from there, whose unfinished requests count as this share's. */
    void from(ClientResolver.Peer other, MemoryBudget.Share unfinished) {
        peer = other;
        share = unfinished;
    }

    /** Bytes held of requests that are not whole. */
    long bytes() {
        return held.length + body.length;
    }

    /** Whether a request has begun to arrive. */
    boolean busy() {
        return exchange != null || holds();
    }

    /** Bytes have come. */
    void read(ByteBuf in) {
        int count = in.readableBytes();
        if (holds()) {
            if (makeHeld(count)) {
                in.readBytes(held, heldTo, count);
                heldTo += count;
                resume();
            }
        } else if (in.hasArray()) {
            int from = in.arrayOffset() + in.readerIndex();
            keep(in.array(), run(in.array(), from, from + count), from + count);
        } else {
            byte[] bytes = ByteBufUtil.getBytes(in);
            keep(bytes, run(bytes, 0, count), count);
        }
    }

    /** Goes on with what is held, if the connection takes requests again. */
    void resume() {
        if (holds() && !running && !pausing && owner.takes()) {
            int at = run(held, heldFrom, heldTo);
            if (holds()) {
                keep(held, at, heldTo);
            }
        }
    }

    private boolean holds() {
        return heldFrom < heldTo;
    }

    /** Whether there is more to read, after others. */
    boolean pausing() {
        return pausing;
    }

    /** Others have been read. */
    void takeTurn() {
        pausing = false;
    }

    /** Reads as many requests as there are, and as there is time for; answers how far. */
    private int run(byte[] bytes, int from, int to) {
        running = true;
        int at = from;
        boolean whole = true;
        long end = System.nanoTime() + TURN_NANOS;
        try {
            while (whole && !pausing && at < to && owner.takes()) {
                int next = exchange == null ? head(bytes, at, to) : body(bytes, at, to);
                whole = next >= 0;
                at = whole ? next : at;
                pausing = exchange == null && at < to && System.nanoTime() - end > 0;
            }
        } finally {
            running = false;
        }
        if (pausing) {
            owner.awaitTurn();
        } else if (owner.takes() && at < to) {
            owner.requestBegins();
        }
        return owner.ended() ? to : at;
    }

    /** Holds what is left, and no more memory than that needs. */
    private void keep(byte[] bytes, int from, int to) {
        int left = to - from;
        if (left == 0 || owner.ended()) {
            holdNothing();
        } else if (bytes == held) {
            heldFrom = from;
        } else if (makeHeld(left)) {
            System.arraycopy(bytes, from, held, heldTo, left);
            heldTo += left;
        }
    }

    private void holdNothing() {
        loop.unfinished().add(share, -held.length);
        held = NOTHING;
        heldFrom = 0;
        heldTo = 0;
    }

    /** Makes room for so many more behind what is held, which moves only when there is none. */
    private boolean makeHeld(int more) {
        if (heldTo + more <= held.length) {
            return true;
        }
        int left = heldTo - heldFrom;
        if (left + more > held.length) {
            int size = Math.max(left + more, Math.max(FIRST_HELD, held.length + held.length / 2));
            if (!loop.takeUnfinished(share, size - held.length)) {
                refuse(HeadCheck.FULL);
                return false;
            }
            held = Arrays.copyOfRange(held, heldFrom, heldFrom + size);
        } else {
            System.arraycopy(held, heldFrom, held, 0, left);
        }
        heldFrom = 0;
        heldTo = left;
        return true;
    }

    /** Reads a head if all of it is there; answers how far, or -1. */
    private int head(byte[] bytes, int from, int to) {
        int end = scanner.end(bytes, from, to);
        HeadCheck.Problem problem = scanner.problem();
        if (problem == null && end < 0) {
            return -1;
        }
        if (problem == null) {
            problem = loop.heads().parse(bytes, from + scanner.first(), end);
        }
        int cost = REQUEST_BYTES + HEADER_BYTES * scanner.headers() + 2 * (end - from);
        scanner.reset();
        if (problem == null) {
            problem = begin(loop.heads(), cost);
        }
        if (problem != null) {
            refuse(problem);
            return to;
        }
        if (exchange != null && chunks == null && remaining == 0) {
            content(NOTHING, 0, 0);
        }
        return end;
    }

    /** A request's head has arrived. */
    private HeadCheck.Problem begin(HeadParser head, int cost) {
        String target = HeadCheck.target(head.target(), head.headers());
        String path = target == null ? null : HeadCheck.path(target);
        if (path == null) {
            return HeadCheck.BAD_TARGET;
        }
        if (!loop.unfinished().take(share, cost, 0)) {
            return HeadCheck.FULL;
        }
        Client client = clients.of(peer, head.headers());
        request = new Request(head.method(), target, path, head.headers(), client);
        exchange = new Exchange(owner, request.is("HEAD"), keepsAlive(head), head.old(), cost);
        exchange.logged(log.on() ? request : null, loop.time());
        exchange.origin(request.header("origin"));
        remaining = head.length();
        chunks = head.chunked() ? new ChunkDecoder(limits) : null;
        route = routes.find(request);
        owner.enqueue(exchange);
        if (chunks != null || remaining > 0) {
            owner.requestBegins();
        }
        beforeBody(head);
        return null;
    }

    private boolean keepsAlive(HeadParser head) {
        boolean asked = head.old()
                ? head.headers().containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE, true)
                : !head.headers().containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE, true);
        return asked && !loop.draining();
    }

    /** Answers at once what can be answered by the head alone. */
    private void beforeBody(HeadParser head) {
        if (remaining > limits.bodyBytes()) {
            refuse(tooLarge());
            return;
        }
        Response early = route.refuse(request);
        boolean asks = !head.old() && head.headers().contains(HttpHeaderNames.EXPECT);
        boolean bodyComes = remaining > 0 || chunks != null;
        if (early != null && bodyComes && (asks || exchange.last())) {
            last(early);
        } else if (early != null) {
            discard = true;
            exchange.send(early);
        } else if (asks) {
            exchange.awaitContinue();
            owner.touch();
        }
    }

    /** Reads on in a body; answers how far. */
    private int body(byte[] bytes, int from, int to) {
        exchange.endContinue();
        if (chunks == null) {
            int count = (int) Math.min(remaining, to - from);
            remaining -= count;
            content(bytes, from, count);
            return from + count;
        }
        ChunkDecoder decoder = chunks;
        int at = decoder.read(bytes, from, to, this::gather);
        if (decoder.problem() != null) {
            refuse(decoder.problem());
        } else if (decoder.done()) {
            complete();
        }
        return at;
    }

    /** A part of a body of known length has arrived, perhaps the last. */
    private void content(byte[] bytes, int from, int count) {
        if (remaining > 0) {
            gather(bytes, from, count);
            return;
        }
        if (discard || length > 0) {
            if (!gather(bytes, from, count)) {
                return;
            }
        } else {
            // A body in one part needs no memory of its own.
            System.arraycopy(bytes, from, loop.scratch(), 0, count);
            request.body(loop.scratch(), count);
        }
        complete();
    }

    /** Adds a part to the body; answers whether it goes on. */
    private boolean gather(byte[] bytes, int from, int count) {
        if (length + count > limits.bodyBytes()) {
            refuse(tooLarge());
            return false;
        }
        if (!discard && count > 0) {
            if (!makeRoom(length + count)) {
                refuse(HeadCheck.FULL);
                return false;
            }
            System.arraycopy(bytes, from, body, length, count);
        }
        length += count;
        request.body(body, discard ? 0 : length);
        return true;
    }

    private boolean makeRoom(int wanted) {
        if (wanted <= body.length) {
            return true;
        }
        int size = Math.min(limits.bodyBytes(), Math.max(FIRST_PART, Math.max(wanted, body.length * 2)));
        if (!loop.takeUnfinished(share, size - body.length)) {
            return false;
        }
        body = Arrays.copyOf(body, size);
        return true;
    }

    private void complete() {
        Exchange whole = exchange;
        Request arrived = request;
        Route answers = discard ? null : route;
        owner.requestDone();
        exchange = null;
        if (whole.last()) {
            owner.endReading();
        }
        try {
            if (answers != null && answers.keepsBody() && !whole.takeForRequest(arrived.length())) {
                whole.sendLast(answers.failure(HeadCheck.FULL), false);
            } else if (answers != null) {
                answers.handle(arrived, whole);
            }
        } catch (RuntimeException | StackOverflowError e) {
            LOG.error("cannot answer {} {}", arrived.method(), arrived.loggedPath(), e);
            whole.send(answers.failure(HeadCheck.FAILED));
        }
        forget();
    }

    private HeadCheck.Problem tooLarge() {
        return new HeadCheck.Problem(413, "too_large", "body larger than " + limits.bodyBytes() + " bytes");
    }

    /** Answers what is wrong: by the route of the request that is arriving, where its head has come. */
    private void refuse(HeadCheck.Problem problem) {
        if (exchange != null) {
            last(route.failure(problem));
            return;
        }
        exchange = new Exchange(owner, false, false, false, 0);
        exchange.logged(null, loop.time());
        owner.enqueue(exchange);
        last(routes.unreadable(problem));
    }

    /** Answers, and reads no more of this owner. */
    private void last(Response answer) {
        exchange.sendLast(answer, true);
        owner.endReading();
        if (!owner.holds(exchange)) {
            owner.abort();
        }
        exchange = null;
        forget();
    }

    /** The request that is arriving takes too long. */
    void tooSlow() {
        refuse(HeadCheck.TOO_SLOW);
        holdNothing();
    }

    /** The rest will not come. Answers whether a request was arriving. */
    boolean abandon() {
        boolean arriving = exchange != null && !exchange.ready();
        exchange = null;
        forget();
        holdNothing();
        return arriving;
    }

    private void forget() {
        loop.unfinished().add(share, -body.length);
        body = NOTHING;
        length = 0;
        remaining = 0;
        chunks = null;
        discard = false;
        request = null;
    }
}
