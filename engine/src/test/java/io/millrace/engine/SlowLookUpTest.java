package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.spi.AccountStore;
import io.millrace.engine.spi.Storage;
import io.millrace.engine.spi.StorageReader;
import io.millrace.engine.spi.StorageWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Strangers who make the engine ask its storage, which takes 5 ms for each answer about a repeat. */
class SlowLookUpTest extends EngineFixture {
    private static final int REPEATS = 40;

    SlowLookUpTest() {
        storage = new Slow(storage);
    }

    @Test
    void anArrayOfRepeatsIsShedInsteadOfKeepingEverybodyWaiting() throws InterruptedException {
        put(page("/").id("first"));
        restart();
        Outcome[] outcomes = new Outcome[REPEATS];
        CountDownLatch settled = new CountDownLatch(REPEATS);
        List<Beacon> array = IntStream.range(0, REPEATS).mapToObj(this::repeat).toList();
        engine.counters().add(Counter.RECEIVED, site.id(), REPEATS);
        assertThat(engine.collector().offer(array, (index, outcome) -> {
                    outcomes[index] = outcome;
                    settled.countDown();
                }))
                .isTrue();
        settled.await();
        assertThat(outcomes[0]).isEqualTo(Outcome.STORED);
        assertThat(outcomes[REPEATS - 1]).isEqualTo(new Outcome(Counter.SHED));
        long stored = Arrays.stream(outcomes).filter(Outcome.STORED::equals).count();
        assertThat(totals()).containsEntry(Metric.PAGE_VIEWS, 1 + stored);
        // Whoever waits is served, and what is sent again counts once.
        array.forEach(beacon -> engine.collector().put(beacon).join());
        assertThat(totals()).containsEntry(Metric.PAGE_VIEWS, 1L + REPEATS);
    }

    private Beacon repeat(int i) {
        return page("/" + i).id("repeat" + i).repeat(true).build();
    }

    private record Slow(Storage fast) implements Storage {
        @Override
        public StorageWriter writer() {
            StorageWriter writer = fast.writer();
            return (StorageWriter) Proxy.newProxyInstance(
                    StorageWriter.class.getClassLoader(),
                    new Class<?>[] {StorageWriter.class},
                    (proxy, method, args) -> {
                        if (method.getName().equals("contains")) {
                            work(5_000_000);
                        }
                        try {
                            return method.invoke(writer, args);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }

        private static void work(long nanos) {
            long until = System.nanoTime() + nanos;
            while (System.nanoTime() < until) {
                Thread.onSpinWait();
            }
        }

        @Override
        public StorageReader reader() {
            return fast.reader();
        }

        @Override
        public AccountStore accounts() {
            return fast.accounts();
        }

        @Override
        public void close() {
            fast.close();
        }
    }
}
