package io.millrace.http;

import io.millrace.dashboard.Api;
import io.millrace.dashboard.ApiRequest;
import io.millrace.dashboard.ApiResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** A dashboard route that echoes, waits or streams as a test tells it. */
final class StubApi implements Api {
    final BlockingQueue<ApiRequest> asked = new LinkedBlockingQueue<>();
    final BlockingQueue<Consumer<byte[]>> streams = new LinkedBlockingQueue<>();
    final AtomicBoolean streamClosed = new AtomicBoolean();
    final CompletableFuture<ApiResponse> later = new CompletableFuture<>();

    static ApiResponse json(int status, String body) {
        return new ApiResponse(
                status,
                Map.of("Content-Type", "application/json", "ETag", "\"v1\"", "X-Split", "a\r\nb: c"),
                body.getBytes(StandardCharsets.UTF_8),
                status == 200 ? "packed".getBytes(StandardCharsets.UTF_8) : null);
    }

    @Override
    public boolean frames(String path) {
        return path.matches("/share/token(/.*)?");
    }

    @Override
    public Endpoint find(String method, String path) {
        return path.startsWith("/api/") ? new Echo(path.endsWith("/live")) : null;
    }

    private final class Echo implements Endpoint {
        private final boolean streams;

        private Echo(boolean streams) {
            this.streams = streams;
        }

        @Override
        public boolean streams() {
            return streams;
        }

        @Override
        public CompletionStage<ApiResponse> handle(ApiRequest request) {
            return answer(request);
        }

        @Override
        public Stream open(ApiRequest request, Consumer<byte[]> send) {
            return stream(request, send);
        }
    }

    private CompletionStage<ApiResponse> answer(ApiRequest request) {
        asked.add(request);
        if (request.path().endsWith("/slow")) {
            LockSupport.parkNanos(1_000_000);
        }
        if (request.path().endsWith("/large")) {
            return CompletableFuture.completedFuture(json(200, "\"" + "x".repeat(20_000) + "\""));
        }
        return request.path().endsWith("/later") ? later : CompletableFuture.completedFuture(json(200, "{}"));
    }

    private Stream stream(ApiRequest request, Consumer<byte[]> send) {
        boolean refused = request.header("authorization") == null;
        if (!refused) {
            streams.add(send);
        }
        return new Stream() {
            @Override
            public ApiResponse refusal() {
                return refused ? json(401, "{\"error\":{}}") : null;
            }

            @Override
            public void close() {
                streamClosed.set(true);
            }
        };
    }
}
