package io.millrace.dashboard.internal.shape;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dashboard.internal.shape.Shape.Name;
import io.millrace.dashboard.internal.shape.Shape.Nullable;
import io.millrace.dashboard.internal.shape.Shape.Omittable;
import io.millrace.dashboard.internal.shape.Shape.SnakeCase;
import io.millrace.dashboard.internal.shape.Shape.Unwrapped;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordJsonTest {
    private enum Colour {
        DARK_RED
    }

    @SnakeCase
    private record Plain(int pageViews, @Name("bounceRate") double rate, Colour colour, boolean isOpen) {}

    private record Place(@Nullable String country, String city) {}

    private record Held(
            @Unwrapped Place place,
            @Unwrapped @Nullable Plain known,
            @Unwrapped @Omittable Shown more,
            String last) {}

    private record Shown(@Nullable List<Long> numbers) {}

    private record Omitted(@Omittable String field) {}

    private record Nested(OffsetDateTime at, List<Place> places, Map<String, Colour> colours) {}

    private static String json(Record record) {
        return new String(RecordJson.write(record), StandardCharsets.UTF_8);
    }

    @Test
    void namesFieldsAsTheComponentsAreOrAsAnAnnotationSays() {
        assertThat(json(new Plain(3, 0.5, Colour.DARK_RED, true)))
                .isEqualTo("{\"page_views\":3,\"bounceRate\":0.5,\"colour\":\"dark_red\",\"is_open\":true}");
    }

    @Test
    void putsTheFieldsOfAnUnwrappedRecordInItsPlace() {
        Plain known = new Plain(3, 0.5, Colour.DARK_RED, false);
        assertThat(json(new Held(new Place("DE", "Bonn"), known, new Shown(List.of(1L)), "z")))
                .isEqualTo("{\"country\":\"DE\",\"city\":\"Bonn\",\"page_views\":3,\"bounceRate\":0.5,"
                        + "\"colour\":\"dark_red\",\"is_open\":false,\"numbers\":[1],\"last\":\"z\"}");
    }

    @Test
    void writesNoneOfThemOrNullForEachWhenThereIsNoRecord() {
        assertThat(json(new Held(new Place(null, "Bonn"), null, null, "z")))
                .isEqualTo("{\"country\":null,\"city\":\"Bonn\",\"page_views\":null,\"bounceRate\":null,"
                        + "\"colour\":null,\"is_open\":null,\"last\":\"z\"}");
        assertThat(json(new Held(new Place("DE", "Bonn"), null, new Shown(null), "z")))
                .contains("\"numbers\":null");
    }

    @Test
    void leavesOutWhatMayBe() {
        assertThat(json(new Omitted(null))).isEqualTo("{}");
        assertThat(json(new Omitted("a"))).isEqualTo("{\"field\":\"a\"}");
    }

    @Test
    void writesTimesListsAndMaps() {
        OffsetDateTime at = OffsetDateTime.parse("2026-07-01T12:00:00+02:00");
        assertThat(json(new Nested(at, List.of(new Place("DE", "Bonn")), Map.of("a", Colour.DARK_RED))))
                .isEqualTo(
                        "{\"at\":\"2026-07-01T12:00:00.000+02:00\",\"places\":[{\"country\":\"DE\",\"city\":\"Bonn\"}],"
                                + "\"colours\":{\"a\":\"dark_red\"}}");
    }

    @Test
    void findsTheFieldsOfAClassOnce() {
        assertThat(Shape.of(Place.class)).isSameAs(Shape.of(Place.class));
        assertThat(Shape.of(Held.class).fields())
                .filteredOn(Shape.Field::omittable)
                .extracting(Shape.Field::name)
                .containsExactly("numbers");
    }
}
