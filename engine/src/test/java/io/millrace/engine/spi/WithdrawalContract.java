package io.millrace.engine.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Beacon;
import io.millrace.engine.Counter;
import io.millrace.engine.Dimension;
import io.millrace.engine.Engine;
import io.millrace.engine.EngineSettings;
import io.millrace.engine.Filter;
import io.millrace.engine.MemoryStorage;
import io.millrace.engine.Period;
import io.millrace.engine.Site;
import io.millrace.engine.Withdrawal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What is withdrawn might never have been received, and what comes back might never have been away: whatever is asked, of
 * random histories with late events, repeats, restarts and several sites.
 */
@Timeout(1_200)
public abstract class WithdrawalContract {
    private static final Counter REASON = Counter.FILTERED_PATH;
    private static final Set<String> VISITORS = Set.of("v0", "v2", "v4", "nobody");
    private static final Period ALWAYS = new Period(Long.MIN_VALUE, Long.MAX_VALUE);

    /** An empty place for data: opens the same data each time, after the storage opened before has been closed. */
    protected abstract Supplier<Storage> place();

    /** What else must hold of a storage. */
    protected void check(Engine engine) {}

    /** How many histories there are. */
    protected int histories() {
        return 15;
    }

    private static Rig rig(RandomHistory history, Supplier<Storage> place, long seed) {
        EngineSettings settings = EngineSettings.DEFAULT
                .with()
                .ringSlots(1_024)
                .ringBytes(1 << 24)
                .build();
        return new Rig(history.start(), place, settings, seed);
    }

    private static Rig memory(RandomHistory history, Predicate<Beacon> without) {
        MemoryStorage memory = new MemoryStorage();
        Rig rig = rig(history, () -> memory, 1).without(without);
        rig.run(history);
        return rig;
    }

    @Test
    void whatIsWithdrawnMightNeverHaveBeenReceivedAndComesBack() {
        for (long seed = 1; seed <= histories(); seed++) {
            RandomHistory history = new RandomHistory(seed);
            Rig all = memory(history, beacon -> false);
            Rig actual = rig(history, place(), seed);
            actual.run(history);
            Set<Integer> cookieless = new TreeSet<>();
            all.engine().sites().all().stream().filter(Site::cookieless).forEach(site -> cookieless.add(site.id()));
            Rig people = memory(
                    history,
                    beacon -> beacon.visitorId() != null
                            && VISITORS.contains(beacon.visitorId())
                            && !cookieless.contains(beacon.siteId()));
            Map<Counter, Long> before = ledger(actual);
            long withdrawn = 0;
            for (Site site : all.engine().sites().all()) {
                if (!site.cookieless()) {
                    withdrawn += actual.engine()
                            .withdraw(new Withdrawal(site.id(), REASON, ALWAYS, VISITORS, List.of()))
                            .join();
                }
            }
            assertSame(seed, people, actual);
            Map<Counter, Long> then = ledger(actual);
            assertThat(then.getOrDefault(REASON, 0L)).isEqualTo(withdrawn);
            then.merge(Counter.STORED, withdrawn, Long::sum);
            then.remove(REASON);
            assertThat(then).as("seed %d", seed).isEqualTo(before);

            actual.restart();
            long back = 0;
            for (Site site : all.engine().sites().all()) {
                back += actual.engine().restore(site.id(), REASON).join();
            }
            assertThat(back).as("seed %d", seed).isEqualTo(withdrawn);
            assertSame(seed, all, actual);
            Map<Counter, Long> after = ledger(actual);
            after.remove(REASON);
            assertThat(after).isEqualTo(before);
            List.of(all, people, actual).forEach(rig -> rig.engine().close());
        }
    }

    /** Of visits that keep some hits, the rest comes back too; hits of one millisecond may change places. */
    @Test
    void partsOfVisitsComeBackAsTheyWere() {
        for (long seed = 1; seed <= histories(); seed++) {
            RandomHistory history = new RandomHistory(seed);
            MemoryStorage memory = new MemoryStorage();
            Rig all = rig(history, () -> memory, 1).ticking();
            Rig actual = rig(history, place(), seed).ticking();
            all.run(history);
            actual.run(history);
            List<List<Filter>> parts = List.of(
                    List.of(Filter.is(Dimension.PAGE, "/blog/*")),
                    List.of(Filter.is(Dimension.COUNTRY, "DE"), Filter.isNot(Dimension.PAGE, "/")),
                    List.of(Filter.is(Dimension.PAGE, "/pricing"), Filter.is(Dimension.HOSTNAME, "example.*")));
            for (Site site : all.engine().sites().all()) {
                for (List<Filter> filters : parts) {
                    actual.engine()
                            .withdraw(Withdrawal.of(site.id(), REASON, filters))
                            .join();
                    actual.engine().flush().join();
                    check(actual.engine());
                    assertThat(actual.engine()
                                    .withdraw(Withdrawal.of(site.id(), REASON, filters))
                                    .join())
                            .isZero();
                }
                actual.engine().restore(site.id(), REASON).join();
                check(actual.engine());
            }
            assertSame(seed, all, actual);
            List.of(all, actual).forEach(rig -> rig.engine().close());
        }
    }

    private void assertSame(long seed, Rig expected, Rig actual) {
        actual.engine().flush().join();
        check(actual.engine());
        for (Site site : expected.engine().sites().all()) {
            SameAnswers.check(seed, expected, actual, site, true);
        }
    }

    private static Map<Counter, Long> ledger(Rig rig) {
        Map<Counter, Long> sums = new TreeMap<>();
        for (int site = 0; site < 3; site++) {
            rig.reader().ledger(site, 0, 1_000_000).forEach((counter, n) -> sums.merge(counter, n, Long::sum));
        }
        sums.keySet().removeIf(counter -> !counter.outcome());
        return sums;
    }
}
