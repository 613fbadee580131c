package io.millrace.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Place;
import org.junit.jupiter.api.Test;

class SharingTest {
    private final Sharing sharing = new Sharing();

    @Test
    void givesTheSameObjectForEqualValues() {
        Place first = sharing.one(new Place("DE", null, "Munich"));
        assertThat(sharing.one(new Place("DE", null, "Munich"))).isSameAs(first);
        String path = sharing.text(new String("/pricing"));
        assertThat(sharing.text(new String("/pricing"))).isSameAs(path);
    }

    @Test
    void keepsNoLongTextAndNoNull() {
        String text = "x".repeat(257);
        sharing.text(text);
        assertThat(sharing.text(new String(text))).isNotSameAs(text).isEqualTo(text);
        assertThat(sharing.text(null)).isNull();
    }
}
