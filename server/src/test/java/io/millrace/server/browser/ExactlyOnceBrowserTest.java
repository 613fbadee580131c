package io.millrace.server.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Counter;
import io.millrace.tracker.browser.Tab;
import io.millrace.tracker.browser.WaitFor;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A thousand events of a cookieless visitor over a network that drops requests, loses answers, delays and duplicates; some
 * retries come from another address, and all of it goes on across midnight and the end of a salt.
 */
class ExactlyOnceBrowserTest extends ServerBrowserTest {
    private static final int EVENTS_IN_ALL = 1_000;
    private static final int WAVE = 50;
    private static final long STEP_MILLIS = 30_000;
    private static final String ROWS = "SELECT (SELECT count(*) FROM page_views) + (SELECT count(*) FROM events)";

    /** All waits a twentieth as long, as none of them is what this is about. */
    private static final String HURRY =
            "(() => { const later = setTimeout; window.setTimeout = (fn, ms, ...a) => later(fn, ms / 20, ...a) })();";

    /** Loses every answer. */
    private static final Proxy.Network DEAF = (body, request, upstream) -> {
        upstream.send(request);
        return null;
    };

    private final AtomicInteger moved = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();

    @Test
    void aThousandEventsAreAThousandRows() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("exactly once: -Dseed=" + seed);
        server.putForward(toMidnight() - TimeUnit.MINUTES.toMillis(4));
        Proxy.Network bad = bad(new Random(seed));
        Tab tab = counted("/first", CLOCK, HURRY);
        proxy.network(bad);
        for (int sent = 1; sent < EVENTS_IN_ALL; ) {
            int until = Math.min(sent + WAVE, EVENTS_IN_ALL);
            boolean half = sent < EVENTS_IN_ALL / 2 && until >= EVENTS_IN_ALL / 2;
            if (half) {
                proxy.network(DEAF);
            }
            happen(tab, sent, until);
            if (half) {
                blackOut(tab);
                proxy.network(bad);
                tab.js("dispatchEvent(new Event('online'))");
            }
            awaitRows(until);
            pass(tab, STEP_MILLIS);
            sent = until;
        }
        proxy.network(Proxy.Network.GOOD);
        awaitQuiet();

        assertThat(server.number(ROWS)).isEqualTo(EVENTS_IN_ALL);
        assertThat(server.rows(PATHS))
                .hasSameElementsAs(expected("/first", "/page", 0))
                .doesNotHaveDuplicates();
        assertThat(server.rows(EVENTS))
                .hasSameElementsAs(expected(null, "event", 1))
                .doesNotHaveDuplicates();
        assertThat(server.number("SELECT count(DISTINCT date) FROM daily_stats"))
                .as("days")
                .isEqualTo(2);
        assertThat(moved.get()).as("retries from the second address").isPositive();
        assertThat(lost.get()).as("answers lost").isPositive();
        assertThat(server.counted(Counter.DUPLICATE))
                .as("duplicates recognised")
                .isPositive();
        System.out.println("exactly once: " + server.number(ROWS) + " rows, " + server.counted(Counter.DUPLICATE)
                + " duplicates, " + lost + " answers lost, " + moved + " retries from the second address");
    }

    private static List<String> expected(String first, String stem, int parity) {
        List<String> names = IntStream.range(1, EVENTS_IN_ALL)
                .filter(n -> n % 2 == parity)
                .mapToObj(n -> stem + n)
                .collect(java.util.stream.Collectors.toList());
        if (first != null) {
            names.add(first);
        }
        return names;
    }

    /** Page views and events in turn. */
    private static void happen(Tab tab, int from, int until) {
        tab.js(
                "for (let n = arguments[0]; n < arguments[1]; n++)"
                        + " n % 2 ? millrace('event', 'event' + n) : millrace('page', {url: location.origin + '/page' + n})",
                from, until);
    }

    /** Waits until the tracker keeps what it has, then lets the salt of the day before be forgotten. */
    private void blackOut(Tab tab) {
        tab.await("localStorage.millrace_queue");
        proxy.network(Proxy.Network.DOWN);
        awaitQuiet();
        pass(tab, TimeUnit.MINUTES.toMillis(45));
    }

    private Proxy.Network bad(Random random) {
        return (body, request, upstream) -> {
            if (body.isEmpty()) {
                return upstream.send(request);
            }
            int fate = random.nextInt(100);
            boolean elsewhere = !body.contains("\"attempt\":0,") && random.nextBoolean();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(40)));
            if (fate < 12) {
                return null;
            }
            byte[] answer = elsewhere ? fromElsewhere(request) : upstream.send(request);
            if (fate < 24) {
                lost.incrementAndGet();
                return null;
            }
            return fate < 36 ? upstream.send(request) : answer;
        };
    }

    private byte[] fromElsewhere(byte[] request) throws IOException {
        moved.incrementAndGet();
        return proxy.send(request, "127.0.0.2");
    }

    /** After four attempts in a row that failed, which a bad network brings, the tracker tries again with its heartbeats only. */
    private void awaitRows(int atLeast) {
        new WaitFor(Duration.ofSeconds(120)).until(() -> server.number(ROWS) >= atLeast, atLeast + " rows");
    }

    private void awaitQuiet() {
        new WaitFor(Duration.ofSeconds(10)).until(() -> proxy.under() == 0, "a quiet network");
    }

    /** Lets time pass, for the page and for the server. */
    private void pass(Tab tab, long millis) {
        tab.js("own.shift += arguments[0]", millis);
        server.putForward(millis);
    }

    private long toMidnight() {
        long day = TimeUnit.DAYS.toMillis(1);
        return day - server.now() % day;
    }
}
