package io.millrace.perf.hostile.bystander;

import io.millrace.perf.load.Response;
import io.millrace.perf.load.Work;
import java.time.Duration;

/**
 * Requests of people who know nothing of the attack: so many a second, whether or not the server keeps up. The client's
 * thread works it; {@link #stop} and the windows' moments may be set by others, and the rest is read after the client has
 * ended.
 */
public final class Bystander implements Work {
    /** The number of the site that they are about. */
    public static final String SITE = "2";

    /** With whose log-in the owner logs in. */
    public static final String EMAIL = "owner@example.com";

    private final Asked asked;
    private final long interval;
    private final int haste;
    private long hurryUntil;
    private final Window calm = new Window();
    private final Window attack = new Window();
    private final Window afterwards = new Window();
    private long next;
    private volatile boolean stopped;

    /** What they ask, and what they call an answer. */
    interface Asked {
        /** Writes the next request (flipped). */
        void write(Exchange exchange);

        /** Whether the answer is the one that was asked for. */
        boolean good(Exchange exchange, Response response);

        /** Whether each request comes on a connection of its own. */
        default boolean fresh() {
            return false;
        }

        /** Whether it asks for a stream, and looks no further than its head. */
        default boolean stream() {
            return false;
        }
    }

    /** @param haste how many times as often it asks at first */
    Bystander(Asked asked, Duration every, int haste) {
        this.asked = asked;
        this.interval = every.toNanos();
        this.haste = haste;
    }

    /** From this moment on something is due, for a while more often. Before anything else. */
    void begin(long now, Duration hurry) {
        next = now;
        hurryUntil = now + hurry.toNanos();
    }

    @Override
    public boolean fresh() {
        return asked.fresh();
    }

    @Override
    public boolean endsWithHead() {
        return asked.stream();
    }

    @Override
    public long due(long now) {
        return next;
    }

    @Override
    public void fill(Exchange exchange, long now) {
        exchange.intended = next;
        next = next - hurryUntil < 0 ? afterHurry(now) : next + interval;
        asked.write(exchange);
    }

    /** What there was no time for in the rush is left out: everything that is due later would wait behind it. */
    private long afterHurry(long now) {
        return now - hurryUntil < 0
                ? Math.min(next + interval / haste, hurryUntil)
                : now - (now - hurryUntil) % interval;
    }

    @Override
    public void answered(Exchange exchange, Response response, long now) {
        boolean good = asked.good(exchange, response);
        calm.answered(exchange.intended, good, now);
        attack.answered(exchange.intended, good, now);
        afterwards.answered(exchange.intended, good, now);
    }

    @Override
    public void broken(Exchange exchange, Failure failure, long now) {
        // What is not answered is found by counting those that were.
    }

    @Override
    public boolean finished(long now) {
        return stopped;
    }

    /** Before the attack. */
    public Window calm() {
        return calm;
    }

    /** While it lasts. */
    public Window attack() {
        return attack;
    }

    /** When it is over, and what it has filled is free again. */
    public Window afterwards() {
        return afterwards;
    }

    void stop() {
        stopped = true;
    }

    /** What was seen of the requests that were due in a window. */
    Window.Seen seen(Window window) {
        return window.seen(hurryUntil, interval);
    }
}
