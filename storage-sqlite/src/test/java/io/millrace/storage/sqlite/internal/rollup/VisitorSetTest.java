package io.millrace.storage.sqlite.internal.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.roaringbitmap.RoaringBitmap;

class VisitorSetTest {
    @Test
    void comesBackFromItsBytesAsItWas() {
        long seed = new Random().nextInt(1_000_000);
        Random random = new Random(seed);
        for (int size : new int[] {0, 1, 2, 24, 25, 300, 20_000}) {
            VisitorSet set = new VisitorSet();
            for (int i = 0; i < size; i++) {
                set.count(random.nextInt(size * 3 + 1));
            }
            byte[] bytes = set.bytes();
            assertThat(VisitorSet.of(bytes)).as("seed %d, %d", seed, size).isEqualTo(set);
            RoaringBitmap visitors = new RoaringBitmap();
            VisitorSet.addTo(visitors, bytes);
            assertThat(visitors.getCardinality()).isEqualTo(set.size());
        }
    }

    @Test
    void keepsAVisitorUntilEveryCountIsTakenBack() {
        long seed = new Random().nextInt(1_000_000);
        Random random = new Random(seed);
        TreeMap<Integer, Integer> expected = new TreeMap<>();
        VisitorSet set = new VisitorSet();
        for (int i = 0; i < 5_000; i++) {
            int visitor = random.nextInt(60);
            if (random.nextInt(5) < 3) {
                set.count(visitor);
                expected.merge(visitor, 1, Integer::sum);
            } else if (expected.containsKey(visitor)) {
                set.discount(visitor);
                expected.computeIfPresent(visitor, (v, n) -> n == 1 ? null : n - 1);
            }
            assertThat(set.size()).as("seed %d", seed).isEqualTo(expected.size());
            assertThat(set.contains(visitor)).isEqualTo(expected.containsKey(visitor));
        }
    }

    @Test
    void aDenseDayTakesLessThanAByteAVisitor() {
        VisitorSet set = new VisitorSet();
        for (int i = 0; i < 50_000; i++) {
            set.add(1_000_000 + i);
        }
        assertThat(set.bytes().length).isLessThan(100);
    }
}
