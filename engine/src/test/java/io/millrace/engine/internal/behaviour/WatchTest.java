package io.millrace.engine.internal.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Behaviour;
import io.millrace.engine.Bounds;
import io.millrace.engine.Site;
import org.junit.jupiter.api.Test;

class WatchTest {
    private static final long NOON = 1_773_144_000_000L; // 2026-03-10T12:00:00Z
    private static final Site SITE = Site.of("example.com").withId(1);

    private static int hitsUntilFound(Watch watch, long millisBetween, int pages) {
        for (int i = 1; i <= 5_000; i++) {
            if (watch.hit(SITE, "v", "/" + i % pages, NOON + i * millisBetween)) {
                assertThat(watch.found(SITE, "v", NOON + i * millisBetween)).isTrue();
                return i;
            }
        }
        return 0;
    }

    @Test
    void whoComesToTheLimitOfADayIsFoundOut() {
        assertThat(hitsUntilFound(new Watch(new Behaviour(300, 0, 0)), 60, 40)).isEqualTo(301);
    }

    @Test
    void aMinuteSlides() {
        Watch watch = new Watch(new Behaviour(0, 0, 60));
        assertThat(hitsUntilFound(watch, 1_100, 40)).isZero();
        assertThat(hitsUntilFound(new Watch(new Behaviour(0, 0, 60)), 900, 40)).isBetween(61, 75);
    }

    @Test
    void onePageIsFoundAmongManyOthers() {
        assertThat(hitsUntilFound(new Watch(new Behaviour(0, 100, 0)), 60_000, 1))
                .isEqualTo(100 + 8 + 1);
        Watch watch = new Watch(new Behaviour(0, 100, 0));
        int found = 0;
        for (int i = 0; i < 1_000 && found == 0; i++) {
            String path = i % 2 == 0 ? "/often" : "/" + i;
            found = watch.hit(SITE, "v", path, NOON + i) ? i : 0;
        }
        assertThat(found).isBetween(200, 300);
        assertThat(hitsUntilFound(new Watch(new Behaviour(0, 100, 0)), 100, 100))
                .isZero();
    }

    @Test
    void anotherDayAndAnotherSiteBeginAnew() {
        Watch watch = new Watch(new Behaviour(10, 0, 0));
        assertThat(hitsUntilFound(watch, 1, 3)).isEqualTo(11);
        assertThat(watch.found(SITE, "v", NOON + 86_400_000)).isFalse();
        assertThat(watch.found(SITE.withId(2), "v", NOON)).isFalse();
        assertThat(watch.hit(SITE, "v", "/", NOON + 86_400_000)).isFalse();
        assertThat(watch.hit(SITE, "v", "/", NOON)).isFalse();
        watch.forget(1);
        assertThat(hitsUntilFound(watch, 1, 3)).isEqualTo(11);
    }

    @Test
    void nobodyIsLookedAtWithoutLimits() {
        assertThat(hitsUntilFound(new Watch(new Behaviour(0, 0, 0)), 1, 1)).isZero();
    }

    @Test
    void strangersCannotMakeItGrow() {
        Watch watch = new Watch(Behaviour.DEFAULT);
        Bounds bounds = new Bounds();
        watch.register(bounds);
        for (int i = 0; i < 200_000; i++) {
            watch.hit(SITE, "visitor " + i, "/" + i, NOON + i);
        }
        bounds.all().forEach(bound -> assertThat(bound.used().getAsLong()).isBetween(1L << 20, Watch.MOST_BYTES));
    }
}
