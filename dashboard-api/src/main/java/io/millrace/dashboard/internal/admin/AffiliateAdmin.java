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
import io.millrace.dashboard.internal.revenue.Affiliates.AffiliateHead;
import io.millrace.engine.Affiliate;
import io.millrace.engine.Engine;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The affiliates of a site: listed, added, changed, removed. Thread-safe. */
public record AffiliateAdmin(Engine engine, StoreExecutor executor, AccountDirectory accounts) {
    private static final Input SLUG =
            Input.text("slug", "Of letters, digits, - and _; the value of ref in the affiliate's links");
    private static final Input NAME = Input.text("name", null);
    private static final Input RATE = Input.fraction("rate", 0, 1, "The affiliate's share of the revenue");
    private static final Input WINDOW_DAYS =
            Input.whole("window_days", 1, 3650, "How long after a visit a conversion is credited");
    private static final Form NEW = new Form("NewAffiliate", SLUG.must(), NAME, RATE, WINDOW_DAYS);
    private static final Form CHANGE = new Form("AffiliateChange", SLUG, NAME, RATE, WINDOW_DAYS);
    private static final String PATH = "/api/sites/{siteId}/affiliates";
    private static final Duration WINDOW = Duration.ofDays(60);

    record AffiliateList(List<AffiliateHead> affiliates) {}

    public List<Operation> operations() {
        return List.of(
                Operation.get(PATH, Permission.READ, "The affiliates of a site")
                        .answers(AffiliateList.class)
                        .by(this::list),
                Operation.post(PATH, Permission.EDIT, "Add an affiliate")
                        .takes(NEW)
                        .answers(201, null, AffiliateHead.class)
                        .by(this::add),
                Operation.put(PATH + "/{affiliateId}", Permission.EDIT, "Change what is given of an affiliate")
                        .takes(CHANGE)
                        .answers(AffiliateHead.class)
                        .by(this::change),
                Operation.delete(PATH + "/{affiliateId}", Permission.EDIT, "Remove an affiliate")
                        .by(this::remove));
    }

    private CompletableFuture<ApiResponse> list(Call call) {
        List<AffiliateHead> all = engine.sites().affiliates(call.site().id()).stream()
                .map(AffiliateHead::of)
                .toList();
        return ApiAnswers.done(ApiAnswers.json(200, new AffiliateList(all)));
    }

    private CompletableFuture<ApiResponse> add(Call call) {
        JsonBody body = JsonBody.of(call.request(), NEW);
        String slug = slug(body.required("slug", 64));
        return save(call, read(body, new Affiliate(0, call.site().id(), slug, slug, 0, WINDOW), slug), 201);
    }

    private CompletableFuture<ApiResponse> change(Call call) {
        JsonBody body = JsonBody.of(call.request(), CHANGE);
        Affiliate before = find(call);
        String slug = body.has("slug") ? slug(body.required("slug", 64)) : before.slug();
        return save(call, read(body, before, slug), 200);
    }

    private CompletableFuture<ApiResponse> save(Call call, Affiliate affiliate, int status) {
        Affiliate other = engine.sites().affiliate(affiliate.siteId(), affiliate.slug());
        if (other != null && other.id() != affiliate.id()) {
            throw ApiException.conflict("slug: is an affiliate already", "slug");
        }
        String action = status == 201 ? "affiliate.add" : "affiliate.update";
        return executor.submit(() -> engine.saveAffiliate(affiliate))
                .thenCompose(a -> accounts.note(call, action, a.slug())
                        .thenApply(v -> ApiAnswers.json(status, AffiliateHead.of(a))));
    }

    private CompletableFuture<ApiResponse> remove(Call call) {
        Affiliate affiliate = find(call);
        return executor.submit(() -> engine.removeAffiliate(affiliate.siteId(), affiliate.id()))
                .thenCompose(v -> accounts.note(call, "affiliate.remove", affiliate.slug()))
                .thenApply(v -> ApiAnswers.empty(204));
    }

    private Affiliate find(Call call) {
        Affiliate found = engine.sites().affiliate(call.site().id(), call.id("affiliateId"));
        if (found == null) {
            throw ApiException.notFound("affiliate");
        }
        return found;
    }

    private static Affiliate read(JsonBody body, Affiliate before, String slug) {
        String name = body.has("name") ? body.text("name", 120) : null;
        Duration window = body.has("window_days") ? Duration.ofDays(body.number(WINDOW_DAYS)) : before.window();
        return new Affiliate(
                before.id(),
                before.siteId(),
                slug,
                name == null ? before.name() : name,
                body.fraction(RATE, before.rate()),
                window);
    }

    private static String slug(String text) {
        String slug = Affiliate.slugOf(text);
        if (slug == null) {
            throw ApiException.field("slug", "must be letters, digits, - and _");
        }
        return slug;
    }
}
