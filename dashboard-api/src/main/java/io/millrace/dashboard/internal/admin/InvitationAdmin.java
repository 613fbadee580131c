package io.millrace.dashboard.internal.admin;

import io.millrace.dashboard.ApiResponse;
import io.millrace.dashboard.Secrets;
import io.millrace.dashboard.internal.access.AccountDirectory;
import io.millrace.dashboard.internal.request.ApiAnswers;
import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.dashboard.internal.request.Call;
import io.millrace.dashboard.internal.request.Form;
import io.millrace.dashboard.internal.request.JsonBody;
import io.millrace.dashboard.internal.request.Operation;
import io.millrace.dashboard.internal.request.Permission;
import io.millrace.dashboard.internal.request.Times;
import io.millrace.dashboard.internal.shape.Shape.Name;
import io.millrace.dashboard.internal.shape.Shape.Nullable;
import io.millrace.dashboard.internal.shape.Shape.Omittable;
import io.millrace.dashboard.internal.shape.Shape.SnakeCase;
import io.millrace.engine.Engine;
import io.millrace.engine.spi.AccountStore.Invitation;
import io.millrace.engine.spi.AccountStore.Role;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Links by which people make themselves users, once and within a week; for owners of everything. Thread-safe. */
public record InvitationAdmin(Engine engine, AccountDirectory accounts, InstantSource clock) {
    private static final Form NEW = new Form("NewInvitation", AccountFields.EMAIL, UserAdmin.ROLES.must());

    record Invitations(List<InvitationHead> invitations) {}

    /** @param path of the link, once: behind it lies the token, of which only a hash is kept */
    @Name("Invitation")
    @SnakeCase
    record InvitationHead(
            int id,
            @Nullable String email,
            Map<String, Role> roles,
            String author,
            OffsetDateTime expiresAt,
            @Omittable String path) {
        static InvitationHead of(Invitation i, String path) {
            return new InvitationHead(
                    i.id(),
                    i.email(),
                    AccountFields.roles(i.roles()),
                    i.author(),
                    Times.at(i.expiresAt(), ZoneOffset.UTC),
                    path);
        }
    }

    public List<Operation> operations() {
        return List.of(
                Operation.get("/api/invitations", Permission.OWN, "Invitations that are open")
                        .answers(Invitations.class)
                        .by(this::list),
                Operation.post("/api/invitations", Permission.OWN, "Invite somebody by a link")
                        .takes(NEW)
                        .answers(201, null, InvitationHead.class)
                        .by(this::add),
                Operation.delete("/api/invitations/{invitationId}", Permission.OWN, "Take an invitation back")
                        .by(this::remove));
    }

    private CompletableFuture<ApiResponse> list(Call call) {
        List<InvitationHead> open = accounts.invitations().stream()
                .filter(i -> i.expiresAt() > clock.millis())
                .map(i -> InvitationHead.of(i, null))
                .toList();
        return ApiAnswers.done(ApiAnswers.json(200, new Invitations(open)));
    }

    private CompletableFuture<ApiResponse> add(Call call) {
        JsonBody body = JsonBody.of(call.request(), NEW);
        String email = body.hasValue("email") ? AccountFields.email(body) : null;
        Map<Integer, Role> roles = UserAdmin.roles(engine, body);
        if (roles.isEmpty()) {
            throw ApiException.field("roles", "an invitation is for something");
        }
        if (email != null && accounts.user(email) != null) {
            throw ApiException.conflict("email: is a user already", "email");
        }
        String token = Invitation.PREFIX + Secrets.random();
        long now = clock.millis();
        Invitation invitation = new Invitation(
                0, Secrets.hash(token), email, roles, call.principal().name(), now, now + Invitation.OPEN_MILLIS);
        return accounts.change(call, "user.invite", email, store -> {
                    List<Invitation> all = store.invitations();
                    all.stream().filter(i -> i.expiresAt() <= now).forEach(i -> store.removeInvitation(i.id()));
                    if (all.stream().filter(i -> i.expiresAt() > now).count() >= Invitation.MOST) {
                        throw ApiException.conflict(
                                "email: " + Invitation.MOST + " invitations are open already", "email");
                    }
                    return store.saveInvitation(invitation);
                })
                .thenApply(saved -> ApiAnswers.json(201, InvitationHead.of(saved, "/setup#" + token)));
    }

    private CompletableFuture<ApiResponse> remove(Call call) {
        int id = call.id("invitationId");
        return accounts.remove(call, "user.invite_remove", "invitation " + id, store -> {
            AccountDirectory.find(store.invitations(), Invitation::id, id, "invitation");
            store.removeInvitation(id);
        });
    }
}
