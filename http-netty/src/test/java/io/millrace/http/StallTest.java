package io.millrace.http;

import static io.millrace.http.ServerFixture.collect;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Counter;
import io.millrace.engine.Engine;
import io.millrace.engine.EngineSettings;
import io.millrace.engine.FlakyStorage;
import io.millrace.engine.MemoryStorage;
import io.millrace.engine.Site;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The front-end over the real engine, whose storage stalls. */
@Timeout(60)
class StallTest {
    private static final int SLOTS = 64;

    private final CountDownLatch stalled = new CountDownLatch(1);
    private final AtomicLong millis = new AtomicLong(ServerFixture.START);
    private final Engine engine = Engine.builder(new FlakyStorage(new MemoryStorage(), batch -> await(stalled)))
            .settings(EngineSettings.DEFAULT
                    .with()
                    .ringSlots(SLOTS)
                    .ringBytes(1 << 20)
                    .build())
            .start();
    private final Site site = engine.addSite(Site.of("example.com")).join();
    private final InstantSource clock = () -> java.time.Instant.ofEpochMilli(millis.get());
    private final NettyFrontEnd frontEnd = new NettyFrontEnd(
            HttpSettings.DEFAULT.with().host("127.0.0.1").port(0).build(), null, null, StaticFiles.NONE, clock);
    private final List<RawClient> clients = new ArrayList<>();

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void close() {
        stalled.countDown();
        clients.forEach(RawClient::close);
        frontEnd.drain(Duration.ofSeconds(5));
        frontEnd.close();
        engine.close(Duration.ofSeconds(5));
    }

    private RawClient send(String id) {
        RawClient client = new RawClient(frontEnd.port());
        clients.add(client);
        return client.send(collect(
                "{'site_id':" + site.id() + ",'id':'" + id + "','url':'https://example.com/','visitor_id':'v'}"));
    }

    @Test
    void answersEverybodyAndLosesNothingWhileTheStorageStalls() {
        frontEnd.start(engine);
        List<RawClient> waiting = new ArrayList<>();
        for (int i = 0; i < 3 * SLOTS; i++) {
            waiting.add(send("e" + i));
        }
        Await.until(() -> engine.counters().total(Counter.RECEIVED) == 3 * SLOTS);
        assertThat(engine.counters().total(Counter.SHED)).isGreaterThanOrEqualTo(SLOTS);
        millis.addAndGet(11_000);
        int unconfirmed = 0;
        for (RawClient client : waiting) {
            RawClient.Answer answer = client.read();
            assertThat(answer.status()).isEqualTo(503);
            unconfirmed += answer.body().contains("unconfirmed") ? 1 : 0;
        }
        stalled.countDown();
        engine.flush().join();
        assertThat(engine.counters().unsettled()).isZero();
        assertThat(engine.counters().total(Counter.STORED)).isEqualTo(unconfirmed);
        Await.until(() -> send("again" + clients.size()).read().status() == 202);
    }
}
