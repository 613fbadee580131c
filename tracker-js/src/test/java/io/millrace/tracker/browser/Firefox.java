package io.millrace.tracker.browser;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.openqa.selenium.json.Json;

/**
 * A real Firefox, headless, spoken to by its own WebDriver BiDi socket. Every name that ends in {@code .test} is this
 * machine. Commands are sent by one thread.
 */
final class Firefox implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/bin/firefox-esr");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Json JSON = new Json();

    private final Process process;
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Long, CompletableFuture<Map<String, Object>>> waiting = new ConcurrentHashMap<>();
    private final StringBuilder message = new StringBuilder();
    private final WebSocket socket;

    private Firefox(Process process, int port) throws InterruptedException {
        this.process = process;
        this.socket = connect(URI.create("ws://127.0.0.1:" + port + "/session"));
    }

    /** Whether there is one on this machine. */
    static boolean installed() {
        return Files.isExecutable(PROGRAM);
    }

    /** @param profile an empty directory */
    static Firefox start(Path profile) throws IOException, InterruptedException {
        Files.writeString(profile.resolve("user.js"), """
                user_pref("network.dns.localDomains", "one.test,two.test,stats.test");
                user_pref("app.update.enabled", false);
                user_pref("browser.shell.checkDefaultBrowser", false);
                user_pref("datareporting.policy.dataSubmissionEnabled", false);
                user_pref("network.captive-portal-service.enabled", false);
                user_pref("network.connectivity-service.enabled", false);
                user_pref("dom.security.https_first", false);
                """);
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Process process = new ProcessBuilder(
                        PROGRAM.toString(),
                        "--headless",
                        "--no-remote",
                        "--profile",
                        profile.toString(),
                        "--remote-debugging-port",
                        String.valueOf(port))
                .redirectErrorStream(true)
                .redirectOutput(profile.resolve("firefox.log").toFile())
                .start();
        Firefox firefox = new Firefox(process, port);
        firefox.command("session.new", Map.of("capabilities", Map.of()));
        return firefox;
    }

    private WebSocket connect(URI uri) throws InterruptedException {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return HttpClient.newHttpClient()
                        .newWebSocketBuilder()
                        .buildAsync(uri, new Listener())
                        .join();
            } catch (RuntimeException notYet) {
                if (System.nanoTime() > giveUp || !process.isAlive()) {
                    process.destroy();
                    throw notYet;
                }
                process.waitFor(100, TimeUnit.MILLISECONDS);
            }
        }
    }

    private final class Listener implements WebSocket.Listener {
        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            message.append(data);
            if (last) {
                Map<String, Object> said = JSON.toType(message.toString(), Json.MAP_TYPE);
                message.setLength(0);
                if (said.get("id") instanceof Number id) {
                    waiting.remove(id.longValue()).complete(said);
                }
            }
            from.request(1);
            return null;
        }
    }

    /** Sends a command and waits for its result. */
    @SuppressWarnings("unchecked")
    private Map<String, Object> command(String method, Map<String, Object> params) {
        long id = ids.incrementAndGet();
        CompletableFuture<Map<String, Object>> answer = new CompletableFuture<>();
        waiting.put(id, answer);
        socket.sendText(JSON.toJson(Map.of("id", id, "method", method, "params", params)), true);
        Map<String, Object> said =
                answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        if (!"success".equals(said.get("type"))) {
            throw new IllegalStateException(method + ": " + said);
        }
        return (Map<String, Object>) said.get("result");
    }

    /** Runs a script in each page before anything else. */
    void beforeEveryPage(String script) {
        command("script.addPreloadScript", Map.of("functionDeclaration", "() => {" + script + "}"));
    }

    /** A tab of its own. */
    Tab open() {
        return new Tab((String)
                command("browsingContext.create", Map.of("type", "tab")).get("context"));
    }

    /** One tab. */
    final class Tab {
        private final String context;

        private Tab(String context) {
            this.context = context;
        }

        Tab go(String url) {
            command("browsingContext.navigate", Map.of("context", context, "url", url, "wait", "complete"));
            return this;
        }

        void back() {
            command("browsingContext.traverseHistory", Map.of("context", context, "delta", -1));
        }

        /** Shows it before others. */
        void show() {
            command("browsingContext.activate", Map.of("context", context));
        }

        void close() {
            command("browsingContext.close", Map.of("context", context));
        }

        /** The value of an expression, if it is a text, a number or a truth. */
        Object js(String expression) {
            Map<?, ?> result = command(
                    "script.evaluate",
                    Map.of("expression", expression, "target", Map.of("context", context), "awaitPromise", true));
            if (!"success".equals(result.get("type"))) {
                throw new IllegalStateException(expression + ": " + result);
            }
            return ((Map<?, ?>) result.get("result")).get("value");
        }

        void await(String condition) {
            new WaitFor(PATIENCE).until(() -> Boolean.TRUE.equals(js("!!(" + condition + ")")), condition);
        }
    }

    @Override
    public void close() {
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "");
        process.destroy();
        process.onExit()
                .completeOnTimeout(process, 10, TimeUnit.SECONDS)
                .thenAccept(Process::destroyForcibly)
                .join();
    }
}
