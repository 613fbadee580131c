package io.millrace.dashboard.internal.admin;

import io.millrace.dashboard.ApiResponse;
import io.millrace.dashboard.internal.access.AccountDirectory;
import io.millrace.dashboard.internal.access.StoreExecutor;
import io.millrace.dashboard.internal.report.FunnelReport.FunnelHead;
import io.millrace.dashboard.internal.request.ApiAnswers;
import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.dashboard.internal.request.Call;
import io.millrace.dashboard.internal.request.Form;
import io.millrace.dashboard.internal.request.Input;
import io.millrace.dashboard.internal.request.JsonBody;
import io.millrace.dashboard.internal.request.Operation;
import io.millrace.dashboard.internal.request.Permission;
import io.millrace.engine.Engine;
import io.millrace.engine.Funnel;
import io.millrace.engine.FunnelQuery;
import io.millrace.engine.Goal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The funnels of a site: listed, added, changed, removed. Thread-safe. */
public record FunnelAdmin(Engine engine, StoreExecutor executor, AccountDirectory accounts) {
    private static final Input NAME = Input.text("name", "Each of a site has another; not a number alone");
    private static final Input STEPS = Input.objects(
            "steps",
            "From 2 to 8, in their order",
            Input.text("page", "The path of the page view or event; * is a wildcard")
                    .clearable(),
            Input.text("event", "The name of the event that takes it; without one, page views do; * is a wildcard")
                    .clearable(),
            Input.map("props", List.of(), "What the event's properties must be; * is a wildcard"),
            Input.text("goal", "The name or id of the goal whose completion takes it; stands alone")
                    .clearable());
    private static final Input STRICT =
            Input.flag("strict", "Whether each step must be the visitor's very next page view or event");
    private static final Input DAYS = Input.whole(
            "days",
            0,
            FunnelQuery.MOST_DAYS,
            "How many days a visitor has for all steps; 0: they must be taken in one visit");
    private static final Form NEW = new Form("NewFunnel", NAME.must(), STEPS.must(), STRICT, DAYS);
    private static final Form CHANGE = new Form("FunnelChange", NAME, STEPS, STRICT, DAYS);
    private static final String PATH = "/api/sites/{siteId}/funnels";

    record FunnelList(List<FunnelHead> funnels) {}

    public List<Operation> operations() {
        return List.of(
                Operation.get(PATH, Permission.READ, "The funnels of a site")
                        .answers(FunnelList.class)
                        .by(this::list),
                Operation.post(PATH, Permission.EDIT, "Add a funnel; visits of before count, too")
                        .takes(NEW)
                        .answers(201, null, FunnelHead.class)
                        .by(this::add),
                Operation.put(PATH + "/{funnelId}", Permission.EDIT, "Change what is given of a funnel")
                        .takes(CHANGE)
                        .answers(FunnelHead.class)
                        .by(this::change),
                Operation.delete(PATH + "/{funnelId}", Permission.EDIT, "Remove a funnel")
                        .by(this::remove));
    }

    private CompletableFuture<ApiResponse> list(Call call) {
        Collection<Goal> goals = engine.sites().goals(call.site().id());
        List<FunnelHead> all = engine.sites().funnels(call.site().id()).stream()
                .map(f -> FunnelHead.of(f, goals))
                .toList();
        return ApiAnswers.done(ApiAnswers.json(200, new FunnelList(all)));
    }

    private CompletableFuture<ApiResponse> add(Call call) {
        JsonBody body = JsonBody.of(call.request(), NEW);
        String name = body.required("name", Goal.LONGEST_NAME);
        return save(call, read(body, new Funnel(0, call.site().id(), name, List.of(), false, 0)), 201);
    }

    private CompletableFuture<ApiResponse> change(Call call) {
        return save(call, read(JsonBody.of(call.request(), CHANGE), find(call)), 200);
    }

    private CompletableFuture<ApiResponse> save(Call call, Funnel funnel, int status) {
        Collection<Goal> goals = engine.sites().goals(funnel.siteId());
        funnel.fault(List.of(), goals).ifPresent(why -> {
            throw ApiException.fault(why);
        });
        funnel.fault(engine.sites().funnels(funnel.siteId()), goals).ifPresent(why -> {
            throw ApiException.conflict(why);
        });
        String action = status == 201 ? "funnel.add" : "funnel.update";
        return executor.submit(() -> engine.saveFunnel(funnel))
                .thenCompose(f -> accounts.note(call, action, f.name())
                        .thenApply(v -> ApiAnswers.json(status, FunnelHead.of(f, goals))));
    }

    private CompletableFuture<ApiResponse> remove(Call call) {
        Funnel funnel = find(call);
        return executor.submit(() -> engine.removeFunnel(funnel.siteId(), funnel.id()))
                .thenCompose(v -> accounts.note(call, "funnel.remove", funnel.name()))
                .thenApply(v -> ApiAnswers.empty(204));
    }

    private Funnel find(Call call) {
        Funnel found = engine.sites().funnel(call.site().id(), call.id("funnelId"));
        if (found == null) {
            throw ApiException.notFound("funnel");
        }
        return found;
    }

    private Funnel read(JsonBody body, Funnel before) {
        return new Funnel(
                before.id(),
                before.siteId(),
                body.has("name") ? body.required("name", Goal.LONGEST_NAME) : before.name(),
                body.has("steps") ? steps(body, before.siteId()) : before.steps(),
                body.flag("strict", before.strict()),
                body.has("days") ? body.number(DAYS) : before.days());
    }

    private List<Funnel.Step> steps(JsonBody body, int siteId) {
        List<Funnel.Step> steps = new ArrayList<>();
        for (JsonBody step : body.objects(STEPS)) {
            String at = STEPS.name() + "[" + steps.size() + "].";
            steps.add(new Funnel.Step(
                    step.text(at + "page", Goal.LONGEST_PATTERN),
                    step.text(at + "event", Goal.LONGEST_PATTERN),
                    step.map(at + "props"),
                    goal(siteId, step.text(at + "goal", Goal.LONGEST_NAME), at + "goal")));
        }
        return steps;
    }

    private int goal(int siteId, String nameOrId, String field) {
        return nameOrId == null
                ? 0
                : Goal.named(engine.sites().goals(siteId), nameOrId)
                        .orElseThrow(() -> ApiException.field(field, "this site has no goal with this name or id"))
                        .id();
    }
}
