package io.millrace.engine.spi;

import io.millrace.engine.Engine;
import java.time.Duration;

/**
 * Brings beacons from somewhere into an engine. Its duties: resolve the site, check what the client sent, count
 * {@link io.millrace.engine.Counter#RECEIVED} and whatever it refuses itself, offer the rest.
 */
public interface FrontEnd extends AutoCloseable {

    /** Starts to bring beacons in; returns when it is ready. Called once. */
    void start(Engine engine);

    /** Stops taking new beacons; answers what is in flight, at most this long. The engine is still running. */
    void drain(Duration atMost);

    /** Releases everything. */
    @Override
    void close();
}
