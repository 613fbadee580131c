package io.millrace.dashboard.internal.admin;

import io.millrace.dashboard.ApiResponse;
import io.millrace.dashboard.internal.access.AccountDirectory;
import io.millrace.dashboard.internal.access.StoreExecutor;
import io.millrace.dashboard.internal.limit.Claim;
import io.millrace.dashboard.internal.limit.WorkerPool;
import io.millrace.dashboard.internal.request.ApiAnswers;
import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.dashboard.internal.request.Call;
import io.millrace.dashboard.internal.request.Form;
import io.millrace.dashboard.internal.request.Input;
import io.millrace.dashboard.internal.request.JsonBody;
import io.millrace.dashboard.internal.request.Operation;
import io.millrace.dashboard.internal.request.Permission;
import io.millrace.dashboard.internal.request.Times;
import io.millrace.dashboard.internal.shape.Shape;
import io.millrace.dashboard.internal.shape.Shape.Name;
import io.millrace.engine.Engine;
import io.millrace.engine.Exclusion;
import io.millrace.engine.Report;
import io.millrace.engine.Site;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The rules by which events of a site do not count: listed, tried out, added, begun, removed. Thread-safe.
 *
 * @param readers where it is read
 */
public record ExclusionAdmin(
        Engine engine, StoreExecutor executor, AccountDirectory accounts, WorkerPool readers, InstantSource clock) {
    private static final String PATH = "/api/sites/{siteId}/exclusions";
    private static final Input KIND =
            Input.choice("kind", Exclusion.Kind.values(), "What it is about").must();
    private static final Input PATTERN = Input.text(
                    "pattern",
                    "An address or network (192.0.2.0/24); a hostname, path or user agent, * being a wildcard; a country"
                            + " (DE); a parameter of the page's address (internal, internal=1)")
            .must();
    private static final Input TRIAL =
            Input.flag("trial", "For 24 hours it is only counted what it would leave out, in memory; then it acts");
    private static final Input RESTORE = Input.choice(
            "restore", List.of("true", "false"), "Whether what it left out counts again, as far as it is kept");
    private static final Form NEW = new Form("NewExclusion", KIND, PATTERN, TRIAL);

    /** A rule, from when on it acts, what it left out today, and what it would have while it was on trial. */
    @Name("ExclusionRule")
    record Rule(
            int id, Exclusion.Kind kind, String pattern, OffsetDateTime from, boolean acts, long today, long onTrial) {}

    @Name("Exclusions")
    record All(List<Rule> exclusions) {}

    /** Page views and custom events of the last 7 days that a rule would have left out. */
    record WouldExclude(long hits) {}

    /** How many events count again. */
    @Name("ExclusionRemoved")
    record Removed(int restored) {}

    public List<Operation> operations() {
        return List.of(
                Operation.get(PATH, Permission.EDIT, "What a site excludes")
                        .answers(All.class)
                        .by(call -> readers.submit(Claim.USER, () -> all(call.site()))
                                .thenApply(all -> ApiAnswers.json(200, all))),
                Operation.get(
                                PATH + "/try",
                                Permission.EDIT,
                                "What a rule on hostnames, paths or countries would have left out of the last 7 days")
                        .with(KIND, PATTERN)
                        .answers(WouldExclude.class)
                        .by(this::tryOut),
                Operation.post(PATH, Permission.EDIT, "Exclude something from now on, or a day later")
                        .takes(NEW)
                        .answers(201, null, Rule.class)
                        .by(this::add),
                Operation.post(PATH + "/{exclusionId}/start", Permission.EDIT, "End the trial of a rule: it acts now")
                        .answers(Rule.class)
                        .by(this::start),
                Operation.delete(PATH + "/{exclusionId}", Permission.EDIT, "Remove a rule")
                        .with(RESTORE)
                        .answers(200, "What it left out counts again", Removed.class)
                        .by(this::remove));
    }

    private All all(Site site) {
        Map<Integer, Long> today = engine.storage().reader().excluded(site.id(), site.dayOf(clock.millis()));
        return new All(engine.sites().exclusions(site.id()).stream()
                .map(e -> rule(site, e, today.getOrDefault(e.id(), 0L)))
                .toList());
    }

    private Rule rule(Site site, Exclusion e, long today) {
        OffsetDateTime from = Times.at(e.from(), site.zone());
        return new Rule(e.id(), e.kind(), e.pattern(), from, e.acts(clock.millis()), today, engine.onTrial(e.id()));
    }

    private CompletableFuture<ApiResponse> tryOut(Call call) {
        String pattern = call.params().one("pattern");
        Exclusion rule = exclusion(call, kind(call.params().choice(KIND)), pattern == null ? "" : pattern, 0);
        rule.fault(List.of()).ifPresent(why -> {
            throw ApiException.parameter("pattern", why.substring(why.indexOf(' ') + 1));
        });
        if (rule.kind().stored() == null) {
            throw ApiException.parameter("kind", "is never stored: add the rule on trial");
        }
        return readers.submit(Claim.USER, () -> {
                    Report report = engine.query(rule.lastDays(call.site(), clock.millis()));
                    return report.rows().stream()
                            .flatMap(row -> row.metrics().stream())
                            .mapToLong(n -> n)
                            .sum();
                })
                .thenApply(hits -> ApiAnswers.json(200, new WouldExclude(hits)));
    }

    private CompletableFuture<ApiResponse> add(Call call) {
        JsonBody body = JsonBody.of(call.request(), NEW);
        long now = clock.millis();
        Exclusion rule = exclusion(
                call,
                kind(body.required("kind", 20)),
                body.required("pattern", Exclusion.LONGEST),
                body.flag("trial", false) ? now + Exclusion.TRIAL_MILLIS : now);
        rule.fault(List.of()).ifPresent(why -> {
            throw ApiException.fault(why);
        });
        rule.fault(engine.sites().exclusions(rule.siteId())).ifPresent(why -> {
            throw ApiException.conflict(why);
        });
        return save(call, rule, "exclusion.add", 201);
    }

    private CompletableFuture<ApiResponse> start(Call call) {
        Exclusion rule = find(call);
        return save(call, rule.acts(clock.millis()) ? rule : rule.withFrom(clock.millis()), "exclusion.start", 200);
    }

    private CompletableFuture<ApiResponse> save(Call call, Exclusion rule, String action, int status) {
        return executor.submit(() -> engine.saveExclusion(rule))
                .thenCompose(saved -> accounts.note(call, action, said(saved)).thenApply(v -> saved))
                .thenCompose(saved -> readers.submit(
                        Claim.USER,
                        () -> all(call.site()).exclusions().stream()
                                .filter(r -> r.id() == saved.id())
                                .findFirst()
                                .orElseThrow(() -> ApiException.notFound("exclusion"))))
                .thenApply(shown -> ApiAnswers.json(status, shown));
    }

    private CompletableFuture<ApiResponse> remove(Call call) {
        Exclusion rule = find(call);
        boolean restore = "true".equals(call.params().choice(RESTORE));
        return executor.submit(() -> engine.removeExclusion(rule.siteId(), rule.id(), restore))
                .thenCompose(n -> accounts.note(call, "exclusion.remove", said(rule))
                        .thenApply(v -> restore ? ApiAnswers.json(200, new Removed(n)) : ApiAnswers.empty(204)));
    }

    /** The audit trail is kept for long, and is no place for addresses. */
    private static String said(Exclusion rule) {
        return rule.kind() == Exclusion.Kind.ADDRESS ? "address" : Shape.label(rule.kind()) + " " + rule.pattern();
    }

    private static Exclusion exclusion(Call call, Exclusion.Kind kind, String pattern, long from) {
        return new Exclusion(0, call.site().id(), kind, pattern, from);
    }

    private static Exclusion.Kind kind(String name) {
        Exclusion.Kind kind = Shape.constant(Exclusion.Kind.class, name);
        if (kind == null) {
            throw ApiException.field("kind", "must be one of " + String.join(", ", KIND.values()));
        }
        return kind;
    }

    private Exclusion find(Call call) {
        Exclusion found = engine.sites().exclusion(call.site().id(), call.id("exclusionId"));
        if (found == null) {
            throw ApiException.notFound("exclusion");
        }
        return found;
    }
}
