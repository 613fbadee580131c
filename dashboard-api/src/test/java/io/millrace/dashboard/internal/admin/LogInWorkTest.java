package io.millrace.dashboard.internal.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dashboard.ApiKeys;
import io.millrace.dashboard.ApiRequest;
import io.millrace.dashboard.ApiResponse;
import io.millrace.dashboard.DashboardSettings;
import io.millrace.dashboard.internal.access.AccountDirectory;
import io.millrace.dashboard.internal.access.Cookies;
import io.millrace.dashboard.internal.access.StoreExecutor;
import io.millrace.dashboard.internal.limit.Quotas;
import io.millrace.dashboard.internal.limit.WorkerPool;
import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.dashboard.internal.request.Call;
import io.millrace.dashboard.internal.request.Operation;
import io.millrace.dashboard.internal.request.Params;
import io.millrace.dashboard.internal.request.Principal;
import io.millrace.engine.Engine;
import io.millrace.engine.MemoryStorage;
import io.millrace.engine.spi.AccountStore.Role;
import io.millrace.engine.spi.AccountStore.User;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What logging in computes, whether the account exists or not. */
@Timeout(60)
class LogInWorkTest {
    private final InstantSource clock = InstantSource.fixed(Instant.parse("2026-03-10T12:00:00Z"));
    private final MemoryStorage storage = new MemoryStorage();

    /** Each password that was held against a hash, with the hash. */
    private final List<String> held = new ArrayList<>();

    private Engine engine;
    private StoreExecutor executor;
    private WorkerPool passwords;
    private SessionRoutes sessions;

    @BeforeEach
    void start() {
        engine = Engine.builder(storage).clock(clock).start();
        Quotas quotas = new Quotas(Duration.ofMinutes(1), Duration.ofMinutes(1), clock, engine.bounds());
        executor = new StoreExecutor(engine, quotas);
        passwords = new WorkerPool("password", 2, 32, quotas, engine.bounds());
        AccountDirectory accounts = new AccountDirectory(engine, new ApiKeys(storage.accounts()), executor, clock);
        sessions = new SessionRoutes(
                accounts,
                passwords,
                new Cookies(false),
                DashboardSettings.DEFAULT,
                clock,
                (password, hash) -> {
                    synchronized (held) {
                        held.add(password + " against " + hash);
                    }
                    return "right".equals(password);
                },
                engine.bounds());
        User ann = new User(0, "ann@example.com", "Ann", "hash of Ann", Map.of(0, Role.OWNER), clock.millis());
        accounts.change(store -> store.saveUser(ann)).join();
    }

    @AfterEach
    void stop() {
        executor.close();
        passwords.close();
        engine.close(Duration.ofSeconds(5));
    }

    private CompletableFuture<ApiResponse> logIn(String email, String password) {
        byte[] body = "{\"email\":\"%s\",\"password\":\"%s\"}"
                .formatted(email, password)
                .getBytes(StandardCharsets.UTF_8);
        Map<String, String> headers = Map.of("content-type", "application/json", "sec-fetch-site", "same-origin");
        ApiRequest request = new ApiRequest("POST", "/api/login", Map.of(), headers, "192.0.2.1", body);
        Operation operation = sessions.operations().stream()
                .filter(r -> r.template().equals("/api/login"))
                .findAny()
                .orElseThrow();
        return operation.handler().handle(new Call(request, Principal.NOBODY, null, Map.of(), new Params(Map.of())));
    }

    private ApiException refusal(String email) {
        CompletableFuture<ApiResponse> answer = logIn(email, "wrong");
        assertThatThrownBy(answer::join).isInstanceOf(CompletionException.class).hasCauseInstanceOf(ApiException.class);
        return (ApiException) answer.handle((a, t) -> t instanceof CompletionException ? t.getCause() : t)
                .join();
    }

    @Test
    void holdsThePasswordAgainstOneHashWhetherTheAccountExistsOrNot() {
        ApiException known = refusal("ann@example.com");
        ApiException unknown = refusal("bob@example.com");

        assertThat(held).containsExactly("wrong against hash of Ann", "wrong against null");
        assertThat(unknown.status()).isEqualTo(known.status()).isEqualTo(401);
        assertThat(unknown).hasMessage(known.getMessage());
    }

    @Test
    void logsNobodyInWithoutAnAccountToLogInTo() {
        assertThat(logIn("ann@example.com", "right").join().status()).isEqualTo(200);
        assertThat(held).containsExactly("right against hash of Ann");
    }
}
