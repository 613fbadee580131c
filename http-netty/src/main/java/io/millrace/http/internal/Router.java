package io.millrace.http.internal;

import io.millrace.dashboard.Api;
import io.millrace.http.HttpSettings;
import java.util.HashMap;
import java.util.Map;

/**
 * Finds what answers a path: the collect routes, then files, then the API. Belongs to one event loop.
 */
final class Router {
    private static final Response NOT_FOUND = Answers.error(404, "not_found", "no such page");

    private final Map<String, Route> routes = new HashMap<>();
    private final StaticRoute files;
    private final Api api;
    private final Route apiRoute;
    private final Route nothing = (request, reply) -> reply.send(NOT_FOUND);
    private final Intake intake;

    Router(Services services, Loop loop) {
        intake = new Intake(services, loop);
        if (!services.settings().collectPaths().isEmpty()) {
            addBeacons(services.settings());
        }
        files = new StaticRoute(services.files());
        api = services.api();
        apiRoute = api == null ? nothing : new ApiRoute(api);
    }

    private void addBeacons(HttpSettings settings) {
        CollectRoute collect = new CollectRoute(intake);
        settings.collectPaths().forEach(path -> routes.put(path, collect));
        routes.put(settings.pixelPath(), new PixelRoute(intake));
        if (settings.foreign()) {
            ForeignRoutes.addTo(routes, intake);
        }
    }

    Route find(Request request) {
        Route exact = routes.get(request.path());
        if (exact != null) {
            return exact;
        }
        if (files.has(request.path())) {
            return files;
        }
        return api != null && api.handles(request.path()) ? apiRoute : nothing;
    }

    /** The answer to what is no valid request; it may have been a beacon, so it is counted and readable as one. */
    Response unreadable(Heads.Problem problem) {
        return intake.unreadable(problem);
    }
}
