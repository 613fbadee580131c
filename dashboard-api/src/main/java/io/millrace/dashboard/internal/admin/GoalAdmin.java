package io.millrace.dashboard.internal.admin;

import io.millrace.dashboard.ApiResponse;
import io.millrace.dashboard.internal.access.AccountDirectory;
import io.millrace.dashboard.internal.access.StoreExecutor;
import io.millrace.dashboard.internal.request.ApiAnswers;
import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.dashboard.internal.request.Call;
import io.millrace.dashboard.internal.request.Form;
import io.millrace.dashboard.internal.request.Input;
import io.millrace.dashboard.internal.request.JsonBody;
import io.millrace.dashboard.internal.request.Operation;
import io.millrace.dashboard.internal.request.Permission;
import io.millrace.dashboard.internal.shape.Shape.Nullable;
import io.millrace.engine.Engine;
import io.millrace.engine.Goal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The goals of a site: listed, added, changed, removed. Thread-safe. */
public record GoalAdmin(Engine engine, StoreExecutor executor, AccountDirectory accounts) {
    private static final Input NAME = Input.text("name", "Each of a site has another; not a number alone");
    private static final Input PAGE = Input.text("page", "The path of the page view or event; * is a wildcard")
            .clearable();
    private static final Input EVENT = Input.text(
                    "event", "The name of the event that completes it; without one, page views do; * is a wildcard")
            .clearable();
    private static final Input PROPS =
            Input.map("props", List.of(), "What the event's properties must be; * is a wildcard");
    private static final Input SCROLL =
            Input.whole("scroll", 0, 100, "Percent of the page that must have come into sight");
    private static final Input SECONDS =
            Input.whole("seconds", 0, Goal.MOST_SECONDS, "How long the page must have been in sight and in focus");
    private static final Form NEW = new Form("NewGoal", NAME.must(), PAGE, EVENT, PROPS, SCROLL, SECONDS);
    private static final Form CHANGE = new Form("GoalChange", NAME, PAGE, EVENT, PROPS, SCROLL, SECONDS);
    private static final String PATH = "/api/sites/{siteId}/goals";

    record GoalHead(
            int id,
            String name,
            @Nullable String page,
            @Nullable String event,
            Map<String, String> props,
            int scroll,
            int seconds) {
        private static GoalHead of(Goal g) {
            return new GoalHead(g.id(), g.name(), g.page(), g.event(), g.props(), g.scroll(), g.seconds());
        }
    }

    record GoalList(List<GoalHead> goals) {}

    public List<Operation> operations() {
        return List.of(
                Operation.get(PATH, Permission.READ, "The goals of a site")
                        .answers(GoalList.class)
                        .by(this::list),
                Operation.post(PATH, Permission.EDIT, "Add a goal; visits of before count, too")
                        .takes(NEW)
                        .answers(201, null, GoalHead.class)
                        .by(this::add),
                Operation.put(PATH + "/{goalId}", Permission.EDIT, "Change what is given of a goal")
                        .takes(CHANGE)
                        .answers(GoalHead.class)
                        .by(this::change),
                Operation.delete(PATH + "/{goalId}", Permission.EDIT, "Remove a goal")
                        .by(this::remove));
    }

    private CompletableFuture<ApiResponse> list(Call call) {
        List<GoalHead> all = engine.sites().goals(call.site().id()).stream()
                .map(GoalHead::of)
                .toList();
        return ApiAnswers.done(ApiAnswers.json(200, new GoalList(all)));
    }

    private CompletableFuture<ApiResponse> add(Call call) {
        JsonBody body = JsonBody.of(call.request(), NEW);
        String name = body.required("name", Goal.LONGEST_NAME);
        return save(call, read(body, new Goal(0, call.site().id(), name, null, null, Map.of(), 0, 0)), 201);
    }

    private CompletableFuture<ApiResponse> change(Call call) {
        return save(call, read(JsonBody.of(call.request(), CHANGE), find(call)), 200);
    }

    private CompletableFuture<ApiResponse> save(Call call, Goal goal, int status) {
        goal.fault(List.of()).ifPresent(why -> {
            throw ApiException.fault(why);
        });
        goal.fault(engine.sites().goals(goal.siteId())).ifPresent(why -> {
            throw ApiException.conflict(why);
        });
        String action = status == 201 ? "goal.add" : "goal.update";
        return executor.submit(() -> engine.saveGoal(goal))
                .thenCompose(g ->
                        accounts.note(call, action, g.name()).thenApply(v -> ApiAnswers.json(status, GoalHead.of(g))));
    }

    private CompletableFuture<ApiResponse> remove(Call call) {
        Goal goal = find(call);
        return executor.submit(() -> engine.removeGoal(goal.siteId(), goal.id()))
                .thenCompose(v -> accounts.note(call, "goal.remove", goal.name()))
                .thenApply(v -> ApiAnswers.empty(204));
    }

    private Goal find(Call call) {
        Goal found = engine.sites().goal(call.site().id(), call.id("goalId"));
        if (found == null) {
            throw ApiException.notFound("goal");
        }
        return found;
    }

    private static Goal read(JsonBody body, Goal before) {
        return new Goal(
                before.id(),
                before.siteId(),
                body.has("name") ? body.required("name", Goal.LONGEST_NAME) : before.name(),
                body.has("page") ? body.text("page", Goal.LONGEST_PATTERN) : before.page(),
                body.has("event") ? body.text("event", Goal.LONGEST_PATTERN) : before.event(),
                body.has("props") ? body.map("props") : before.props(),
                body.has("scroll") ? body.number(SCROLL) : before.scroll(),
                body.has("seconds") ? body.number(SECONDS) : before.seconds());
    }
}
