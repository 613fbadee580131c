package io.millrace.dashboard.internal.admin;

import io.millrace.dashboard.ApiRequest;
import io.millrace.dashboard.ApiResponse;
import io.millrace.dashboard.DashboardSettings;
import io.millrace.dashboard.Passwords;
import io.millrace.dashboard.Secrets;
import io.millrace.dashboard.internal.access.AccountDirectory;
import io.millrace.dashboard.internal.access.Cookies;
import io.millrace.dashboard.internal.access.CrossSite;
import io.millrace.dashboard.internal.access.Devices;
import io.millrace.dashboard.internal.access.SecondFactor;
import io.millrace.dashboard.internal.admin.AccountFields.UserHead;
import io.millrace.dashboard.internal.limit.Attempts;
import io.millrace.dashboard.internal.limit.Claim;
import io.millrace.dashboard.internal.limit.Digest;
import io.millrace.dashboard.internal.limit.Throttle;
import io.millrace.dashboard.internal.limit.WorkerPool;
import io.millrace.dashboard.internal.request.ApiAnswers;
import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.dashboard.internal.request.Call;
import io.millrace.dashboard.internal.request.Form;
import io.millrace.dashboard.internal.request.Input;
import io.millrace.dashboard.internal.request.JsonBody;
import io.millrace.dashboard.internal.request.Operation;
import io.millrace.dashboard.internal.request.Permission;
import io.millrace.dashboard.internal.request.Principal;
import io.millrace.dashboard.internal.shape.Shape.Nullable;
import io.millrace.engine.Bounds;
import io.millrace.engine.PlainText;
import io.millrace.engine.spi.AccountStore.Invitation;
import io.millrace.engine.spi.AccountStore.Role;
import io.millrace.engine.spi.AccountStore.Session;
import io.millrace.engine.spi.AccountStore.User;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiPredicate;

/** The ways in and out: the first user, logging in, logging out, a new password. Thread-safe. */
public final class SessionRoutes {
    private static final Form SET_UP = new Form(
            "SetUp",
            Input.text("token", "Of the one-time link").must(),
            AccountFields.EMAIL.must(),
            AccountFields.PASSWORD.must(),
            AccountFields.NAME);
    private static final Form LOG_IN = new Form(
            "LogIn",
            AccountFields.EMAIL.must(),
            AccountFields.PASSWORD.must(),
            Input.text("code", "Of the second factor, for who has one"));
    private static final Form LOG_OUT =
            new Form("LogOut", Input.flag("everywhere", "Whether all of the user's sessions end"));
    private static final Form NEW_PASSWORD = new Form(
            "NewPassword",
            Input.text("old", null).must(),
            Input.text("new", null).must());
    private static final Duration SESSION = Duration.ofDays(30);
    private static final int SESSIONS_EACH = 64;
    private static final int KNOWN_TRIES = 20;
    private static final Duration KNOWN_WINDOW = Duration.ofMinutes(5);
    private static final Duration SETUP = Duration.ofMinutes(30);
    private final AccountDirectory accounts;
    private final WorkerPool passwords;
    private final Cookies cookies;
    private final DashboardSettings settings;
    private final Devices devices;
    private final InstantSource clock;
    private final BiPredicate<String, String> matches;
    private final Attempts attempts;
    private final Throttle ofKnown;
    private final SecondFactor factors;
    private volatile Setup setup;

    /**
     * @param origin how browsers reach the server; null: as the caller has
     * @param script the path of the tracker there
     * @param collect where the tracker posts to; null: where it does by itself
     * @param places whether something tells where visitors are
     */
    record Who(
            @Nullable UserHead user,
            boolean setupNeeded,
            @Nullable String origin,
            String script,
            @Nullable String collect,
            boolean places) {}

    record SignedIn(UserHead user) {}

    /** The one-time link's token, hashed. */
    private record Setup(String hash, long expiresAt) {}

