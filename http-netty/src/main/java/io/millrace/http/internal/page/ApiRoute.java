package io.millrace.http.internal.page;

import io.millrace.dashboard.Api;
import io.millrace.dashboard.ApiRequest;
import io.millrace.dashboard.ApiResponse;
import io.millrace.http.internal.message.Answers;
import io.millrace.http.internal.message.Reply;
import io.millrace.http.internal.message.Request;
import io.millrace.http.internal.message.Response;
import io.millrace.http.internal.message.Route;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A path of the dashboard route: carries its request to the {@link Api}, and the answer or stream back. */
public record ApiRoute(Api.Endpoint endpoint) implements Route {
    private static final Response BAD_QUERY = Answers.error(400, "bad_request", "the query has a wrong escape");
    private static final byte[] NOTHING = {};

    @Override
    public boolean keepsBody() {
        return true;
    }

    @Override
    public void handle(Request request, Reply reply) {
        ApiRequest asked;
        try {
            asked = asked(request);
        } catch (IllegalArgumentException e) {
            reply.send(BAD_QUERY);
            return;
        }
        if (endpoint.streams() && request.is("GET")) {
            open(asked, request, reply);
        } else {
            answer(asked, request, reply);
        }
    }

    private void answer(ApiRequest asked, Request request, Reply reply) {
        CompletableFuture<ApiResponse> answer = endpoint.handle(asked).toCompletableFuture();
        if (answer.isDone()) {
            reply.send(response(answer.join(), request));
            return;
        }
        answer.thenAcceptAsync(
                done -> {
                    reply.send(response(done, request));
                    reply.flush();
                },
                reply.loop());
    }

    private void open(ApiRequest asked, Request request, Reply reply) {
        Subscription subscription = new Subscription();
        Api.Stream stream = endpoint.open(asked, bytes -> reply.loop().execute(() -> subscription.push(bytes)));
        if (stream.refusal() != null) {
            reply.send(response(stream.refusal(), request));
            return;
        }
        Response head = Response.of(
                        200,
                        "content-type",
                        "text/event-stream",
                        "cache-control",
                        "no-store",
                        "x-accel-buffering",
                        "no",
                        "referrer-policy",
                        "no-referrer",
                        "x-content-type-options",
                        "nosniff")
                .streaming();
        subscription.to = reply.stream(head, stream::close);
    }

    /** Joins what the API sends, from its threads, with the stream that begins a moment later. Event loop only. */
    private static final class Subscription {
        private Reply.Stream to;

        void push(byte[] bytes) {
            if (to != null) {
                to.push(bytes);
            }
        }
    }

    private static ApiRequest asked(Request request) {
        Map<String, String> headers = new LinkedHashMap<>();
        HttpHeaders sent = request.headers();
        sent.forEach(e -> headers.putIfAbsent(e.getKey().toLowerCase(Locale.ROOT), e.getValue()));
        return new ApiRequest(
                request.reads() ? "GET" : request.method(),
                request.path(),
                request.params(),
                headers,
                request.client().address(),
                request.bodyCopy(),
                request.client().behindTrusted(),
                request.client().place());
    }

    private static Response response(ApiResponse answer, Request request) {
        Response response = encoded(answer, request);
        for (String cookie : answer.cookies()) {
            response = response.with("set-cookie", cookie);
        }
        return response;
    }

    private static Response encoded(ApiResponse answer, Request request) {
        Map<String, String> headers = new LinkedHashMap<>(answer.headers());
        headers.putIfAbsent("X-Content-Type-Options", "nosniff");
        if (answer.status() == 200 && request.reads() && request.has(headers.get("ETag"))) {
            headers.remove("Content-Type");
            return Response.of(304, NOTHING, false, headers);
        }
        if (answer.gzip() == null) {
            return Response.of(answer.status(), answer.body(), false, headers);
        }
        headers.merge("Vary", "Accept-Encoding", (a, b) -> a + ", " + b);
        if (!request.takesGzip()) {
            return Response.of(answer.status(), answer.body(), false, headers);
        }
        headers.put("Content-Encoding", "gzip");
        return Response.of(answer.status(), answer.gzip(), false, headers);
    }
}
