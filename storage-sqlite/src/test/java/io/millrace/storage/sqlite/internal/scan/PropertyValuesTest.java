package io.millrace.storage.sqlite.internal.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.engine.spi.StorageException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PropertyValuesTest {
    private final PropertyValues values = new PropertyValues();

    @Test
    void eachValueHasANumberAndAnEmptyOneNone() {
        assertThat(values.number("pro")).isEqualTo(1);
        assertThat(values.number("free")).isEqualTo(2);
        assertThat(values.number("pro")).isEqualTo(1);
        assertThat(values.number("")).isEqualTo(values.number(null)).isZero();
        assertThat(values.text(2)).isEqualTo("free");
        assertThat(values.text(0)).isNull();
    }

    @Test
    void tooManyAreRefusedBeforeTheyFillTheHeap() {
        String large = "x".repeat(1 << 20);
        assertThatThrownBy(() -> IntStream.range(0, 9).forEach(i -> values.number(large + i)))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.kind()).isEqualTo(StorageException.Kind.CONTENT))
                .hasMessageContaining("shorter period");
    }
}
