package io.millrace.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Bounds;
import io.millrace.engine.Engine;
import io.millrace.engine.Heap;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** What waits or watches is held for long: the longest requests that a front-end lets in are sent until each bound is reached. */
class HeldRequestsTest extends ApiFixture {
    private static final int LINE = 16_000;
    private static final int HEADERS = 90;
    private static final int HEADER = 150;
    private static final int REQUESTS = 100;

    /** What a password takes while it is hashed, of which there are two at a time. */
    private static final long ARGON2 = 19 << 20;

    private static final int BODY = 60_000;
    private final CountDownLatch free = new CountDownLatch(1);

    /** Whoever computes something waits in the middle of it. */
    @Override
    Engine asked(Engine running) {
        return (Engine)
                Proxy.newProxyInstance(Engine.class.getClassLoader(), new Class<?>[] {Engine.class}, (p, m, a) -> {
                    if (m.getName().startsWith("query") || m.getName().equals("live")) {
                        free.await();
                    }
                    return m.invoke(running, a);
                });
    }

    private String link() {
        return (String) admin.send("POST", "/api/sites/" + site.id() + "/links", "{\"name\":\"open\"}")
                .at("token");
    }

    /** As long as a head and a body may be, from a network of its own. */
    private static ApiRequest longest(String method, String path, Map<String, List<String>> params, int n) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (int i = 0; i < HEADERS; i++) {
            headers.put("x-header-" + i, n + "x".repeat(HEADER));
        }
        headers.put("content-type", "application/json");
        headers.put("sec-fetch-site", "same-origin");
        byte[] body = ("{\"email\":\"" + n + "@example.com\",\"password\":\"" + n + "\"}").getBytes(UTF_8);
        byte[] padded = new byte[BODY];
        Arrays.fill(padded, (byte) ' ');
        System.arraycopy(body, 0, padded, 0, body.length);
        return new ApiRequest(method, path, params, headers, "192.0." + n / 250 + "." + n % 250, padded);
    }

    /** Filters that nobody has asked for before, as many and as long as a request line has room for. */
    private static Map<String, List<String>> filters(int n) {
        Map<String, List<String>> params = new LinkedHashMap<>();
        for (int i = 0; i < 100; i++) {
            params.put("prop.key" + i, new ArrayList<>(List.of(n + "ж".repeat(LINE / 100 / 6))));
        }
        return params;
    }

    private static Map<String, List<String>> pages(int n) {
        return Map.of("path", List.of("/" + n + "x".repeat(2_000)));
    }

    private Bounds.Bound bound(String name) {
        return engine.bounds().all().stream()
                .filter(b -> b.name().equals(name))
                .findAny()
                .orElseThrow();
    }

    /** @param computing bytes that those hold who do not wait any more */
    private void fills(String name, long computing, IntFunction<ApiRequest> each) {
        Bounds.Bound bound = bound(name);
        List<CompletableFuture<ApiResponse>> asked = new ArrayList<>();
        long before = Heap.live();
        for (int i = 0; i < REQUESTS; i++) {
            asked.add(Client.ask(api, each.apply(i)));
        }
        long held = Heap.live() - before - computing;
        assertThat(asked).as("refused").anyMatch(CompletableFuture::isDone);
        assertThat(bound.used().getAsLong()).as("%s is full", name).isBetween(bound.limit() / 2, bound.limit());
        assertThat(held).as("what the heap holds of %s", name).isLessThanOrEqualTo(bound.limit());
        free.countDown();
        asked.forEach(CompletableFuture::join);
    }

    @Test
    void holdsQuestionsThatWait() {
        List<String> links = List.of(link(), link(), link());
        fills("pool_read", 0, i -> longest("GET", "/api/shared/" + links.get(i % 3) + "/overview", filters(i), i));
    }

    @Test
    void holdsAnswersOutOfMemoryThatWait() {
        engine.updateSite(site.withPublicLive(true)).join();
        fills("pool_memory", 0, i -> longest("GET", "/api/public/example.com/live", pages(i), i));
    }

    @Test
    void holdsPasswordsThatWait() {
        fills("pool_password", 2 * ARGON2, i -> longest("POST", "/api/login", Map.of(), i));
    }

    @Test
    void holdsLiveStreams() {
        free.countDown();
        List<String> links = List.of(link(), link(), link(), link());
        Bounds.Bound bound = bound("live_streams");
        List<Api.Stream> open = new ArrayList<>();
        long before = Heap.live();
        for (int i = 0; i < 400; i++) {
            ApiRequest asked = longest("GET", "/api/shared/" + links.get(i % 4) + "/live", filters(i), i);
            open.add(api.find("GET", asked.path()).open(asked, bytes -> {}));
        }
        for (int i = 0; i < 64; i++) {
            ApiRequest asked = longest("GET", path("live"), Map.of(), i);
            Map<String, String> headers = new LinkedHashMap<>(asked.headers());
            headers.put("authorization", (i % 2 == 0 ? admin : reader).header("authorization"));
            ApiRequest known =
                    new ApiRequest("GET", asked.path(), asked.params(), headers, asked.address(), asked.body());
            open.add(api.find("GET", known.path()).open(known, bytes -> {}));
        }
        open.removeIf(stream -> stream.refusal() != null);
        assertThat(open).hasSize(256);
        long held = Heap.live() - before;
        assertThat(bound.used().getAsLong()).isEqualTo(bound.limit());
        assertThat(held).as("what the heap holds of streams").isLessThanOrEqualTo(bound.limit());
        open.forEach(Api.Stream::close);
    }
}
