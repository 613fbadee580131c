package io.millrace.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Query;
import io.millrace.engine.Report;
import io.millrace.engine.Site;
import io.millrace.engine.StubEngine;
import io.millrace.engine.spi.AccountStore.Scope;
import io.millrace.engine.spi.StorageException;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CachingTest {
    private static final String OVERVIEW = "/api/analytics/1/overview";
    private final StubEngine engine = new StubEngine(
            new StubStorage().key("reader", Scope.READ, 1),
            Site.of("example.com").withId(1));
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-20T12:00:30Z"));
    private DashboardApi api;
    private Client client;

    @BeforeEach
    void open() {
        ApiKeys keys = new ApiKeys(engine.storage().accounts());
        api = new DashboardApi(engine, keys, DashboardSettings.DEFAULT, now::get, new PrometheusRegistry());
        client = new Client(api).key("reader");
    }

    @AfterEach
    void close() {
        api.close();
    }

    private void pass(long seconds) {
        now.updateAndGet(t -> t.plusSeconds(seconds));
    }

    private int queriesOf(Runnable work) {
        int before = engine.queries();
        work.run();
        return engine.queries() - before;
    }

    @Test
    void answersTheSecondRequestFromTheCacheByteForByte() {
        byte[] first = client.get(OVERVIEW).response().body();
        int queries = queriesOf(
                () -> assertThat(client.get(OVERVIEW).response().body()).isSameAs(first));
        assertThat(queries).isZero();
    }

    @Test
    void takesEqualSelectionsForOneWhateverTheirOrder() {
        client.get(OVERVIEW + "?source=a&source=b&country=DE&period=7d");
        assertThat(queriesOf(() -> client.get(OVERVIEW + "?period=7d&country=DE&source=b&source=a&source=a")))
                .isZero();
    }

    @Test
    void runsTheQueriesOfTwoHundredEqualMissesOnce() {
        int alone = queriesOf(() -> client.get(OVERVIEW + "?period=90d"));
        CountDownLatch allAsked = new CountDownLatch(1);
        engine.answers(query -> {
            await(allAsked);
            return StubEngine.zeros(query);
        });
        int queries = queriesOf(() -> {
            List<CompletableFuture<ApiResponse>> answers = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                answers.add(Client.ask(api, client.request("GET", OVERVIEW, "")));
            }
            allAsked.countDown();
            assertThat(answers).allSatisfy(a -> assertThat(a.join().status()).isEqualTo(200));
        });
        assertThat(queries).isEqualTo(alone);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void servesAnEntryWithinItsTimeThoughTheSiteHasMovedOn() {
        String tag = client.get(OVERVIEW).header("ETag");
        engine.commit();
        pass(47);
        assertThat(client.get(OVERVIEW).header("ETag")).isEqualTo(tag);
    }

    @Test
    void goesOnWhenTheTimeIsSetBackAnHour() {
        client.get(OVERVIEW);
        pass(-3600);
        client.get(OVERVIEW);
        engine.answers(q -> StubEngine.one(q, 7));
        engine.commit();
        pass(61);
        assertThat(client.get(OVERVIEW).at("current.visitors")).isEqualTo(7L);
    }

    @Test
    void showsTheLastEventsOfASiteThatWentIdle() {
        client.get(OVERVIEW);
        engine.answers(q -> StubEngine.one(q, 7));
        engine.commit();
        pass(47);
        assertThat(client.get(OVERVIEW).at("current.visitors")).isEqualTo(0L);
        pass(13);
        assertThat(client.get(OVERVIEW).at("current.visitors")).isEqualTo(7L);
    }

    @Test
    void computesWhatIsAskedForAgainBeforeItsTimeIsOver() {
        int alone = queriesOf(() -> client.get(OVERVIEW));
        int before = engine.queries();
        engine.answers(q -> StubEngine.one(q, 7));
        engine.commit();
        pass(50);
        assertThat(client.get(OVERVIEW).at("current.visitors"))
                .as("still from the cache")
                .isEqualTo(0L);
        while (!client.get(OVERVIEW).at("current.visitors").equals(7L)) {
            Thread.onSpinWait();
        }
        assertThat(engine.queries() - before).as("once").isEqualTo(alone);
        pass(40);
        assertThat(queriesOf(() -> client.get(OVERVIEW))).as("fresh since then").isZero();
    }

    @Test
    void keepsAnEntryWhenNothingWasWrittenAndThePeriodIsOver() {
        client.get(OVERVIEW + "?period=yesterday");
        pass(61);
        assertThat(queriesOf(() -> client.get(OVERVIEW + "?period=yesterday"))).isZero();
    }

    @Test
    void movesARunningPeriodOnWithoutEvents() {
        client.get(OVERVIEW + "?period=today");
        pass(61);
        assertThat(queriesOf(() -> client.get(OVERVIEW + "?period=today"))).isPositive();
        now.set(Instant.parse("2026-11-21T00:00:00Z"));
        assertThat(client.get(OVERVIEW + "?period=today").at("timeSeries.0.date"))
                .isEqualTo("2026-11-21T00:00");
    }

    @Test
    void showsAChangeOfTheSiteAtOnce() {
        client.get(OVERVIEW);
        engine.add(engine.byId(1).withZone(ZoneId.of("Asia/Tokyo")));
        assertThat(client.get(OVERVIEW).at("site.timezone")).isEqualTo("Asia/Tokyo");
    }

    @Test
    void asksADatabaseInTroubleOnceASecond() {
        engine.answers(q -> {
            throw new StorageException(StorageException.Kind.RETRY, "busy");
        });
        assertThat(client.get(OVERVIEW).status()).isEqualTo(503);
        assertThat(queriesOf(() -> {
                    for (int i = 0; i < 50; i++) {
                        assertThat(client.get(OVERVIEW).status()).isEqualTo(503);
                    }
                }))
                .isZero();
        engine.answers(StubEngine::zeros);
        pass(1);
        assertThat(client.get(OVERVIEW).status()).isEqualTo(200);
    }

    @Test
    void doesNotAskAgainAndAgainWhatTakesLongAndFails() {
        engine.answers(q -> {
            pass(3);
            throw new StorageException(StorageException.Kind.RETRY, "stopped");
        });
        assertThat(client.get(OVERVIEW).status()).isEqualTo(503);
        pass(29);
        assertThat(queriesOf(() -> client.get(OVERVIEW))).isZero();
        pass(1);
        assertThat(queriesOf(() -> client.get(OVERVIEW))).isPositive();
    }

    @Test
    void waitsForWhatIsComputedAheadInsteadOfComputingItTwice() {
        int alone = queriesOf(() -> client.get(OVERVIEW));
        CountDownLatch open = new CountDownLatch(1);
        engine.answers(query -> {
            await(open);
            return StubEngine.one(query, 7);
        });
        engine.commit();
        pass(50);
        int queries = queriesOf(() -> {
            client.get(OVERVIEW); // begins it
            pass(20);
            CompletableFuture<ApiResponse> late = Client.ask(api, client.request("GET", OVERVIEW, ""));
            open.countDown();
            assertThat(late.join().status()).isEqualTo(200);
        });
        assertThat(queries).isEqualTo(alone);
        assertThat(client.get(OVERVIEW).at("current.visitors")).isEqualTo(7L);
    }

    @Test
    void answers503WhenTooMuchWaits() {
        CountDownLatch open = new CountDownLatch(1);
        AtomicLong refused = new AtomicLong();
        engine.answers(query -> {
            await(open);
            return StubEngine.zeros(query);
        });
        List<CompletableFuture<ApiResponse>> answers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            answers.add(Client.ask(api, client.request("GET", OVERVIEW + "?country=" + i, "")));
        }
        answers.stream().filter(CompletableFuture::isDone).forEach(a -> {
            assertThat(a.join().status()).isEqualTo(503);
            assertThat(a.join().headers()).containsKey("Retry-After");
            refused.incrementAndGet();
        });
        open.countDown();
        assertThat(refused).hasValue(100 - 2 - DashboardSettings.DEFAULT.queue());
        assertThat(answers).allSatisfy(a -> assertThat(a.join().status()).isIn(200, 503));
    }

    @Test
    void compressesABodyOnce() {
        engine.answers(CachingTest::large);
        ApiResponse first = client.get(OVERVIEW).response();
        assertThat(first.gzip()).isNotNull().hasSizeLessThan(first.body().length);
        assertThat(client.get(OVERVIEW).response().gzip()).isSameAs(first.gzip());
    }

    private static Report large(Query query) {
        if (query.dimensions().isEmpty()) {
            return StubEngine.one(query, 1);
        }
        List<Report.Row> rows = new ArrayList<>();
        for (int i = 10; i < 30; i++) {
            rows.add(new Report.Row(
                    List.of("2026-11-" + i),
                    query.metrics().stream().map(m -> 1L).toList()));
        }
        return new Report(rows, rows.size());
    }
}
