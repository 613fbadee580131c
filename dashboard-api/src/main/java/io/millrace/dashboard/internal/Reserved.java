package io.millrace.dashboard.internal;

import io.millrace.dashboard.ApiResponse;
import io.millrace.dashboard.internal.Caller.Need;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * The place-holders of what a site will be given in a later version: exclusions (addresses, hostnames, paths) and goals.
 * Each is a list that is empty; to put an empty one is done, and anything else is refused rather than kept and not
 * obeyed. Thread-safe.
 */
final class Reserved {
    private static final String PATH = "/api/sites/{siteId}/";

    private Reserved() {}

    static List<Route> routes() {
        return List.of(
                Route.of("GET", PATH + "exclusions", Need.READ, call -> list(call, "exclusions")),
                Route.of("PUT", PATH + "exclusions", Need.EDIT, call -> replace(call, "exclusions")),
                Route.of("GET", PATH + "goals", Need.READ, call -> list(call, "goals")),
                Route.of("PUT", PATH + "goals", Need.EDIT, call -> replace(call, "goals")));
    }

    private static CompletableFuture<ApiResponse> list(Call call, String name) {
        call.params().only(Set.of());
        return SiteAdmin.done(empty(name));
    }

    private static CompletableFuture<ApiResponse> replace(Call call, String name) {
        call.params().only(Set.of());
        if (!Body.of(call.request(), Set.of(name)).list(name).isEmpty()) {
            throw Refusal.notSupported(name, "this version has none; nothing was changed");
        }
        return SiteAdmin.done(empty(name));
    }

    private static ApiResponse empty(String name) {
        return Answers.json(200, Fields.of(name, List.of()));
    }
}
