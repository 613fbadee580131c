package io.millrace.engine.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Beacon;
import io.millrace.engine.Engine;
import io.millrace.engine.EngineSettings;
import io.millrace.engine.FlakyStorage;
import io.millrace.engine.ManualClock;
import java.time.Duration;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** An engine over a storage that fails at random, to which a history happens. */
final class Rig {
    private final ManualClock clock;
    private final Supplier<Storage> place;
    private final EngineSettings settings;
    private final Random random;
    private Predicate<Beacon> left = beacon -> false;
    private boolean ticking;
    private boolean broken;
    private Engine engine;

    /**
     * @param place opens the same data each time
     * @param seed of the failures
     */
    Rig(String start, Supplier<Storage> place, EngineSettings settings, long seed) {
        this.clock = new ManualClock(start);
        this.place = place;
        this.settings = settings;
        this.random = new Random(seed);
        this.engine = started();
    }

    private Engine started() {
        return Engine.builder(new FlakyStorage(place.get(), this::perhapsFail))
                .clock(clock)
                .settings(settings)
                .start();
    }

    private void perhapsFail(Batch batch) {
        int what = random.nextInt(200);
        if (what == 0) {
            throw new StorageException(StorageException.Kind.RETRY, "busy, at random");
        }
        if (what < 6 && batch.hits().size() > 1) {
            throw new StorageException(StorageException.Kind.CONTENT, "refused, at random");
        }
        if (what < 10 && !broken) { // again and again is a refusal, and that of a single event is final
            broken = true;
            throw new IllegalStateException("broken, at random");
        }
        broken = false;
    }

    void run(RandomHistory history) {
        history.steps().forEach(step -> step.happen(this));
        engine.flush().join();
        assertThat(engine.counters().unsettled()).as("the law").isZero();
    }

    Engine engine() {
        return engine;
    }

    ManualClock clock() {
        return clock;
    }

    StorageReader reader() {
        return engine.storage().reader();
    }

    /** From now on, some beacons are not received. */
    Rig without(Predicate<Beacon> beacons) {
        left = beacons;
        return this;
    }

    /** Lets time pass. Before a long while, what was sent is settled, as it always is: no beacon waits until its day's salt is gone. */
    void pass(Duration time) {
        if (time.compareTo(Duration.ofMinutes(1)) > 0) {
            engine.flush().join();
        }
        clock.advance(time);
    }

    /** From now on, no two beacons come at the same time. */
    Rig ticking() {
        ticking = true;
        return this;
    }

    void put(Beacon beacon) {
        if (ticking) {
            clock.advance(Duration.ofMillis(1));
        }
        if (!left.test(beacon)) {
            engine.collector().put(beacon);
        }
    }

    void restart() {
        engine.close();
        engine = started();
    }
}
