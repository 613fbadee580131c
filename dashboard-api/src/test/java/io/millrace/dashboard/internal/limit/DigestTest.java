package io.millrace.dashboard.internal.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Dimension;
import io.millrace.engine.Filter;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DigestTest {
    @Test
    void isTheSameOfEqualValuesHoweverTheyAreHeld() {
        Filter filter = Filter.is(Dimension.PAGE, "/a");
        assertThat(Digest.of("overview", List.of(filter), Map.of("a", 1, "b", 2)))
                .isEqualTo(Digest.of(
                        "overview", List.of(Filter.is(Dimension.PAGE, "/a")), new TreeMap<>(Map.of("b", 2, "a", 1))));
        assertThat(Digest.of(Set.of("x", "y", "z"))).isEqualTo(Digest.of(new HashSet<>(List.of("z", "y", "x"))));
    }

    @Test
    void isAnotherOfValuesThatOnlyReadAlike() {
        Set<Digest> all = new HashSet<>(List.of(
                Digest.of("a", "b"),
                Digest.of("a, b"),
                Digest.of("ab", ""),
                Digest.of(List.of("a", "b")),
                Digest.of(List.of("a, b")),
                Digest.of(List.of("a"), "b"),
                Digest.of(Filter.is(Dimension.PAGE, "a", "b")),
                Digest.of(Filter.is(Dimension.PAGE, "a, b")),
                Digest.of(Filter.isNot(Dimension.PAGE, "a", "b")),
                Digest.of(1),
                Digest.of("1"),
                Digest.of((Object) null),
                Digest.of("null")));
        assertThat(all).hasSize(13);
    }

    @Test
    void doesNotFallTogetherWhereTextsDo() {
        Set<Integer> hashes = new HashSet<>();
        for (int i = 0; i < 1 << 12; i++) {
            StringBuilder text = new StringBuilder();
            for (int bit = 0; bit < 12; bit++) {
                text.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            hashes.add(Digest.of(text.toString()).hashCode());
        }
        assertThat(hashes).as("hashes of 4,096 texts that have one hash code").hasSizeGreaterThan(4_090);
    }
}
