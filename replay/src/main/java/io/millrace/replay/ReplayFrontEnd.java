package io.millrace.replay;

import io.millrace.engine.Engine;
import io.millrace.engine.spi.FrontEnd;
import io.millrace.replay.internal.CombinedDecoder;
import io.millrace.replay.internal.LineDecoder;
import io.millrace.replay.internal.Replay;
import io.millrace.replay.internal.ReplayDecoder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Brings beacons from files. How far each file has been read is committed with the rows, so a replay that was stopped
 * in any way goes on where it was, and one that is repeated adds nothing. Thread-safe.
 */
public final class ReplayFrontEnd implements FrontEnd {
    private final ReplaySettings settings;
    private final ReplayListener listener;
    private final CompletableFuture<ReplayTotals> done = new CompletableFuture<>();
    private volatile Replay replay;

    public ReplayFrontEnd(ReplaySettings settings, ReplayListener listener) {
        this.settings = settings;
        this.listener = listener;
    }

    /**
     * Starts to read.
     *
     * @throws IllegalArgumentException when lines that name no site could be of several
     */
    @Override
    public void start(Engine engine) {
        replay = new Replay(engine, settings, decoder(engine), listener);
        Thread thread = new Thread(this::run, "millrace-replay");
        thread.setDaemon(true);
        thread.start();
    }

    private LineDecoder decoder(Engine engine) {
        return settings.format() == ReplaySettings.Format.COMBINED
                ? CombinedDecoder.of(engine.sites(), settings.siteId())
                : new ReplayDecoder(engine.sites(), InstantSource.system());
    }

    private void run() {
        try {
            done.complete(replay.run());
        } catch (Exception e) {
            done.completeExceptionally(e);
        }
    }

    /**
     * Completed when all is read and settled (of a file that is followed: when it was stopped), exceptionally when a
     * file cannot be read or the engine was closed.
     */
    public CompletableFuture<ReplayTotals> done() {
        return done;
    }

    /** Stops reading soon; {@link #done} then says what was read. */
    public void stop() {
        Replay running = replay;
        if (running != null) {
            running.stop();
        }
    }

    @Override
    public void drain(Duration atMost) {
        stop();
        if (replay == null) {
            return;
        }
        try {
            done.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            done.completeExceptionally(e);
        }
    }

    @Override
    public void close() {
        stop();
    }
}
