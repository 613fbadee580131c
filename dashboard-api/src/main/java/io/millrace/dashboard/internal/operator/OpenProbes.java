package io.millrace.dashboard.internal.operator;

import io.millrace.dashboard.Api;
import io.millrace.dashboard.ApiRequest;
import io.millrace.dashboard.ApiResponse;
import io.millrace.dashboard.internal.live.LiveStreams;
import io.millrace.dashboard.internal.request.Answers;
import io.millrace.dashboard.internal.request.ApiException;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Health and metrics with all their details, for whoever reaches them. Thread-safe; memory only. */
public final class OpenProbes implements Api {
    private static final Set<String> PATHS = Set.of("/healthz", "/readyz", "/metrics");

    private final Probes probes;

    public OpenProbes(Probes probes) {
        this.probes = probes;
    }

    @Override
    public boolean handles(String path) {
        return PATHS.contains(path);
    }

    @Override
    public CompletionStage<ApiResponse> handle(ApiRequest request) {
        return Answers.done(answer(request));
    }

    private ApiResponse answer(ApiRequest request) {
        if (!request.method().equals("GET")) {
            return Answers.error(new ApiException(405, "method_not_allowed", "GET only"));
        }
        return switch (request.path()) {
            case "/metrics" -> probes.metrics();
            case "/readyz" -> probes.details();
            default -> Answers.text(200, "ok\n");
        };
    }

    @Override
    public Stream open(ApiRequest request, Consumer<byte[]> send) {
        return LiveStreams.refused(Answers.error(new ApiException(404, "not_found", "no stream here")));
    }
}
