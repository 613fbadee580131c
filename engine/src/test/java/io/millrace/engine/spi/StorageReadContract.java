package io.millrace.engine.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Engine;
import io.millrace.engine.EngineSettings;
import io.millrace.engine.MemoryStorage;
import io.millrace.engine.Site;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The read part of the storage contract: whatever happened, a storage answers every query as the in-memory one does.
 * Random histories, random failures, random restarts, random queries. The seed of a failure is in its message;
 * {@code -Dmillrace.seed=N} runs that one, {@code -Dmillrace.histories=N} as many as asked for, from that one on.
 */
public abstract class StorageReadContract {
    /** An empty place for data: opens the same data each time, after the storage opened before has been closed. */
    protected abstract Supplier<Storage> place();

    /** What else must hold of a storage after a history: for instance that its roll-ups are equal to a recount. */
    protected void check(Engine engine) {}

    /** Whether it still has each visit with all that was sent. */
    protected boolean keepsRows() {
        return true;
    }

    /** How many histories a run without settings takes. */
    protected int histories() {
        return 300;
    }

    @Test
    @Timeout(7_200)
    void answersAsTheInMemoryStorageDoes() {
        Long only = Long.getLong("millrace.seed");
        int n = Integer.getInteger("millrace.histories", only == null ? histories() : 1);
        long first = only == null ? new Random().nextInt(1_000_000_000) : only;
        System.out.println(getClass().getSimpleName() + ": " + n + " histories from seed " + first);
        for (long seed = first; seed < first + n; seed++) {
            compare(seed);
        }
    }

    private void compare(long seed) {
        RandomHistory history = new RandomHistory(seed);
        int openVisits = seed % 3 == 0 ? 3 : 1_000;
        EngineSettings settings = EngineSettings.DEFAULT
                .with()
                .ringSlots(64)
                .ringBytes(1 << 20)
                .openVisits(openVisits)
                .build();
        MemoryStorage memory = new MemoryStorage();
        Rig expected = new Rig(
                history.start(),
                () -> memory,
                EngineSettings.DEFAULT.with().ringSlots(1024).ringBytes(1 << 24).build(),
                seed + 1);
        Rig actual = new Rig(history.start(), place(), settings, seed + 2);
        try {
            expected.run(history);
            actual.run(history);
            check(actual.engine());
            for (Site site : expected.engine().sites().all()) {
                assertSameCounters(seed, expected, actual, site);
                SameAnswers.check(seed, expected, actual, site, keepsRows());
            }
        } finally {
            expected.engine().close();
            actual.engine().close();
        }
    }

    private static void assertSameCounters(long seed, Rig expected, Rig actual, Site site) {
        assertThat(actual.reader().ledger(site.id(), 0, 1_000_000))
                .as("seed %d, counters", seed)
                .isEqualTo(expected.reader().ledger(site.id(), 0, 1_000_000));
    }
}
