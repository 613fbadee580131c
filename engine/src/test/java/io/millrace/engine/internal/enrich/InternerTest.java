package io.millrace.engine.internal.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Bounds;
import io.millrace.engine.Heap;
import io.millrace.engine.Place;
import org.junit.jupiter.api.Test;

class InternerTest {
    private final Interner interner = new Interner();

    @Test
    void givesTheSameObjectForEqualValues() {
        Place first = interner.one(new Place("DE", null, "Munich"));
        assertThat(interner.one(new Place("DE", null, "Munich"))).isSameAs(first);
        String path = interner.one(new String("/pricing"));
        assertThat(interner.one(new String("/pricing"))).isSameAs(path);
    }

    @Test
    void keepsNoLongTextAndNoNull() {
        String text = "x".repeat(800);
        interner.one(text);
        assertThat(interner.one(new String(text))).isNotSameAs(text).isEqualTo(text);
        String none = null;
        assertThat(interner.one(none)).isNull();
    }

    @Test
    void aFloodOfTextsStaysWithinItsBytes() {
        Bounds bounds = new Bounds();
        interner.register(bounds);
        Bounds.Bound bound = bounds.all().iterator().next();
        long before = Heap.live();
        for (int i = 0; i < 100_000; i++) {
            interner.one("ж".repeat(350) + i);
        }
        assertThat(bound.used().getAsLong()).isBetween(bound.limit() * 9 / 10, bound.limit());
        assertThat(Heap.live() - before).isLessThanOrEqualTo(bound.limit());
    }

    @Test
    void aFloodOfHostsStaysWithinItsBytes() {
        Sources sources = Sources.load();
        long before = Heap.live();
        for (int i = 0; i < 50_000; i++) {
            sources.host("host-" + i + (i % 2 == 0 ? ".google.com" : "." + "long".repeat(15) + ".example"));
        }
        assertThat(sources.foundBytes()).isBetween(Sources.FOUND_BYTES * 9 / 10, Sources.FOUND_BYTES);
        assertThat(Heap.live() - before).isLessThanOrEqualTo(Sources.FOUND_BYTES);
    }
}
