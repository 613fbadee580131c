package io.millrace.engine.internal;

import io.millrace.engine.Engine;
import io.millrace.engine.Settings;
import io.millrace.engine.spi.DeadLetters;
import io.millrace.engine.spi.Enrichment;
import io.millrace.engine.spi.Storage;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** The engine over an LMAX Disruptor ring. */
public final class RingEngine {
    private RingEngine() {}

    public static Engine start(
            Storage storage,
            Settings settings,
            InstantSource clock,
            Path salts,
            List<Enrichment> enrichments,
            DeadLetters deadLetters) {
        throw new IllegalStateException("not yet");
    }
}
