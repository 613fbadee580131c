package io.millrace.server.internal.notify;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does one thing after the other, whatever becomes of those before; the first failure is told at the end. One thread's. */
final class Independently {
    private static final Logger LOG = LoggerFactory.getLogger(Independently.class);

    /** Does it; says how many there were. */
    @FunctionalInterface
    interface Step {
        int run() throws IOException;
    }

    private IOException first;

    /**
     * @param what for people
     * @return how many there were; 0 when it failed
     */
    int count(String what, Step step) {
        try {
            return step.run();
        } catch (IOException | RuntimeException e) {
            LOG.warn("{}: {}", what, e.toString());
            if (first == null) {
                first = new IOException(what + ": " + e.getMessage(), e);
            }
            return 0;
        }
    }

    /** @throws IOException when something failed: the first of it */
    void end() throws IOException {
        if (first != null) {
            throw first;
        }
    }
}
