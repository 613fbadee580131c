package io.millrace.dashboard.internal.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.engine.Bounds;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WorkerPoolTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-10T12:00:00Z"));
    private final InstantSource clock = now::get;
    private final Bounds bounds = new Bounds();
    private final Quotas quotas = new Quotas(Duration.ofSeconds(20), Duration.ofSeconds(10), clock, bounds);
    private final WorkerPool pool = new WorkerPool("test", 2, 64, quotas, bounds);
    private final CountDownLatch open = new CountDownLatch(1);
    private final AtomicInteger running = new AtomicInteger();

    @AfterEach
    void close() {
        open.countDown();
        pool.close();
    }

    private static Claim guest(int network) {
        return new Claim(false, Digest.of("a link"), Digest.of(network));
    }

    private Integer waits() {
        int n = running.incrementAndGet();
        try {
            open.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        running.decrementAndGet();
        return n;
    }

    @Test
    void letsACrowdOfGuestsHoldOneThreadAndNoUserUp() {
        List<CompletableFuture<Integer>> crowd = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            crowd.add(pool.submit(guest(i), this::waits));
        }
        for (int i = 0; i < 100; i++) {
            assertThat(pool.submit(Claim.USER, () -> "answer").join()).isEqualTo("answer");
        }
        open.countDown();
        crowd.forEach(c -> c.handle((at, refused) -> {
                    assertThat(at == null || at == 1)
                            .as("at most one at a time")
                            .isTrue();
                    return null;
                })
                .join());
        assertThat(crowd.stream().filter(c -> !c.isCompletedExceptionally())).hasSizeBetween(32, 34);
    }

    @Test
    void leavesAnOwnerOneOfTwoPlacesHoweverManyLinksAreOpen() {
        CompletableFuture<Integer> link = pool.submit(guest(1), this::waits);
        CompletableFuture<Integer> another =
                pool.submit(new Claim(false, Digest.of("another link"), Digest.of(2)), this::waits);
        assertThat(pool.submit(Claim.USER, () -> "answer").join()).isEqualTo("answer");
        assertThat(another).isNotDone();
        open.countDown();
        assertThat(link.join() + another.join()).as("one after the other").isEqualTo(2);
    }

    @Test
    void refusesTheThirdQuestionWhenItsTurnDoesNotComeInTime() {
        try (WorkerPool hasty = new WorkerPool("hasty", 2, 64, false, Duration.ofSeconds(1), quotas, new Bounds())) {
            CompletableFuture<Integer> first = hasty.submit(Claim.USER, this::waits);
            CompletableFuture<Integer> second = hasty.submit(Claim.USER, this::waits);
            while (running.get() < 2) {
                Thread.onSpinWait();
            }
            for (Claim claim : List.of(Claim.USER, guest(1))) {
                assertThatThrownBy(hasty.submit(claim, this::waits)::join)
                        .cause()
                        .isInstanceOfSatisfying(
                                ApiException.class, e -> assertThat(e.status()).isEqualTo(503));
            }
            assertThat(hasty.waiting()).isZero();
            open.countDown();
            assertThat(first.join() + second.join())
                    .as("what has begun goes on, however long it takes")
                    .isEqualTo(3);
            assertThat(hasty.submit(Claim.USER, () -> "answer").join()).isEqualTo("answer");
        }
    }

    @Test
    void letsGuestsOfARestingPoolComputeHalfOfTheTimeAndUsersMeanwhile() {
        try (WorkerPool resting = new WorkerPool("resting", 2, 64, true, quotas, new Bounds())) {
            List<CompletableFuture<long[]>> guests = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                guests.add(resting.submit(guest(i), WorkerPoolTest::computes));
            }
            assertThat(resting.submit(Claim.USER, () -> "answer").join()).isEqualTo("answer");
            long[] before = guests.get(0).join();
            for (CompletableFuture<long[]> guest : guests.subList(1, 4)) {
                long[] next = guest.join();
                assertThat(next[0] - before[1]).isGreaterThanOrEqualTo(before[1] - before[0]);
                before = next;
            }
        }
    }

    /** When it began and when it ended. */
    private static long[] computes() {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < 20_000_000) {
            Thread.onSpinWait();
        }
        return new long[] {begin, System.nanoTime()};
    }

    @Test
    void refusesAGuestWhoseNetworkHasHadItsTime() {
        Claim guest = guest(1);
        quotas.charge(guest, 9_900);
        assertThat(pool.submit(guest, () -> "answer").join()).isEqualTo("answer");
        quotas.charge(guest, 200);
        assertThatThrownBy(() -> quotas.check(guest))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.status()).isEqualTo(429));
        assertThat(pool.submit(guest, () -> "answer")).isCompletedExceptionally();
        assertThat(pool.submit(guest(2), () -> "answer").join()).isEqualTo("answer");
        now.updateAndGet(t -> t.plusSeconds(2));
        assertThat(pool.submit(guest, () -> "answer").join()).isEqualTo("answer");
    }

    @Test
    void refusesAllWhoAskForALinkThatHasHadItsTime() {
        for (int network = 0; network < 40; network++) {
            quotas.charge(guest(network), 501);
        }
        assertThat(pool.submit(guest(99), () -> "answer")).isCompletedExceptionally();
        assertThat(pool.submit(new Claim(false, Digest.of("another"), Digest.of(99)), () -> "answer")
                        .join())
                .isEqualTo("answer");
        assertThat(pool.submit(Claim.USER, () -> "answer").join()).isEqualTo("answer");
    }

    @Test
    void refusesWhatWaitsWhenItIsClosed() {
        pool.submit(guest(0), this::waits);
        CompletableFuture<Integer> waiting = pool.submit(guest(1), this::waits);
        pool.close();
        assertThatThrownBy(waiting::join).hasCauseInstanceOf(ApiException.class);
        assertThat(pool.submit(Claim.USER, () -> 1)).isCompletedExceptionally();
    }
}
