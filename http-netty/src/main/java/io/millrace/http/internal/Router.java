package io.millrace.http.internal;

import io.millrace.dashboard.Api;
import io.millrace.engine.spi.Fixed;
import io.millrace.http.HttpSettings;
import io.millrace.http.StaticFiles;
import io.millrace.http.StaticFiles.StaticFile;
import io.millrace.http.internal.collect.CollectRoute;
import io.millrace.http.internal.collect.ForeignRoutes;
import io.millrace.http.internal.collect.Intake;
import io.millrace.http.internal.collect.PixelRoute;
import io.millrace.http.internal.collect.ServerContext;
import io.millrace.http.internal.connection.LoopState;
import io.millrace.http.internal.message.Answers;
import io.millrace.http.internal.message.HeadCheck;
import io.millrace.http.internal.message.Request;
import io.millrace.http.internal.message.Response;
import io.millrace.http.internal.message.Route;
import io.millrace.http.internal.message.Routes;
import io.millrace.http.internal.page.ApiRoute;
import io.millrace.http.internal.page.StaticRoute;
import io.millrace.wire.Addresses;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Finds what answers a path: the collect routes, then files, then the API. Belongs to one event loop.
 */
final class Router implements Routes {
    private static final Response NOT_FOUND = Answers.error(404, "not_found", "no such page");

    private static final Response ELSEWHERE = Answers.error(421, "wrong_host", "this host is not served here");

    @Fixed("the routes that there are")
    private final Map<String, Route> routes = new HashMap<>();

    private final StaticFiles files;
    private final Api api;
    private final Route nothing = (request, reply) -> reply.send(NOT_FOUND);
    private final Route elsewhere = (request, reply) -> reply.send(ELSEWHERE);

    @Fixed("given by a setting")
    private final List<String> hosts;

    private final Intake intake;

    Router(ServerContext context, LoopState loop) {
        intake = new Intake(context, loop);
        if (!context.settings().collectPaths().isEmpty()) {
            addBeacons(context.settings());
        }
        hosts = context.settings().hosts();
        files = context.files();
        api = context.api();
    }

    private void addBeacons(HttpSettings settings) {
        CollectRoute collect = new CollectRoute(intake);
        settings.collectPaths().forEach(path -> routes.put(path, collect));
        routes.put(settings.pixelPath(), new PixelRoute(intake));
        if (settings.foreign()) {
            ForeignRoutes.addTo(routes, intake);
        }
    }

    @Override
    public Route find(Request request) {
        return hosts.isEmpty() || isOurs(request.header("host")) ? ofPath(request) : elsewhere;
    }

    /** An address cannot be made to resolve to another. */
    private boolean isOurs(String host) {
        if (host == null) {
            return false;
        }
        int port = host.lastIndexOf(':');
        String name = port > host.lastIndexOf(']') ? host.substring(0, port) : host;
        boolean bracketed = name.startsWith("[") && name.endsWith("]");
        String bare = bracketed ? name.substring(1, name.length() - 1) : name;
        return Addresses.parse(bare) != null || hosts.contains(bare.toLowerCase(Locale.ROOT));
    }

    private Route ofPath(Request request) {
        Route exact = routes.get(request.path());
        if (exact != null) {
            return exact;
        }
        StaticFile file = files.find(request.path());
        if (file != null) {
            return new StaticRoute(file, path -> api != null && api.frames(path));
        }
        String method = request.reads() ? "GET" : request.method();
        Api.Endpoint endpoint = api == null ? null : api.find(method, request.path());
        return endpoint == null ? nothing : new ApiRoute(endpoint);
    }

    /** It may have been a beacon, so it is counted, and answered readably, as one. */
    @Override
    public Response unreadable(HeadCheck.Problem problem) {
        return intake.unreadable(problem);
    }
}