    /**
     * @param passwords where passwords are hashed
     * @param settings what the page is told of them
     * @param matches whether a password fits a hash as stored, or null: nobody's; takes as long either way
     */
    public SessionRoutes(
            AccountDirectory accounts,
            WorkerPool passwords,
            Cookies cookies,
            DashboardSettings settings,
            InstantSource clock,
            BiPredicate<String, String> matches,
            Bounds bounds) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.cookies = cookies;
        this.settings = settings;
        this.clock = clock;
        this.matches = matches;
        devices = new Devices(cookies, clock);
        attempts = new Attempts("log_in", clock, bounds);
        ofKnown = new Throttle("log_in_known", KNOWN_TRIES, KNOWN_WINDOW, clock, bounds);
        factors = new SecondFactor(settings.keyring(), clock, bounds);
    }

    public List<Operation> operations() {
        return List.of(
                Operation.get("/api/session", Permission.NOTHING, "Who is logged in")
                        .answers(Who.class)
                        .by(this::session),
                Operation.post("/api/setup", Permission.NOTHING, "Make the first user by the one-time link")
                        .takes(SET_UP)
                        .answers(201, null, SignedIn.class)
                        .by(this::setUp),
                Operation.post("/api/join", Permission.NOTHING, "Become a user by an invitation")
                        .takes(SET_UP)
                        .answers(201, null, SignedIn.class)
                        .by(this::join),
                Operation.post("/api/login", Permission.NOTHING, "Begin a session")
                        .takes(LOG_IN)
                        .answers(SignedIn.class)
                        .by(this::logIn),
                Operation.post("/api/logout", Permission.NOTHING, "End the session, or all of the user's")
                        .takes(LOG_OUT)
                        .answersNothing()
                        .by(this::logOut),
                Operation.post("/api/password", Permission.KNOWN, "Change the own password")
                        .takes(NEW_PASSWORD)
                        .answers(SignedIn.class)
                        .by(this::newPassword));
    }

    /** The operations of the second factor, which log-ins ask for. */
    public FactorRoutes factors() {
        return new FactorRoutes(accounts, passwords, factors, ofKnown, matches);
    }

    /** A token that makes the first user, once and within 30 minutes; null when there is a user already. */
    public String setupToken() {
        if (!accounts.users().isEmpty()) {
            return null;
        }
        String token = Secrets.random();
        setup = new Setup(Secrets.hash(token), clock.millis() + SETUP.toMillis());
        return token;
    }

    /** Who the caller is; what a page asks first. */
    private CompletableFuture<ApiResponse> session(Call call) {
        User user = call.principal().user();
        Who who = new Who(
                user == null ? null : UserHead.of(user),
                accounts.users().isEmpty(),
                settings.publicUrl(),
                settings.script(),
                settings.collectPaths().ofTag(settings.script()),
                settings.places());
        return ApiAnswers.done(ApiAnswers.json(200, who));
    }

    private CompletableFuture<ApiResponse> setUp(Call call) {
        CrossSite.refuseForeign(call.request());
        JsonBody body = JsonBody.of(call.request(), SET_UP);
        String hash = Secrets.hash(body.required("token", 100));
        refuseUnlessOpen(hash);
        String email = AccountFields.email(body);
        String name = body.text("name", 120);
        String password = AccountFields.newPassword(body, "password");
        String agent = agent(call.request());
        return passwords
                .submit(Claim.USER, () -> Passwords.hash(password))
                .thenCompose(hashed -> accounts.change(call, "user.setup", email, store -> {
                    refuseUnlessOpen(hash);
                    setup = null;
                    return store.saveUser(new User(0, email, name, hashed, Map.of(0, Role.OWNER), clock.millis()));
                }))
                .thenCompose(user -> begin(agent, user, null, null, 201));
    }

    private CompletableFuture<ApiResponse> join(Call call) {
        CrossSite.refuseForeign(call.request());
        JsonBody body = JsonBody.of(call.request(), SET_UP);
        String hash = Secrets.hash(body.required("token", 100));
        String email = AccountFields.email(body);
        invitation(accounts.invitations(), hash, email);
        if (accounts.user(email) != null) {
            throw ApiException.conflict("email: is a user already", "email");
        }
        String name = body.text("name", 120);
        String password = AccountFields.newPassword(body, "password");
        String agent = agent(call.request());
        return passwords
                .submit(Claim.USER, () -> Passwords.hash(password))
                .thenCompose(hashed -> accounts.change(call, "user.join", email, store -> {
                    Invitation invitation = invitation(store.invitations(), hash, email);
                    store.removeInvitation(invitation.id());
                    return store.saveUser(new User(0, email, name, hashed, invitation.roles(), clock.millis()));
                }))
                .thenCompose(user -> begin(agent, user, null, null, 201));
    }

    /** The one of this token, when it is open and for this address. */
    private Invitation invitation(List<Invitation> all, String hash, String email) {
        return all.stream()
                .filter(i -> i.hash().equals(hash)
                        && i.expiresAt() > clock.millis()
                        && (i.email() == null || i.email().equals(email)))
                .findFirst()
                .orElseThrow(() -> new ApiException(403, "setup_closed", "this link is not valid (any more)"));
    }

    private void refuseUnlessOpen(String hash) {
        Setup open = setup;
        boolean valid = open != null
                && open.hash().equals(hash)
                && open.expiresAt() > clock.millis()
                && accounts.users().isEmpty();
        if (!valid) {
            throw new ApiException(403, "setup_closed", "this link is not valid (any more)");
        }
    }

    private CompletableFuture<ApiResponse> logIn(Call call) {
        CrossSite.refuseForeign(call.request());
        JsonBody body = JsonBody.of(call.request(), LOG_IN);
        String email = body.required("email", 254).toLowerCase(Locale.ROOT);
        String password = AccountFields.password(body, "password");
        String code = body.text("code", 40);
        User user = accounts.user(email);
        Digest known = known(call, user);
        Digest network = Claim.network(call);
        Digest account = Digest.of("account", email);
        if (known == null) {
            attempts.begin(network, account);
        } else {
            ofKnown.count(known);
        }
        Claim claim = known == null ? Claim.guest(call) : Claim.USER;
        String before = call.principal().session();
        String agent = agent(call.request()); // what waits does not hold the request
        return passwords
                .submit(claim, () -> matches.test(password, user == null ? null : user.passwordHash()))
                .thenCompose(right -> {
                    if (!right) {
                        throw new ApiException(401, "wrong_credentials", "no such user, or another password");
                    }
                    String used = factors.check(user, code);
                    if (known == null) {
                        attempts.succeeded(network, account);
                    } else {
                        ofKnown.forget(known);
                    }
                    return begin(agent, user, used, before, 200);
                });
    }

    /** The browser, when this user has logged in with it before or is logged in; else null. */
    private Digest known(Call call, User user) {
        String device = devices.known(call.request(), user);
        if (device != null) {
            return Digest.of("device", device);
        }
        User in = call.principal().user();
        return user != null && in != null && in.id() == user.id() ? Digest.of("user", user.id()) : null;
    }

    /**
     * A new session with a token of its own; the one before it ends.
     *
     * @param user as it was when it was found to be right
     * @param used the hash of the code for who has lost the app that is used up by it, or null
     */
    private CompletableFuture<ApiResponse> begin(String agent, User user, String used, String before, int status) {
        String token = Secrets.random();
        long now = clock.millis();
        Session session = new Session(Secrets.hash(token), user.id(), now, now + SESSION.toMillis(), agent);
        return accounts.change(store -> {
                    User is = AccountDirectory.stored(store, user.id());
                    if (!Objects.equals(is.passwordHash(), user.passwordHash())
                            || !Objects.equals(is.factor(), user.factor())) {
                        throw new ApiException(401, "wrong_credentials", "password or second factor have just changed");
                    }
                    if (used != null) {
                        store.saveUser(SecondFactor.without(is, used));
                    }
                    if (before != null) {
                        store.removeSession(before);
                    }
                    store.sessions().stream()
                            .filter(s -> s.userId() == user.id())
                            .sorted(Comparator.comparingLong(Session::createdAt).reversed())
                            .skip(SESSIONS_EACH - 1)
                            .forEach(s -> store.removeSession(s.hash()));
                    store.addSession(session);
                    return session;
                })
                .thenApply(s -> ApiAnswers.json(status, new SignedIn(UserHead.of(user)))
                        .withCookie(cookies.write(Principal.COOKIE, token, SESSION.toSeconds()))
                        .withCookie(devices.remember(user)));
    }

    private static String agent(ApiRequest request) {
        String agent = request.header("user-agent");
        return agent == null ? null : PlainText.cut(agent, Session.LONGEST_AGENT);
    }

    private CompletableFuture<ApiResponse> logOut(Call call) {
        JsonBody body = JsonBody.of(call.request(), LOG_OUT);
        boolean everywhere = body.flag("everywhere", false);
        Principal principal = call.principal();
        ApiResponse done = ApiAnswers.empty(204).withCookie(cookies.clear(Principal.COOKIE));
        if (principal.session() == null) {
            return ApiAnswers.done(done);
        }
        return accounts.change(store -> {
                    if (everywhere) {
                        store.removeSessions(principal.user().id());
                    } else {
                        store.removeSession(principal.session());
                    }
                    return null;
                })
                .thenApply(v -> done);
    }

    /** Changes the caller's own password; all other sessions end. */
    private CompletableFuture<ApiResponse> newPassword(Call call) {
        User user = call.principal().user();
        if (user == null) {
            throw ApiException.forbidden();
        }
        JsonBody body = JsonBody.of(call.request(), NEW_PASSWORD);
        String old = AccountFields.password(body, "old");
        String next = AccountFields.newPassword(body, "new");
        ofKnown.count(Digest.of("user", user.id()));
        String agent = agent(call.request());
        return passwords
                .submit(Claim.USER, () -> {
                    if (!matches.test(old, user.passwordHash())) {
                        throw ApiException.field("old", "another password");
                    }
                    return Passwords.hash(next);
                })
                .thenCompose(hash -> accounts.change(call, "user.password", user.email(), store -> {
                    User is = AccountDirectory.stored(store, user.id());
                    store.removeSessions(is.id());
                    return store.saveUser(is.withPasswordHash(hash));
                }))
                .thenCompose(changed -> begin(agent, changed, null, null, 200));
    }
}
