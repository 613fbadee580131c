package io.millrace.perf.hostile.bystander;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Requests are due every second from 0 on; the window lasts from 10 to 20. */
class WindowTest {
    private static final long SECOND = 1_000_000_000;

    private final Window window = new Window();

    private void answer(int due, boolean good, double took) {
        window.answered(due * SECOND, good, (long) ((due + took) * SECOND));
    }

    private Window.Seen seen() {
        return window.seen(0, SECOND);
    }

    @Test
    void countsWhatWasDueAndNeverAnsweredAsFailed() {
        window.open(10 * SECOND);
        answer(10, true, 0.5);
        answer(11, false, 0.5);
        window.close(20 * SECOND);
        answer(19, true, 30);

        assertThat(seen().answered()).isEqualTo(2);
        assertThat(seen().failed()).isEqualTo(8);
        assertThat(seen().worstMillis()).isBetween(29_900.0, 30_100.0);
    }

    @Test
    void leavesOutWhatWasDueBeforeOrAfter() {
        answer(5, true, 0);
        window.open(10 * SECOND);
        answer(9, true, 3);
        window.close(20 * SECOND);
        answer(20, true, 0);

        assertThat(seen().answered()).isZero();
        assertThat(seen().failed()).isEqualTo(10);
    }
}
