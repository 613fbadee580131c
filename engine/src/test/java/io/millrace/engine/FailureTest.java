package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.util.concurrent.Uninterruptibles;
import io.millrace.engine.spi.Batch;
import io.millrace.engine.spi.DeadLetters;
import io.millrace.engine.spi.Storage;
import io.millrace.engine.spi.StorageException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What becomes of events when the storage or an enrichment fails. */
class FailureTest extends EngineFixture {
    private final Storage kept = new MemoryStorage();

    private void storageThat(Consumer<Batch> before) {
        engine.close();
        storage = new FlakyStorage(kept, before);
        start();
    }

    private static void fail(StorageException.Kind kind) {
        throw new StorageException(kind, "on purpose");
    }

    private static boolean holds(Batch batch, String id) {
        return batch.hits().stream().anyMatch(hit -> id.equals(hit.event().id()));
    }

    @Test
    void aPoisonEventIsSetAsideAndItsBatchIsStored() {
        CountDownLatch offered = new CountDownLatch(1);
        storageThat(batch -> {
            if (holds(batch, "poison")) {
                fail(StorageException.Kind.CONTENT);
            }
        });
        engine.execute(writer -> await(offered));
        List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            outcomes.add(engine.collector()
                    .put(page("/").id(i == 13 ? "poison" : "e" + i).build()));
        }
        offered.countDown();
        for (int i = 0; i < 20; i++) {
            assertThat(outcomes.get(i).join()).isEqualTo(i == 13 ? Outcome.UNSTORABLE : Outcome.STORED);
        }
        assertThat(deadLetters).containsExactly("poison");
        assertThat(totals()).containsEntry(Metric.PAGE_VIEWS, 19L).containsEntry(Metric.SESSIONS, 1L);
    }

    @Test
    void countsWhatCouldBeNeitherStoredNorSetAsideAndSaysSo() {
        storageThat(batch -> {
            if (holds(batch, "poison")) {
                fail(StorageException.Kind.CONTENT);
            }
        });
        engine.close();
        DeadLetters full = new DeadLetters() {
            @Override
            public boolean add(Event event, String reason) {
                return false;
            }

            @Override
            public String shortage() {
                return "full";
            }
        };
        engine = builder().deadLetters(full).start();
        assertThat(put(page("/").id("poison"))).isEqualTo(Outcome.UNSTORABLE);
        assertThat(put(page("/").id("e1"))).isEqualTo(Outcome.STORED);
        assertThat(engine.counters().get(Counter.DEAD_LETTER_DROPPED, site.id()))
                .isEqualTo(1);
        assertThat(engine.health()).isEqualTo(new Health(Health.State.RUNNING, "full"));
    }

    @Test
    void whatWaitsInTheRingIsCountedInBytesHoweverItCame() {
        CountDownLatch offered = new CountDownLatch(1);
        engine.execute(writer -> await(offered));
        Beacon beacon = page("/").id("b").build();
        Event event = Event.of(site, Beacon.Type.PAGEVIEW, clock.millis())
                .id("e")
                .visitor("v1")
                .hostname("example.com")
                .path("/" + "x".repeat(500))
                .source("Direct")
                .channel("Direct")
                .build();
        engine.collector().put(beacon);
        CompletableFuture<Outcome> last = engine.collector().put(event);
        assertThat(event.weight()).isGreaterThan(1_000);
        assertThat(ringBytes()).isEqualTo(beacon.weight() + event.weight());
        offered.countDown();
        last.join();
        engine.flush().join();
        assertThat(ringBytes()).isZero();
    }

    @Test
    void whatIsHeavierThanTheRingMayBeIsPutWhenItIsEmpty() {
        assertThat(put(page("/" + "x".repeat(2 << 20)))).isEqualTo(Outcome.STORED);
    }

    /** Everything that the way through the ring keeps counts: beacons, their events, and what they are looked up in. */
    @Test
    void aRingThatIsFullHoldsNoMoreThanItSays() {
        engine.close();
        engine = builder()
                .settings(EngineSettings.DEFAULT.with().ringBytes(8 << 20).build())
                .start();
        assertThat(put(page("/"))).isEqualTo(Outcome.STORED);
        CountDownLatch offered = new CountDownLatch(1);
        engine.execute(writer -> await(offered));
        long before = Heap.live() - said();
        int taken = 0;
        while (engine.collector()
                .offer(
                        page("/" + "x".repeat(500) + taken)
                                .id("e" + taken)
                                .visitorId("v" + taken)
                                .referrer("https://www.host" + taken + ".example/" + "ж".repeat(100))
                                .title("ж".repeat(100) + taken)
                                .build(),
                        Receipt.NONE)) {
            taken++;
        }
        engine.counters().add(Counter.RECEIVED, site.id(), taken);
        assertThat(taken).isBetween(1_000, 10_000);
        assertThat(ringBytes()).isBetween(7L << 20, 8L << 20);
        assertThat(Heap.live() - before).isLessThanOrEqualTo(said());
        offered.countDown();
        engine.flush().join();
    }

    /** What all structures say that they hold. */
    private long said() {
        return engine.bounds().all().stream()
                .mapToLong(bound -> bound.used().getAsLong())
                .sum();
    }

    private long ringBytes() {
        return engine.bounds().all().stream()
                .filter(bound -> bound.name().equals("ring"))
                .findAny()
                .orElseThrow()
                .used()
                .getAsLong();
    }

    private static Void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return null;
    }

    @Test
    void aBusyStorageIsTriedAgainUntilItWrites() {
        AtomicInteger left = new AtomicInteger(5);
        storageThat(batch -> {
            if (!batch.hits().isEmpty() && left.getAndDecrement() > 0) {
                fail(StorageException.Kind.RETRY);
            }
        });
        assertThat(put(page("/"))).isEqualTo(Outcome.STORED);
        assertThat(totals()).containsEntry(Metric.PAGE_VIEWS, 1L);
        assertThat(engine.health()).isEqualTo(Health.RUNNING);
    }

    @Test
    void whileTheStorageIsStalledNothingIsAdmittedAndNothingIsLost() {
        AtomicBoolean stalled = new AtomicBoolean(true);
        CountDownLatch tried = new CountDownLatch(1);
        storageThat(batch -> {
            if (!batch.hits().isEmpty() && stalled.get()) {
                tried.countDown();
                fail(StorageException.Kind.RETRY);
            }
        });
        CompletableFuture<Outcome> waiting = engine.collector().put(page("/").build());
        await(tried);
        while (engine.health().state() != Health.State.STALLED) {
            Thread.onSpinWait();
        }
        assertThat(engine.collector().offer(page("/shed").build(), Receipt.NONE))
                .isFalse();
        stalled.set(false);
        assertThat(waiting.join()).isEqualTo(Outcome.STORED);
        assertThat(totals()).containsEntry(Metric.PAGE_VIEWS, 1L);
    }

    @Test
    void aStorageThatDoesNotWriteIsFoundOutWhileNothingComes() {
        AtomicBoolean locked = new AtomicBoolean();
        AtomicInteger probes = new AtomicInteger();
        engine.close();
        storage = new FlakyStorage(kept, batch -> {}, () -> {
            probes.incrementAndGet();
            if (locked.get()) {
                fail(StorageException.Kind.RETRY);
            }
        });
        start();
        locked.set(true);
        for (int second = 0; engine.health().state() != Health.State.STALLED; second++) {
            assertThat(second).isLessThan(6);
            passASecond(probes);
        }
        assertThat(engine.health().reason()).isEqualTo("on purpose");
        locked.set(false);
        passASecond(probes);
        passASecond(probes);
        assertThat(engine.health()).isEqualTo(Health.RUNNING);
    }

    /** Until the storage has been asked again. */
    private void passASecond(AtomicInteger probes) {
        int before = probes.get();
        clock.advance(Duration.ofSeconds(1));
        while (probes.get() == before) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aStorageThatIsGoneStopsTheEngine() {
        storageThat(batch -> {
            if (!batch.hits().isEmpty()) {
                fail(StorageException.Kind.FATAL);
            }
        });
        assertThat(put(page("/").id("e1"))).isEqualTo(Outcome.FAILED);
        assertThat(engine.health().state()).isEqualTo(Health.State.DEAD);
        assertThat(engine.collector().offer(page("/").build(), Receipt.NONE)).isFalse();
        assertThat(deadLetters).containsExactly("e1");
    }

    @Test
    void closingGivesUpAtItsDeadlineAndSaysHowMany() {
        storageThat(batch -> {
            if (!batch.hits().isEmpty()) {
                fail(StorageException.Kind.RETRY);
            }
        });
        CompletableFuture<Outcome> first =
                engine.collector().put(page("/").id("e1").build());
        assertThat(engine.close(Duration.ofMillis(50))).isEqualTo(1);
        assertThat(first.join()).isEqualTo(Outcome.FAILED);
        assertThat(deadLetters).containsExactly("e1");
    }

    @Test
    void closingTriesNothingMoreOnceItHasGivenUp() {
        CountDownLatch tried = new CountDownLatch(1);
        AtomicInteger later = new AtomicInteger();
        storageThat(batch -> {
            if (!batch.hits().isEmpty()) {
                tried.countDown();
            } else if (tried.getCount() > 0) {
                return;
            } else {
                later.incrementAndGet();
            }
            fail(StorageException.Kind.RETRY);
        });
        engine.collector().put(page("/").id("e1").build());
        Uninterruptibles.awaitUninterruptibly(tried);
        engine.counters().add(Counter.CUT, site.id());
        assertThat(engine.close(Duration.ZERO)).isEqualTo(1);
        assertThat(later).hasValue(0);
    }

    @Test
    void closingRefusesAChangeThatWaitsBehindWhatCannotBeWritten() {
        CountDownLatch tried = new CountDownLatch(1);
        storageThat(batch -> {
            if (!batch.hits().isEmpty()) {
                tried.countDown();
                fail(StorageException.Kind.RETRY);
            }
        });
        engine.collector().put(page("/").build());
        Uninterruptibles.awaitUninterruptibly(tried);
        CompletableFuture<Site> change = engine.addSite(Site.of("other.example"));
        assertThat(engine.close(Duration.ZERO)).isEqualTo(1);
        assertThat(change).isCompletedExceptionally();
        assertThat(kept.writer().catalog().sites()).extracting(Site::domain).containsExactly("example.com");
    }

    @Test
    void closingStoresWhatWasAdmitted() {
        List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            outcomes.add(engine.collector().put(page("/" + i).build()));
        }
        assertThat(engine.close(Duration.ofSeconds(10))).isZero();
        assertThat(outcomes).allMatch(o -> o.join().equals(Outcome.STORED));
        assertThatThrownBy(() -> engine.collector().put(page("/").build())).isInstanceOf(IllegalStateException.class);
        assertThat(engine.collector().offer(page("/").build(), Receipt.NONE)).isFalse();
    }

    @Test
    void aThrowingEnrichmentLeavesTheRestAlone() {
        engine.close();
        engine = builder()
                .enrichment((beacon, event) -> {
                    throw new IllegalStateException("on purpose");
                })
                .start();
        assertThat(put(page("/"))).isEqualTo(Outcome.STORED);
        assertThat(engine.counters().get(Counter.ENRICH_FAILED, site.id())).isEqualTo(1);
    }

    @Test
    void fourProducersAndAStorageWhoseEverySecondWriteFails() throws InterruptedException {
        AtomicInteger writes = new AtomicInteger();
        storageThat(batch -> {
            if (!batch.hits().isEmpty() && writes.incrementAndGet() % 2 == 0) {
                throw new IllegalStateException("on purpose");
            }
        });
        List<Thread> producers = new ArrayList<>();
        for (int p = 0; p < 4; p++) {
            int producer = p;
            producers.add(new Thread(() -> {
                for (int i = 0; i < 500; i++) {
                    engine.collector()
                            .put(page("/" + i)
                                    .visitorId("v" + producer)
                                    .id(producer + "-" + i)
                                    .build());
                }
            }));
        }
        producers.forEach(Thread::start);
        for (Thread producer : producers) {
            producer.join();
        }
        engine.flush().join();
        assertThat(totals()).containsEntry(Metric.PAGE_VIEWS, 2_000L).containsEntry(Metric.SESSIONS, 4L);
        assertThat(deadLetters).isEmpty();
    }

    @Test
    void aFullRingRefusesAndAnArrayTakesAllItsSlotsOrNone() {
        CountDownLatch full = new CountDownLatch(1);
        engine.execute(writer -> await(full));
        Receipt receipt = (index, outcome) -> {};
        int taken = 0;
        while (engine.collector().offer(page("/").build(), receipt)) {
            taken++;
            engine.counters().add(Counter.RECEIVED, site.id());
        }
        assertThat(taken).isBetween(50, 64);
        assertThat(engine.collector()
                        .offer(List.of(page("/a").build(), page("/b").build()), receipt))
                .isFalse();
        full.countDown();
        engine.flush().join();
        assertThat(totals()).containsEntry(Metric.PAGE_VIEWS, (long) taken);
    }

    @Test
    void theRingIsBoundedByBytesToo() {
        CountDownLatch full = new CountDownLatch(1);
        engine.execute(writer -> await(full));
        String long100k = "x".repeat(100_000);
        int taken = 0;
        while (engine.collector().offer(page("/").title(long100k).build(), Receipt.NONE)) {
            taken++;
            engine.counters().add(Counter.RECEIVED, site.id());
        }
        assertThat(taken).isLessThanOrEqualTo(10);
        full.countDown();
        engine.flush().join();
        assertThat(engine.collector().offer(page("/").title(long100k).build(), Receipt.NONE))
                .isTrue();
        engine.counters().add(Counter.RECEIVED, site.id());
    }
}
