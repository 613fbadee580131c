package io.millrace.server.internal.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Beacon;
import io.millrace.engine.Site;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DemoTrafficTest {
    private static final int DAY = 20_000;
    private static final long MILLIS = 86_400_000;

    private final DemoTraffic traffic = new DemoTraffic(Site.of("demo.example").withId(1));

    private List<Long> times(int day) {
        return traffic.of(day).stream().map(Beacon::time).toList();
    }

    @Test
    void aDayIsTheSameWheneverItIsAskedFor() {
        assertThat(times(DAY)).hasSizeGreaterThan(1_000).isEqualTo(times(DAY));
    }

    @Test
    void noDayRepeatsAnotherAtOtherHours() {
        Set<Long> seen = new HashSet<>();
        int all = 0;
        for (int day = DAY; day < DAY + 10; day++) {
            for (long time : times(day)) {
                seen.add(time % (MILLIS / 24)); // the same draws stand in another hour, but as long behind it
                all++;
            }
        }
        assertThat(seen.size() / (double) all).isGreaterThan(0.99);
    }
}
