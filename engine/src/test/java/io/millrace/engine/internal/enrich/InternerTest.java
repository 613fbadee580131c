package io.millrace.engine.internal.enrich;

import static org.assertj.core.api.Assertions.assertThat;

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
}
