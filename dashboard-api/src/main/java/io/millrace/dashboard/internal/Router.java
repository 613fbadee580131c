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
import io.millrace.engine.spi.Fixed;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/** Finds the operation of a request, and lets nobody through who may not. Thread-safe. */
public final class Router {
    private static final List<String> OWN = List.of("/api/analytics/", "/api/sites", "/api/public/", "/api/shared/");
    private static final Set<String> SAFE = Set.of("GET", "HEAD");

    @Fixed("the operations that there are")
    private final List<Operation> operations;

    private final Authenticator authenticator;
    private final Sites sites;

    public Router(List<Operation> operations, Authenticator authenticator, Sites sites) {
        this.operations = List.copyOf(operations);
        this.authenticator = authenticator;
        this.sites = sites;
    }

    /** Method and template of each, with a blank between. */
    public List<String> operations() {
        return operations.stream().map(o -> o.method() + " " + o.template()).toList();
    }

    public boolean handles(String path) {
        String[] segments = path.split("/", -1);
        return OWN.stream().anyMatch(path::startsWith) || operations.stream().anyMatch(o -> o.match(segments) != null);
    }

    public CompletableFuture<ApiResponse> handle(ApiRequest request) {
        String[] path = request.path().split("/", -1);
        String method = request.method().equals("HEAD") ? "GET" : request.method();
        TreeSet<String> allowed = new TreeSet<>();
        for (Operation operation : operations) {
            Map<String, String> variables = operation.match(path);
            if (variables != null && operation.method().equals(method)) {
                return operation.handler().handle(admit(operation, request, variables));
            }
            if (variables != null) {
                allowed.add(operation.method());
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
    public Call admit(String method, ApiRequest request, String template) {
        String[] path = request.path().split("/", -1);
        for (Operation operation : operations) {
            Map<String, String> variables = operation.match(path);
            if (variables != null
                    && operation.method().equals(method)
                    && operation.template().equals(template)) {
                return admit(operation, request, variables);
            }
        }
        throw ApiException.notFound("path");
    }

    private static ApiResponse notAllowed(TreeSet<String> allowed) {
        ApiResponse answer = Answers.error(new ApiException(405, "method_not_allowed", "this path has other methods"));
        return Answers.with(answer, "Allow", String.join(", ", allowed));
    }

    /** The call, when its caller may make it: 401 for nobody, 404 for another's site, 403 for too little. */
    private Call admit(Operation operation, ApiRequest sent, Map<String, String> variables) {
        ApiRequest request = SAFE.contains(sent.method()) ? sent.withoutBody() : sent;
        Principal principal = authenticator.principal(request);
        if (principal.session() != null && !SAFE.contains(request.method())) {
            CrossSite.refuseUnlessOwn(request);
        }
        Call call = new Call(request, principal, null, variables, new Params(request.params()));
        if (operation.permission() != Permission.NOTHING && !principal.known()) {
            throw ApiException.unauthorized();
        }
        Site site = variables.containsKey("siteId") ? sites.byId(call.id("siteId")) : null;
        if (variables.containsKey("siteId")
                && (site == null || operation.permission() != Permission.NOTHING && !principal.sees(site.id()))) {
            throw ApiException.notFound("site");
        }
        if (!principal.may(operation.permission(), site == null ? 0 : site.id())) {
            throw ApiException.forbidden();
        }
        if (operation.known() != null) {
            call.params().only(operation.known());
        }
        return new Call(request, principal, site, variables, call.params());
    }
}
