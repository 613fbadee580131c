package io.millrace.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Visit;
import org.junit.jupiter.api.Test;

class LatestViewsTest {
    private final LatestViews views = new LatestViews();

    @Test
    void keepsTheFourLatest() {
        for (int i = 1; i <= 5; i++) {
            put(i, 0, 0);
        }
        assertThat(get(1)).isNull();
        assertThat(get(2)).isEqualTo(new Visit.View("v2", 0, 0));
        assertThat(get(5)).isEqualTo(new Visit.View("v5", 0, 0));
    }

    @Test
    void newTotalsTakeNobodysPlace() {
        put(1, 0, 0);
        put(2, 0, 0);
        for (int i = 1; i <= 10; i++) {
            put(2, i * 1_000L, 10 * i);
        }
        assertThat(get(1)).isEqualTo(new Visit.View("v1", 0, 0));
        assertThat(get(2)).isEqualTo(new Visit.View("v2", 10_000, 100));
    }

    @Test
    void forgetsEverythingForAnotherVisit() {
        put(1, 5, 5);
        views.clear();
        assertThat(get(1)).isNull();
    }

    private void put(int n, long engagedMillis, int scroll) {
        views.put(new EventKey(0, n), new Visit.View("v" + n, engagedMillis, scroll));
    }

    private Visit.View get(int n) {
        return views.get(new EventKey(0, n), "v" + n);
    }
}
