package io.millrace.dashboard.internal;

import io.millrace.dashboard.Api;
import io.millrace.dashboard.ApiRequest;
import io.millrace.dashboard.ApiResponse;
import io.millrace.dashboard.internal.access.Authenticator;
import io.millrace.dashboard.internal.access.CrossSite;
import io.millrace.dashboard.internal.live.LiveStreams;
import io.millrace.dashboard.internal.request.ApiAnswers;
import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.dashboard.internal.request.Call;
import io.millrace.dashboard.internal.request.ErrorMapper;
import io.millrace.dashboard.internal.request.Operation;
import io.millrace.dashboard.internal.request.Params;
import io.millrace.dashboard.internal.request.Permission;
import io.millrace.dashboard.internal.request.Principal;
import io.millrace.engine.Site;
import io.millrace.engine.Sites;
import io.millrace.engine.spi.Fixed;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the operation of a request, and lets nobody through who may not. Thread-safe. */
public final class ApiRouter {
    private static final Logger LOG = LoggerFactory.getLogger(ApiRouter.class);
    private static final List<String> OWN = List.of("/api/analytics/", "/api/sites", "/api/public/", "/api/shared/");
    private static final Api.Endpoint NOTHING =
            request -> ApiAnswers.done(ApiAnswers.error(ApiException.notFound("path")));

    @Fixed("the operations that there are")
    private final List<Operation> operations;

    private final Authenticator authenticator;
    private final Sites sites;

    public ApiRouter(List<Operation> operations, Authenticator authenticator, Sites sites) {
        this.operations = List.copyOf(operations);
        this.authenticator = authenticator;
        this.sites = sites;
    }

    /** Method and template of each, with a blank between. */
    public List<String> operations() {
        return operations.stream().map(o -> o.method() + " " + o.template()).toList();
    }

    /** What answers this method at this path, or null when the path is another's. */
    public Api.Endpoint find(String method, String path) {
        String[] segments = path.split("/", -1);
        TreeSet<String> allowed = new TreeSet<>();
        for (Operation operation : operations) {
            Map<String, String> variables = operation.match(segments);
            if (variables != null && operation.method().equals(method)) {
                return new Found(this, operation, variables);
            }
            if (variables != null) {
                allowed.add(operation.method());
            }
        }
        if (!allowed.isEmpty()) {
            return request -> ApiAnswers.done(notAllowed(allowed));
        }
        return OWN.stream().anyMatch(path::startsWith) ? NOTHING : null;
    }

    /** An operation, and the variables of a path that is its. */
    private record Found(ApiRouter router, Operation operation, Map<String, String> variables) implements Api.Endpoint {
        @Override
        public CompletionStage<ApiResponse> handle(ApiRequest request) {
            try {
                return operation
                        .handler()
                        .handle(router.admit(operation, request, variables))
                        .exceptionally(ApiRouter::failed);
            } catch (RuntimeException e) {
                return ApiAnswers.done(failed(e));
            }
        }

        @Override
        public boolean streams() {
            return operation.opener() != null;
        }

        @Override
        public Api.Stream open(ApiRequest request, Consumer<byte[]> send) {
            try {
                return operation.opener().open(router.admit(operation, request, variables), send);
            } catch (RuntimeException e) {
                return LiveStreams.refused(failed(e));
            }
        }
    }

    private static ApiResponse failed(Throwable t) {
        ApiException error = ErrorMapper.map(t);
        if (error.status() == 500) {
            LOG.error("a request failed", t);
        }
        return ApiAnswers.error(error);
    }

    private static ApiResponse notAllowed(TreeSet<String> allowed) {
        ApiResponse answer =
                ApiAnswers.error(new ApiException(405, "method_not_allowed", "this path has other methods"));
        return ApiAnswers.with(answer, "Allow", String.join(", ", allowed));
    }

    /** The call, when its caller may make it: 401 for nobody, 404 for another's site, 403 for too little. */
    private Call admit(Operation operation, ApiRequest sent, Map<String, String> variables) {
        boolean reads = operation.method().equals("GET");
        ApiRequest request = reads ? sent.withoutBody() : sent;
        Principal principal = authenticator.principal(request);
        if (principal.session() != null && !reads) {
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
