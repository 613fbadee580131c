package io.millrace.dashboard.internal.admin;

import io.millrace.dashboard.ApiResponse;
import io.millrace.dashboard.Secrets;
import io.millrace.dashboard.internal.access.AccountDirectory;
import io.millrace.dashboard.internal.access.SecondFactor;
import io.millrace.dashboard.internal.access.Totp;
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
import io.millrace.dashboard.internal.shape.Shape.Name;
import io.millrace.engine.spi.AccountStore.User;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * The caller's own second factor. Thread-safe.
 *
 * @param ofKnown how often a user may try a password here
 * @param matches whether a password fits a hash as stored
 */
public record FactorRoutes(
        AccountDirectory accounts,
        WorkerPool passwords,
        SecondFactor factors,
        Throttle ofKnown,
        BiPredicate<String, String> matches) {
    private static final Form PASSWORD = new Form("PasswordAgain", AccountFields.PASSWORD.must());
    private static final Form CONFIRM = new Form(
            "ConfirmFactor",
            Input.text("token", "As the answer before said").must(),
            Input.text("code", "What the app shows now").must());

    @Name("NewFactor")
    record NewFactor(String token, String secret, String uri) {}

    record Recovery(List<String> recovery) {}

    public List<Operation> operations() {
        return List.of(
                Operation.post("/api/factor", Permission.KNOWN, "Begin to set up a second factor (TOTP)")
                        .takes(PASSWORD)
                        .answers(NewFactor.class)
                        .by(this::begin),
                Operation.post(
                                "/api/factor/confirm",
                                Permission.KNOWN,
                                "Switch it on; answers codes for who loses the app")
                        .takes(CONFIRM)
                        .answers(Recovery.class)
                        .by(this::confirm),
                Operation.post("/api/factor/remove", Permission.KNOWN, "Switch it off")
                        .takes(PASSWORD)
                        .answersNothing()
                        .by(this::remove));
    }

    private static User user(Call call) {
        if (call.principal().user() == null) {
            throw ApiException.forbidden();
        }
        return call.principal().user();
    }

    private <T> CompletableFuture<T> withPassword(Call call, Function<User, CompletableFuture<T>> then) {
        User user = user(call);
        String password = AccountFields.password(JsonBody.of(call.request(), PASSWORD), "password");
        ofKnown.count(Digest.of("user", user.id()));
        return passwords
                .submit(Claim.USER, () -> {
                    if (!matches.test(password, user.passwordHash())) {
                        throw ApiException.field("password", "another password");
                    }
                    return user;
                })
                .thenCompose(then);
    }

    private CompletableFuture<ApiResponse> begin(Call call) {
        return withPassword(call, user -> {
            String token = Secrets.random();
            Totp totp = factors.of(user.id(), token);
            return ApiAnswers.done(
                    ApiAnswers.json(200, new NewFactor(token, totp.text(), totp.uri("Millrace", user.email()))));
        });
    }

    private CompletableFuture<ApiResponse> confirm(Call call) {
        User user = user(call);
        JsonBody body = JsonBody.of(call.request(), CONFIRM);
        String token = body.required("token", 100);
        ofKnown.count(Digest.of("user", user.id()));
        if (!factors.matches(user.id(), token, body.required("code", 20))) {
            throw ApiException.field("code", "not the code of now");
        }
        List<String> codes = SecondFactor.newCodes();
        List<String> hashes = codes.stream().map(SecondFactor::hash).toList();
        return accounts.change(
                        call,
                        "user.factor",
                        user.email(),
                        store -> store.saveUser(AccountDirectory.stored(store, user.id())
                                .withFactor(token)
                                .withRecovery(hashes)))
                .thenApply(saved -> ApiAnswers.json(200, new Recovery(codes)));
    }

    private CompletableFuture<ApiResponse> remove(Call call) {
        return withPassword(
                call,
                user -> accounts.change(call, "user.factor_off", user.email(), store -> {
                    store.saveUser(AccountDirectory.stored(store, user.id())
                            .withFactor(null)
                            .withRecovery(List.of()));
                    return ApiAnswers.empty(204);
                }));
    }
}
