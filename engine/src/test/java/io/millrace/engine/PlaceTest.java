package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaceTest {

    @ParameterizedTest
    @CsvSource({
        "DE, BY, DE-BY",
        "DE, by, DE-BY",
        "DE, DE-BY, DE-BY",
        "DE, de-by, DE-BY",
        "DE, Bavaria, DE-BY",
        "DE, baden-wurttemberg, DE-BW",
        "FR, Île-de-France, FR-IDF",
        "FR, Ile de France, FR-IDF",
        // Names of three letters are no codes.
        "FR, Var, FR-83",
        "FR, Ain, FR-01",
        "ES, Córdoba, ES-CO",
        "AR, Córdoba, AR-X",
        "GB, England, GB-ENG",
        "US, California, US-CA",
        // What is newer than the list, and what is in no list.
        "DE, QX, DE-QX",
        "DE, Mittelerde, Mittelerde"
    })
    void aRegionIsStoredByItsCode(String country, String region, String stored) {
        assertThat(Place.of(country, region, null).region()).isEqualTo(stored);
    }

    @Test
    void whatDatabasesWriteForNothingIsNothing() {
        assertThat(Place.of("DE", "-", " ")).isEqualTo(new Place("DE", null, null));
        assertThat(Place.of("DE", null, "Munich")).isEqualTo(new Place("DE", null, "Munich"));
        assertThat(Place.of(null, "Bavaria", null)).isEqualTo(new Place(null, "Bavaria", null));
    }
}
