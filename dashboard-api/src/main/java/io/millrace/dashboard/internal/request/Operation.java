package io.millrace.dashboard.internal.request;

import io.millrace.dashboard.ApiResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * One operation: where it is, what it asks of its caller, and who answers. Immutable.
 *
 * @param template a path whose segments in braces are variables; {@code {siteId}} is resolved before the handler runs
 */
public record Operation(String method, String template, Permission permission, String[] segments, Handler handler) {

    /** Answers; must not wait. May throw a {@link ApiException}, or fail with one. */
    @FunctionalInterface
    public interface Handler {
        CompletableFuture<ApiResponse> handle(Call call);
    }

    public static Operation of(String method, String template, Permission permission, Handler handler) {
        return new Operation(method, template, permission, template.split("/"), handler);
    }

    /** The path's variables, or null when it is another route's. */
    public Map<String, String> match(String[] path) {
        if (path.length != segments.length) {
            return null;
        }
        Map<String, String> variables = Map.of();
        for (int i = 0; i < path.length; i++) {
            String s = segments[i];
            if (s.startsWith("{")) {
                variables = variables.isEmpty() ? new HashMap<>() : variables;
                variables.put(s.substring(1, s.length() - 1), path[i]);
            } else if (!s.equals(path[i])) {
                return null;
            }
        }
        return variables;
    }
}
