package io.millrace.dashboard.internal.access;

import io.millrace.dashboard.ApiKeys;
import io.millrace.dashboard.ApiResponse;
import io.millrace.dashboard.Secrets;
import io.millrace.dashboard.internal.request.ApiAnswers;
import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.dashboard.internal.request.Call;
import io.millrace.dashboard.internal.request.Principal;
import io.millrace.engine.Engine;
import io.millrace.engine.spi.AccountStore;
import io.millrace.engine.spi.AccountStore.Audit;
import io.millrace.engine.spi.AccountStore.Invitation;
import io.millrace.engine.spi.AccountStore.Link;
import io.millrace.engine.spi.AccountStore.Segment;
import io.millrace.engine.spi.AccountStore.Session;
import io.millrace.engine.spi.AccountStore.Subscription;
import io.millrace.engine.spi.AccountStore.User;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * Users, sessions, links and segments in memory, as the storage has them. Thread-safe: look-ups read one immutable state, which
 * every change replaces on the store thread.
 */
public final class AccountDirectory {
    /** By which clocks are set back without anybody having to log in anew. */
    private static final Duration SET_BACK = Duration.ofDays(1);

    private final AccountStore store;
    private final ApiKeys keys;
    private final StoreExecutor executor;
    private final InstantSource clock;
    private volatile State state;

    private record State(
            Map<Integer, User> users,
            Map<String, User> byEmail,
            Map<String, Session> sessions,
            Map<String, Link> links,
            List<Invitation> invitations,
            List<Subscription> subscriptions,
            Map<Integer, List<Segment>> segments) {
        private static State of(AccountStore store) {
            List<User> users = store.users();
            return new State(
                    by(users, User::id),
                    by(users, User::email),
                    by(store.sessions(), Session::hash),
                    by(store.links(), Link::hash),
                    store.invitations(),
                    store.subscriptions(),
                    store.segments().stream().collect(Collectors.groupingBy(Segment::siteId)));
        }

        private static <K, V> Map<K, V> by(List<V> all, Function<V, K> key) {
            return all.stream().collect(Collectors.toUnmodifiableMap(key, Function.identity()));
        }
    }

    public AccountDirectory(Engine engine, ApiKeys keys, StoreExecutor executor, InstantSource clock) {
        this.store = engine.storage().accounts();
        this.keys = keys;
        this.executor = executor;
        this.clock = clock;
        reload();
    }

    /** Reads everything again. */
    public void reload() {
        state = State.of(store);
        keys.reload();
    }

    public List<User> users() {
        return state.users.values().stream()
                .sorted(Comparator.comparingInt(User::id))
                .toList();
    }

    /** The user as a change on the store thread finds him; 404 when he is gone. */
    public static User stored(AccountStore store, int id) {
        return find(store.users(), User::id, id, "user");
    }

    /** The one with this id; 404 where there is none. */
    public static <T> T find(List<T> all, ToIntFunction<T> idOf, int id, String what) {
        return all.stream()
                .filter(one -> idOf.applyAsInt(one) == id)
                .findAny()
                .orElseThrow(() -> ApiException.notFound(what));
    }

    public User user(String email) {
        return state.byEmail.get(email);
    }

    /**
     * The user of a session's token, or null when it has expired, or, because the clock was set far back, would not for longer
     * than it was made for.
     */
    User bySession(String hash) {
        Session session = state.sessions.get(hash);
        long now = clock.millis();
        boolean open = session != null && now < session.expiresAt() && now > session.createdAt() - SET_BACK.toMillis();
        return open ? state.users.get(session.userId()) : null;
    }

    /** A user's sessions that have not expired, the latest first. */
    public List<Session> sessions(int userId) {
        return state.sessions.values().stream()
                .filter(s -> s.userId() == userId && s.expiresAt() > clock.millis())
                .sorted(Comparator.comparingLong(Session::createdAt).reversed())
                .toList();
    }

    public List<Invitation> invitations() {
        return state.invitations;
    }

    /** The one with this id, of whatever site; or null. */
    public Subscription subscription(int id) {
        return state.subscriptions.stream().filter(s -> s.id() == id).findAny().orElse(null);
    }

    /** Who is told what of a site; 0: of the server. */
    public List<Subscription> subscriptions(int siteId) {
        return state.subscriptions.stream().filter(s -> s.siteId() == siteId).toList();
    }

    public Link link(String token) {
        return state.links.get(Secrets.hash(token));
    }

    public List<Link> links(int siteId) {
        return state.links.values().stream()
                .filter(l -> l.siteId() == siteId)
                .sorted(Comparator.comparingInt(Link::id))
                .toList();
    }

    /** The segments of a site that a caller has: his own before the site's. */
    public List<Segment> segments(int siteId, Principal caller) {
        int userId = caller.user() == null ? 0 : caller.user().id();
        return state.segments.getOrDefault(siteId, List.of()).stream()
                .filter(s -> s.userId() == 0 || s.userId() == userId)
                .sorted(Comparator.comparing(s -> s.userId() == 0))
                .toList();
    }

    /** The site's segment with this id, or null: it is none, or somebody's own. */
    public Segment segment(int siteId, int id) {
        return segments(siteId, Principal.NOBODY).stream()
                .filter(s -> s.id() == id)
                .findAny()
                .orElse(null);
    }

    /** The keys of a site; 0: those of all sites. */
    public List<AccountStore.Key> keys(int siteId) {
        return keys.all().stream().filter(k -> k.siteId() == siteId).toList();
    }

    /** Changes accounts on the store thread; the change is visible when the future completes. */
    public <T> CompletableFuture<T> change(Function<AccountStore, T> change) {
        return executor.onStoreThread(writer -> {
            T result = change.apply(store);
            reload();
            return result;
        });
    }

    /** Changes accounts, and writes down who did. */
    public <T> CompletableFuture<T> change(Call call, String action, String detail, Function<AccountStore, T> change) {
        return change(accounts -> {
            T result = change.apply(accounts);
            accounts.addAudit(entry(call, action, detail));
            return result;
        });
    }

    /** Removes something, writes down who did, and answers that it is gone. */
    public CompletableFuture<ApiResponse> remove(
            Call call, String action, String detail, Consumer<AccountStore> removal) {
        return change(call, action, detail, accounts -> {
            removal.accept(accounts);
            return ApiAnswers.empty(204);
        });
    }

    /** Writes down who did what was done already. */
    public CompletableFuture<Void> note(Call call, String action, String detail) {
        return executor.onStoreThread(writer -> {
            store.addAudit(entry(call, action, detail));
            return null;
        });
    }

    private Audit entry(Call call, String action, String detail) {
        int siteId = call.site() == null ? 0 : call.site().id();
        return new Audit(0, clock.millis(), call.principal().name(), action, siteId, detail);
    }

    /** The annotations of a site, by time; reads the storage. */
    public List<AccountStore.Annotation> annotations(int siteId) {
        return store.annotations(siteId);
    }

    public List<Audit> audit(int siteId, long before, int limit) {
        return store.audit(siteId, before, limit);
    }
}
