package io.millrace.http.internal.connection;

import io.millrace.http.HttpSettings.Limits;
import io.millrace.http.internal.client.Client;
import io.millrace.http.internal.client.ClientResolver;
import io.millrace.http.internal.message.HeadCheck;
import io.millrace.http.internal.message.Request;
import io.millrace.http.internal.message.Response;
import io.millrace.http.internal.message.Route;
import io.millrace.http.internal.message.Routes;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.net.InetAddress;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection's side that reads: gathers a head and a body into a request, within its limits, and has it answered. */
final class RequestReader {
    private static final Logger LOG = LoggerFactory.getLogger(RequestReader.class);
    private static final byte[] NOTHING = {};
    private static final int FIRST_PART = 4096;

    private final Connection connection;
    private final LoopState loop;
    private final Routes routes;
    private final ClientResolver clients;
    private final Limits limits;
    private final AccessLog log;
    private ClientResolver.Peer peer;
    private Exchange exchange;
    private Request request;
    private Route route;
    private boolean discard;
    private byte[] body = NOTHING;
    private int length;

    RequestReader(
            Connection connection,
            LoopState loop,
            Routes routes,
            ClientResolver clients,
            Limits limits,
            AccessLog log) {
        this.connection = connection;
        this.loop = loop;
        this.routes = routes;
        this.clients = clients;
        this.limits = limits;
        this.log = log;
    }

    void from(InetAddress address) {
        peer = clients.peer(address);
    }

    /** Whether a request's head has arrived and its body not. */
    boolean busy() {
        return exchange != null;
    }

    /** A request's head has arrived. */
    void head(HttpRequest head) {
        HeadCheck.Problem problem = head.decoderResult().isFailure()
                ? HeadCheck.decoded(head.decoderResult().cause())
                : HeadCheck.of(head);
        String target = problem == null ? HeadCheck.target(head.uri()) : null;
        String path = target == null ? null : HeadCheck.path(target);
        if (path == null) {
            refuse(problem == null ? HeadCheck.badTarget() : problem);
            return;
        }
        boolean keepAlive = HttpUtil.isKeepAlive(head) && !loop.draining();
        boolean old = head.protocolVersion().equals(HttpVersion.HTTP_1_0);
        Client client = clients.of(peer, head.headers());
        request = new Request(head.method().name(), target, path, head.headers(), client);
        exchange = new Exchange(connection, head.method().equals(HttpMethod.HEAD), keepAlive, old);
        exchange.logged(log.on() ? request : null, loop.now());
        exchange.origin(request.header("origin"));
        route = routes.find(request);
        connection.enqueue(exchange);
        beforeBody(head);
    }

    /** Answers at once what can be answered by the head alone. */
    private void beforeBody(HttpRequest head) {
        long declared = HttpUtil.getContentLength(head, 0L);
        if (declared > limits.bodyBytes()) {
            refuse(413, "too_large", "body larger than " + limits.bodyBytes() + " bytes");
            return;
        }
        Response early = route.refuse(request);
        boolean asks = HttpUtil.is100ContinueExpected(head);
        boolean bodyComes = declared > 0 || HttpUtil.isTransferEncodingChunked(head);
        if (early != null && bodyComes && (asks || exchange.last())) {
            last(early);
        } else if (early != null) {
            discard = true;
            exchange.send(early);
        } else if (asks) {
            exchange.awaitContinue();
            connection.touch();
        }
    }

    /** A part of a body, perhaps the last, has arrived. */
    void content(HttpContent part) {
        if (exchange == null) {
            return;
        }
        if (part.decoderResult().isFailure()) {
            refuse(400, "bad_request", "not a valid HTTP request");
            return;
        }
        exchange.endContinue();
        boolean last = part instanceof LastHttpContent;
        if (length + part.content().readableBytes() > limits.bodyBytes()) {
            refuse(413, "too_large", "body larger than " + limits.bodyBytes() + " bytes");
        } else if (gather(part.content(), last) && last) {
            complete();
        }
    }

    /** Adds a part to the body; a body in one part needs no memory of its own. */
    private boolean gather(ByteBuf part, boolean last) {
        int count = part.readableBytes();
        if (!discard && last && length == 0) {
            part.readBytes(loop.scratch(), 0, count);
            request.body(loop.scratch(), count);
            return true;
        }
        if (!discard && count > 0) {
            if (!makeRoom(length + count)) {
                last(route.failure(503, "not_admitted", "too many bodies on their way"));
                return false;
            }
            part.readBytes(body, length, count);
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
        if (!loop.reserve(size - body.length)) {
            return false;
        }
        body = Arrays.copyOf(body, size);
        return true;
    }

    private void complete() {
        Exchange whole = exchange;
        Request arrived = request;
        Route answers = discard ? null : route;
        connection.requestDone();
        exchange = null;
        if (whole.last()) {
            connection.endReading();
        }
        try {
            if (answers != null) {
                answers.handle(arrived, whole);
            }
        } catch (RuntimeException | StackOverflowError e) {
            LOG.error("cannot answer {} {}", arrived.method(), arrived.loggedPath(), e);
            whole.send(route.failure(500, "internal", "the server failed"));
        }
        forget();
    }

    private void refuse(HeadCheck.Problem problem) {
        exchange = new Exchange(connection, false, false, false);
        exchange.logged(null, loop.now());
        connection.enqueue(exchange);
        last(routes.unreadable(problem));
    }

    private void refuse(int status, String code, String message) {
        last(route.failure(status, code, message));
    }

    /** Answers, and reads no more of this connection. */
    private void last(Response answer) {
        exchange.sendLast(answer, true);
        connection.endReading();
        if (!connection.holds(exchange)) {
            connection.abort();
        }
        exchange = null;
        forget();
    }

    /** The request that is arriving takes too long. */
    void tooSlow() {
        if (exchange != null) {
            refuse(408, "timeout", "the request took too long");
        } else if (connection.waiting()) {
            connection.requestDone();
        } else {
            refuse(new HeadCheck.Problem(408, "timeout", "the request took too long"));
        }
    }

    /** The rest will not come. Answers whether a request was arriving. */
    boolean abandon() {
        boolean arriving = exchange != null && !exchange.ready();
        exchange = null;
        forget();
        return arriving;
    }

    private void forget() {
        loop.release(body.length);
        body = NOTHING;
        length = 0;
        discard = false;
        request = null;
    }

    void log(Exchange done) {
        log.write(done, loop.now());
    }
}
