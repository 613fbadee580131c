package io.millrace.dashboard.internal;

import io.millrace.dashboard.ApiRequest;
import io.millrace.dashboard.ApiResponse;
import io.millrace.dashboard.internal.access.Authenticator;
import io.millrace.dashboard.internal.access.CrossSite;
import io.millrace.dashboard.internal.request.Answers;
import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.dashboard.internal.request.Call;
import io.millrace.dashboard.internal.request.Operation;
import io.millrace.dashboard.internal.request.Params;
import io.millrace.dashboard.internal.request.Permission;
import io.millrace.dashboard.internal.request.Principal;
import io.millrace.engine.Site;
import io.millrace.engine.Sites;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/** Finds the route of a request, and lets nobody through who may not. Thread-safe. */
final class Router {
    private static final List<String> OWN = List.of("/api/analytics/", "/api/sites", "/api/public/", "/api/shared/");
    private static final Set<String> SAFE = Set.of("GET", "HEAD");
    private final List<Operation> routes;
    private final Authenticator access;
    private final Sites sites;

    Router(List<Operation> routes, Authenticator access, Sites sites) {
        this.routes = List.copyOf(routes);
        this.access = access;
        this.sites = sites;
    }

    List<Operation> routes() {
        return routes;
    }

    boolean handles(String path) {
        String[] segments = path.split("/", -1);
        return OWN.stream().anyMatch(path::startsWith) || routes.stream().anyMatch(r -> r.match(segments) != null);
    }

    CompletableFuture<ApiResponse> handle(ApiRequest request) {
        String[] path = request.path().split("/", -1);
        String method = request.method().equals("HEAD") ? "GET" : request.method();
        TreeSet<String> allowed = new TreeSet<>();
        for (Operation route : routes) {
            Map<String, String> variables = route.match(path);
            if (variables != null && route.method().equals(method)) {
                return route.handler().handle(admit(route, request, variables));
            }
            if (variables != null) {
                allowed.add(route.method());
            }
        }
        if (allowed.isEmpty()) {
            throw ApiException.notFound("path");
        }
        return Answers.done(notAllowed(allowed));
    }

    /**
     * The call of a request that must be for this template.
     *
     * @throws ApiException when it is for another path, or the caller may not
     */
    Call admit(String method, ApiRequest request, String template) {
        String[] path = request.path().split("/", -1);
        for (Operation route : routes) {
            Map<String, String> variables = route.match(path);
            if (variables != null
                    && route.method().equals(method)
                    && route.template().equals(template)) {
                return admit(route, request, variables);
            }
        }
        throw ApiException.notFound("path");
    }

    private static ApiResponse notAllowed(TreeSet<String> allowed) {
        ApiResponse answer = Answers.error(new ApiException(405, "method_not_allowed", "this path has other methods"));
        return Answers.with(answer, "Allow", String.join(", ", allowed));
    }

    /** The call, when its caller may make it: 401 for nobody, 404 for another's site, 403 for too little. */
    private Call admit(Operation route, ApiRequest request, Map<String, String> variables) {
        Principal caller = access.caller(request);
        if (caller.session() != null && !SAFE.contains(request.method())) {
            CrossSite.refuseUnlessOwn(request);
        }
        Call call = new Call(request, caller, null, variables, new Params(request.params()));
        if (route.permission() != Permission.NOTHING && !caller.known()) {
            throw ApiException.unauthorized();
        }
        Site site = variables.containsKey("siteId") ? sites.byId(call.id("siteId")) : null;
        if (variables.containsKey("siteId")
                && (site == null || route.permission() != Permission.NOTHING && !caller.sees(site.id()))) {
            throw ApiException.notFound("site");
        }
        if (!caller.may(route.permission(), site == null ? 0 : site.id())) {
            throw ApiException.forbidden();
        }
        return new Call(request, caller, site, variables, call.params());
    }
}
