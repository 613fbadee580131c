package io.millrace.dashboard.internal.admin;

import io.millrace.dashboard.ApiResponse;
import io.millrace.dashboard.internal.access.AccountDirectory;
import io.millrace.dashboard.internal.request.ApiAnswers;
import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.dashboard.internal.request.Call;
import io.millrace.dashboard.internal.request.Operation;
import io.millrace.dashboard.internal.request.Permission;
import io.millrace.dashboard.internal.request.Times;
import io.millrace.dashboard.internal.shape.Shape.Name;
import io.millrace.dashboard.internal.shape.Shape.Nullable;
import io.millrace.dashboard.internal.shape.Shape.SnakeCase;
import io.millrace.engine.spi.AccountStore.Session;
import io.millrace.engine.spi.AccountStore.User;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Where users are logged in. Everybody sees and ends his own sessions, who may do anything those of all. Thread-safe. */
public record SessionAdmin(AccountDirectory accounts) {
    /** So much of its hash names a session: enough to tell them apart, and of no use to who would like to have one. */
    private static final int ID_LENGTH = 16;

    record Sessions(List<SessionHead> sessions) {}

    @Name("UserSession")
    @SnakeCase
    record SessionHead(
            String id,
            OffsetDateTime createdAt,
            OffsetDateTime expiresAt,
            @Nullable String agent,
            boolean current) {
        static SessionHead of(Session s, String current) {
            return new SessionHead(
                    idOf(s),
                    Times.at(s.createdAt(), ZoneOffset.UTC),
                    Times.at(s.expiresAt(), ZoneOffset.UTC),
                    s.agent(),
                    s.hash().equals(current));
        }
    }

    private static String idOf(Session session) {
        return session.hash().substring(0, ID_LENGTH);
    }

    public List<Operation> operations() {
        return List.of(
                Operation.get("/api/sessions", Permission.KNOWN, "Where the caller is logged in")
                        .answers(Sessions.class)
                        .by(call -> list(call, own(call).id())),
                Operation.delete("/api/sessions/{sessionId}", Permission.KNOWN, "End one of the caller's sessions")
                        .by(this::end),
                Operation.get("/api/users/{userId}/sessions", Permission.OWN, "Where a user is logged in")
                        .answers(Sessions.class)
                        .by(call -> list(call, call.id("userId"))),
                Operation.delete("/api/users/{userId}/sessions", Permission.OWN, "End all sessions of a user")
                        .by(this::endAll));
    }

    private static User own(Call call) {
        if (call.principal().user() == null) {
            throw ApiException.forbidden();
        }
        return call.principal().user();
    }

    private CompletableFuture<ApiResponse> list(Call call, int userId) {
        if (accounts.users().stream().noneMatch(u -> u.id() == userId)) {
            throw ApiException.notFound("user");
        }
        List<SessionHead> heads = accounts.sessions(userId).stream()
                .map(s -> SessionHead.of(s, call.principal().session()))
                .toList();
        return ApiAnswers.done(ApiAnswers.json(200, new Sessions(heads)));
    }

    private CompletableFuture<ApiResponse> end(Call call) {
        User user = own(call);
        Session session = accounts.sessions(user.id()).stream()
                .filter(s -> idOf(s).equals(call.variables().get("sessionId")))
                .findFirst()
                .orElseThrow(() -> ApiException.notFound("session"));
        return accounts.remove(call, "session.end", user.email(), store -> store.removeSession(session.hash()));
    }

    private CompletableFuture<ApiResponse> endAll(Call call) {
        int id = call.id("userId");
        return accounts.remove(call, "session.end_all", "user " + id, store -> {
            AccountDirectory.stored(store, id);
            store.removeSessions(id);
        });
    }
}
