package io.millrace.dashboard.internal.admin;

import io.millrace.dashboard.ApiResponse;
import io.millrace.dashboard.Secrets;
import io.millrace.dashboard.internal.access.AccountDirectory;
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
import io.millrace.dashboard.internal.shape.Shape.Nullable;
import io.millrace.dashboard.internal.shape.Shape.SnakeCase;
import io.millrace.dashboard.internal.shape.Shape.Unwrapped;
import io.millrace.engine.spi.AccountStore.Key;
import io.millrace.engine.spi.AccountStore.Scope;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** API keys, of a site and of all sites: listed, made, revoked. A key is shown once, when it is made. Thread-safe. */
public record KeyAdmin(AccountDirectory accounts, InstantSource clock) {
    private static final String OF_SITE = "/api/sites/{siteId}/keys";
    private static final String OF_ALL = "/api/keys";
    private static final Form FORM = new Form(
            "NewKey",
            Input.choice("scope", Scope.values(), "What it may do").must(),
            Input.text("name", "What people call it; its scope, if nothing is said"));

    @Name("Key")
    @SnakeCase
    record KeyHead(
            int id,
            @Nullable String name,
            Scope scope,
            @Nullable Integer siteId,
            OffsetDateTime createdAt,
            @Nullable OffsetDateTime lastUsed) {
        private static KeyHead of(Key k) {
            return new KeyHead(
                    k.id(),
                    k.name(),
                    k.scope(),
                    k.siteId() == 0 ? null : k.siteId(),
                    Times.at(k.createdAt(), ZoneOffset.UTC),
                    k.lastUsed() == 0 ? null : Times.at(k.lastUsed(), ZoneOffset.UTC));
        }
    }

    record Keys(List<KeyHead> keys) {}

    record MadeKey(@Unwrapped KeyHead made, String key) {}

    public List<Operation> operations() {
        return Stream.of(
                        operations(OF_SITE, Permission.EDIT, "a site"), operations(OF_ALL, Permission.OWN, "all sites"))
                .flatMap(List::stream)
                .toList();
    }

    private List<Operation> operations(String path, Permission permission, String of) {
        return List.of(
                Operation.get(path, permission, "The keys of " + of)
                        .answers(Keys.class)
                        .by(this::list),
                Operation.post(path, permission, "Make a key of " + of + "; it is shown once")
                        .takes(FORM)
                        .answers(201, null, MadeKey.class)
                        .by(this::add),
                Operation.delete(path + "/{keyId}", permission, "Revoke a key of " + of)
                        .by(this::remove));
    }

    private static int siteId(Call call) {
        return call.site() == null ? 0 : call.site().id();
    }

    private CompletableFuture<ApiResponse> list(Call call) {
        List<KeyHead> keys =
                accounts.keys(siteId(call)).stream().map(KeyHead::of).toList();
        return ApiAnswers.done(ApiAnswers.json(200, new Keys(keys)));
    }

    private CompletableFuture<ApiResponse> add(Call call) {
        JsonBody body = JsonBody.of(call.request(), FORM);
        Scope scope = Shape.constant(Scope.class, body.required("scope", 10));
        if (scope == null) {
            throw ApiException.field("scope", "must be ingest, read or admin");
        }
        if (scope == Scope.ADMIN && !call.principal().may(Permission.OWN, siteId(call))) {
            // Else an editor could make himself an owner.
            throw ApiException.forbidden();
        }
        String name = body.text("name", 120);
        name = name == null || name.isBlank() ? Shape.label(scope) : name;
        String secret = Secrets.random();
        Key key = new Key(0, Secrets.hash(secret), scope, siteId(call), name, clock.millis(), 0);
        return accounts.change(call, "key.add", Shape.label(scope) + named(key), store -> store.saveKey(key))
                .thenApply(saved -> ApiAnswers.json(201, new MadeKey(KeyHead.of(saved), secret)));
    }

    private CompletableFuture<ApiResponse> remove(Call call) {
        Key key = AccountDirectory.find(accounts.keys(siteId(call)), Key::id, call.id("keyId"), "key");
        if (key.scope() == Scope.ADMIN && !call.principal().may(Permission.OWN, siteId(call))) {
            throw ApiException.forbidden();
        }
        return accounts.remove(
                call, "key.remove", Shape.label(key.scope()) + named(key), store -> store.removeKey(key.id()));
    }

    private static String named(Key key) {
        return key.name() == null ? "" : " " + key.name();
    }
}
