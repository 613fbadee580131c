package io.millrace.dashboard.internal.operator;

import io.millrace.dashboard.Api;
import io.millrace.dashboard.ApiResponse;
import io.millrace.dashboard.internal.request.ApiAnswers;
import io.millrace.dashboard.internal.request.ApiException;
import java.util.function.Supplier;

/** Health and metrics with all their details, for whoever reaches them. Thread-safe; memory only. */
public record OpenProbes(Probes probes) implements Api {
    @Override
    public Endpoint find(String method, String path) {
        Supplier<ApiResponse> answer = switch (path) {
            case "/metrics" -> probes::metrics;
            case "/readyz" -> probes::details;
            case "/healthz" -> () -> ApiAnswers.text(200, "ok\n");
            default -> null;
        };
        if (answer == null) {
            return null;
        }
        ApiException refusal = new ApiException(405, "method_not_allowed", "GET only");
        return request -> ApiAnswers.done(method.equals("GET") ? answer.get() : ApiAnswers.error(refusal));
    }
}
