package io.millrace.dashboard.internal.admin;

import io.millrace.dashboard.ApiResponse;
import io.millrace.dashboard.Passwords;
import io.millrace.dashboard.internal.access.AccountDirectory;
import io.millrace.dashboard.internal.admin.AccountFields.UserHead;
import io.millrace.dashboard.internal.limit.Claim;
import io.millrace.dashboard.internal.limit.WorkerPool;
import io.millrace.dashboard.internal.request.ApiAnswers;
import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.dashboard.internal.request.Call;
import io.millrace.dashboard.internal.request.Form;
import io.millrace.dashboard.internal.request.Input;
import io.millrace.dashboard.internal.request.JsonBody;
import io.millrace.dashboard.internal.request.Operation;
import io.millrace.dashboard.internal.request.Params;
import io.millrace.dashboard.internal.request.Permission;
import io.millrace.dashboard.internal.request.Times;
import io.millrace.dashboard.internal.shape.Shape;
import io.millrace.dashboard.internal.shape.Shape.Name;
import io.millrace.dashboard.internal.shape.Shape.Nullable;
import io.millrace.dashboard.internal.shape.Shape.SnakeCase;
import io.millrace.engine.Engine;
import io.millrace.engine.spi.AccountStore;
import io.millrace.engine.spi.AccountStore.Audit;
import io.millrace.engine.spi.AccountStore.Role;
import io.millrace.engine.spi.AccountStore.User;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Users with their roles, and the audit trail; for owners of everything. Thread-safe. */
public record UserAdmin(
        Engine engine, AccountDirectory accounts, WorkerPool passwords, WorkerPool readers, InstantSource clock) {
    static final Input ROLES = Input.map(
            "roles", Shape.labels(Role.values()), "By the id of a site, or \"all\" for those of the future too");
    private static final Form NEW =
            new Form("NewUser", AccountFields.EMAIL.must(), AccountFields.NAME, AccountFields.PASSWORD.must(), ROLES);
    private static final Form CHANGE =
            new Form("UserChange", AccountFields.NAME.clearable(), AccountFields.PASSWORD, ROLES);
    private static final Input BEFORE =
            Input.whole("before", 0, Integer.MAX_VALUE, "Only entries whose id is smaller; for the next page");
    private static final Input LIMIT = Input.whole("limit", 50, 1, 200, "How many entries at most");

    record Users(List<UserHead> users) {}

    @Name("Audit")
    record AuditTrail(List<AuditEntry> entries) {}

    @SnakeCase
    record AuditEntry(
            long id,
            OffsetDateTime time,
            String actor,
            String action,
            @Nullable Integer siteId,
            @Nullable String detail) {
        private static AuditEntry of(Audit a) {
            return new AuditEntry(
                    a.id(),
                    Times.at(a.time(), ZoneOffset.UTC),
                    a.actor(),
                    a.action(),
                    a.siteId() == 0 ? null : a.siteId(),
                    a.detail());
        }
    }

    public List<Operation> operations() {
        return List.of(
                Operation.get("/api/users", Permission.OWN, "All users")
                        .answers(Users.class)
                        .by(this::list),
                Operation.post("/api/users", Permission.OWN, "Add a user")
                        .takes(NEW)
                        .answers(201, null, UserHead.class)
                        .by(this::add),
                Operation.put("/api/users/{userId}", Permission.OWN, "Change what is given of a user")
                        .takes(CHANGE)
                        .answers(UserHead.class)
                        .by(this::change),
                Operation.delete("/api/users/{userId}", Permission.OWN, "Remove a user")
                        .by(this::remove),
                audit("/api/audit", "Who changed what"),
                audit("/api/sites/{siteId}/audit", "Who changed what of a site"));
    }

    private Operation audit(String path, String summary) {
        return Operation.get(path, Permission.OWN, summary)
                .with(BEFORE, LIMIT)
                .answers(AuditTrail.class)
                .by(this::audit);
    }

    private CompletableFuture<ApiResponse> list(Call call) {
        List<UserHead> users = accounts.users().stream().map(UserHead::of).toList();
        return ApiAnswers.done(ApiAnswers.json(200, new Users(users)));
    }

    private CompletableFuture<ApiResponse> add(Call call) {
        JsonBody body = JsonBody.of(call.request(), NEW);
        String email = AccountFields.email(body);
        String name = body.text("name", 120);
        String password = AccountFields.newPassword(body, "password");
        Map<Integer, Role> roles = roles(engine, body);
        if (accounts.user(email) != null) {
            throw ApiException.conflict("email: is a user already", "email");
        }
        return passwords
                .submit(Claim.USER, () -> Passwords.hash(password))
                .thenCompose(hash -> accounts.change(
                        call,
                        "user.add",
                        email,
                        store -> store.saveUser(new User(0, email, name, hash, roles, clock.millis()))))
                .thenApply(user -> ApiAnswers.json(201, UserHead.of(user)));
    }

    /** Name, roles and password; a new password ends the user's sessions. */
    private CompletableFuture<ApiResponse> change(Call call) {
        JsonBody body = JsonBody.of(call.request(), CHANGE);
        int id = call.id("userId");
        String password = body.has("password") ? AccountFields.newPassword(body, "password") : null;
        Map<Integer, Role> roles = body.has("roles") ? roles(engine, body) : null;
        String name = body.text("name", 120);
        return passwords
                .submit(Claim.USER, () -> password == null ? "" : Passwords.hash(password))
                .thenCompose(hash -> accounts.change(call, "user.update", "user " + id, store -> {
                    User before = AccountDirectory.stored(store, id);
                    User after = before.with(changed -> changed.name(body.has("name") ? name : before.name())
                            .passwordHash(password == null ? before.passwordHash() : hash)
                            .roles(roles == null ? before.roles() : roles));
                    refuseWithoutOwner(store, id, after);
                    if (password != null) {
                        store.removeSessions(id);
                    }
                    return store.saveUser(after);
                }))
                .thenApply(user -> ApiAnswers.json(200, UserHead.of(user)));
    }

    private CompletableFuture<ApiResponse> remove(Call call) {
        int id = call.id("userId");
        return accounts.remove(call, "user.remove", "user " + id, store -> {
            refuseWithoutOwner(store, id, null);
            store.removeUser(id);
        });
    }

    /** Somebody must be left who can do everything. */
    private static void refuseWithoutOwner(AccountStore store, int id, User after) {
        boolean left = owner(after) || store.users().stream().anyMatch(u -> u.id() != id && owner(u));
        if (!left && owner(AccountDirectory.stored(store, id))) {
            throw ApiException.conflict("roles: the last owner of everything must stay", "roles");
        }
    }

    private static boolean owner(User user) {
        return user != null && user.roles().get(0) == Role.OWNER;
    }

    static Map<Integer, Role> roles(Engine engine, JsonBody body) {
        Map<Integer, Role> roles = new TreeMap<>();
        body.map("roles").forEach((site, role) -> roles.put(site(engine, site), role(role)));
        return roles;
    }

    private static int site(Engine engine, String name) {
        if (name.equals(AccountFields.ALL_SITES)) {
            return 0;
        }
        if (!name.matches("\\d{1,9}") || engine.sites().byId(Integer.parseInt(name)) == null) {
            throw ApiException.field("roles", "no such site: " + Params.printable(name));
        }
        return Integer.parseInt(name);
    }

    private static Role role(String name) {
        Role role = Shape.constant(Role.class, name);
        if (role == null) {
            throw ApiException.field("roles", "each must be viewer, editor or owner");
        }
        return role;
    }

    private CompletableFuture<ApiResponse> audit(Call call) {
        int before = call.params().number(BEFORE);
        int limit = call.params().number(LIMIT);
        int siteId = call.site() == null ? 0 : call.site().id();
        return readers.submit(Claim.USER, () -> accounts.audit(siteId, before, limit))
                .thenApply(entries -> ApiAnswers.json(
                        200, new AuditTrail(entries.stream().map(AuditEntry::of).toList())));
    }
}
