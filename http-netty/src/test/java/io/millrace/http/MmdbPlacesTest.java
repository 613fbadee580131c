package io.millrace.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.engine.Bounds;
import io.millrace.engine.Heap;
import io.millrace.engine.Place;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MmdbPlacesTest {
    private static final int LEFT_HALF_IS_THE_FIRST_RECORD = 1 + 16;

    @TempDir
    private Path directory;

    @Test
    void findsCountryRegionAndCity() throws IOException {
        Map<String, Object> munich = new LinkedHashMap<>();
        munich.put("country", Map.of("iso_code", "DE"));
        munich.put("subdivisions", List.of(Map.of("iso_code", "BY")));
        munich.put("city", Map.of("names", Map.of("en", "Munich")));
        try (MmdbPlaces places = new MmdbPlaces(file(munich), directory)) {
            assertThat(places.place("81.2.69.1")).isEqualTo(new Place("DE", "DE-BY", "Munich"));
            assertThat(places.place("203.0.113.1")).isEqualTo(Place.UNKNOWN);
            assertThat(places.place("no address")).isEqualTo(Place.UNKNOWN);
        }
    }

    @Test
    void aRegionThatHasANameAloneGetsItsCode() throws IOException {
        Map<String, Object> munich = new LinkedHashMap<>();
        munich.put("country", Map.of("iso_code", "DE"));
        munich.put("subdivisions", List.of(Map.of("names", Map.of("en", "Bavaria"))));
        try (MmdbPlaces places = new MmdbPlaces(file(munich), directory)) {
            assertThat(places.place("81.2.69.1")).isEqualTo(new Place("DE", "DE-BY", null));
        }
    }

    @Test
    void readsLayoutsOfTextsAlone() throws IOException {
        Map<String, Object> flat = Map.of("country_code", "US", "state1", "California", "city", "-");
        try (MmdbPlaces places = new MmdbPlaces(file(flat), directory)) {
            assertThat(places.place("81.2.69.1")).isEqualTo(new Place("US", "US-CA", null));
        }
        Map<String, Object> unknown =
                Map.of("country", Map.of("iso_code", "-"), "city", Map.of("names", Map.of("en", "-")));
        try (MmdbPlaces places = new MmdbPlaces(file(unknown), directory)) {
            assertThat(places.place("81.2.69.1")).isEqualTo(Place.UNKNOWN);
        }
    }

    @Test
    void takesANewFileWhenItIsAtRestAndKeepsTheOldOneForABrokenOne() throws IOException {
        Path file = file(Map.of("country", Map.of("iso_code", "FR")));
        try (MmdbPlaces places = new MmdbPlaces(file, directory)) {
            assertThat(places.place("81.2.69.1").country()).isEqualTo("FR");
            Files.writeString(file, "half of a fi");
            places.look();
            assertThat(places.fault()).isEmpty();
            places.look();
            assertThat(places.fault()).hasValueSatisfying(why -> assertThat(why).contains("cannot read " + file));
            assertThat(places.place("81.2.69.2").country()).isEqualTo("FR");

            file(Map.of("country", Map.of("iso_code", "NL"), "city", Map.of("names", Map.of("en", "Breda"))));
            places.look();
            assertThat(places.place("81.2.69.1").country()).isEqualTo("FR");
            places.look();
            assertThat(places.place("81.2.69.1")).isEqualTo(new Place("NL", null, "Breda"));
            assertThat(places.fault()).isEmpty();

            Files.delete(file);
            places.look();
            assertThat(places.fault()).isPresent();
            assertThat(places.place("81.2.69.3").country()).isEqualTo("NL");
        }
        try (var left = Files.list(directory)) {
            assertThat(left).isEmpty();
        }
    }

    /** As where the disk was full: nothing of the file itself changes. */
    @Test
    void aFileThatCouldNotBeOpenedIsTriedAgain() throws IOException {
        Path file = file(Map.of("country", Map.of("iso_code", "FR")));
        Path scratch = Files.createDirectory(directory.resolve("scratch"));
        try (MmdbPlaces places = new MmdbPlaces(file, scratch)) {
            file(Map.of("country", Map.of("iso_code", "NL"), "city", Map.of("names", Map.of("en", "Breda"))));
            Files.delete(scratch);
            places.look();
            places.look();
            assertThat(places.fault()).isPresent();
            Files.createDirectory(scratch);
            for (int i = 0; i < MmdbPlaces.RETRIED; i++) {
                places.look();
            }
            assertThat(places.fault()).isEmpty();
            assertThat(places.place("81.2.69.1").country()).isEqualTo("NL");
        }
    }

    @Test
    void aFileThatIsBrokenInTheMiddleIsRefused() throws IOException {
        Path file = file(Map.of("country", Map.of("iso_code", "FR")));
        byte[] bytes = Files.readAllBytes(file);
        bytes[6 + 16] = (byte) 0x3F;
        Files.write(file, bytes);
        assertThatThrownBy(() -> new MmdbPlaces(file, directory)).hasRootCauseInstanceOf(Exception.class);
    }

    @Test
    void takesWhatIsThere() throws IOException {
        try (MmdbPlaces places = new MmdbPlaces(file(Map.of("country", Map.of("iso_code", "FR"))), directory)) {
            assertThat(places.place("1.1.1.1")).isEqualTo(new Place("FR", null, null));
        }
    }

    @Test
    void aFloodOfAddressesStaysWithinItsBytes() throws IOException {
        Map<String, Object> munich = Map.of("country", Map.of("iso_code", "DE"));
        Bounds bounds = new Bounds();
        try (MmdbPlaces places = new MmdbPlaces(file(munich), directory)) {
            places.register(bounds);
            Bounds.Bound bound = bounds.all().iterator().next();
            long before = Heap.live();
            for (int i = 0; i < 30_000; i++) {
                places.place("2001:db8:1111:2222:3333:4444:5555:" + Integer.toHexString(i));
                places.place("81.2." + i % 256 + "." + i / 256);
            }
            assertThat(bound.used().getAsLong()).isBetween(bound.limit() * 9 / 10, bound.limit());
            assertThat(Heap.live() - before).isLessThanOrEqualTo(bound.limit());
        }
    }

    @Test
    void refusesOtherFiles() throws IOException {
        Path junk = Files.writeString(directory.resolve("junk"), "junk");
        for (Path file : List.of(junk, directory.resolve("none"))) {
            assertThatThrownBy(() -> new MmdbPlaces(file, directory)).isInstanceOf(UncheckedIOException.class);
        }
    }

    /** A file of one node: addresses below 128.0.0.0 have this record, the others none. */
    private Path file(Map<String, Object> record) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(new byte[] {0, 0, LEFT_HALF_IS_THE_FIRST_RECORD, 0, 0, 1});
        out.write(new byte[16]);
        write(out, record);
        out.write(0xAB);
        out.write(0xCD);
        out.write(0xEF);
        out.write("MaxMind.com".getBytes(StandardCharsets.US_ASCII));
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("node_count", 1);
        metadata.put("record_size", 24);
        metadata.put("ip_version", 4);
        metadata.put("database_type", "Test");
        metadata.put("languages", List.of("en"));
        metadata.put("binary_format_major_version", 2);
        metadata.put("binary_format_minor_version", 0);
        metadata.put("build_epoch", 1);
        metadata.put("description", Map.of("en", "test"));
        write(out, metadata);
        return Files.write(directory.resolve("places.mmdb"), out.toByteArray());
    }

    private static void write(ByteArrayOutputStream out, Object value) throws IOException {
        if (value instanceof String text) {
            out.write(2 << 5 | text.length());
            out.write(text.getBytes(StandardCharsets.US_ASCII));
        } else if (value instanceof Integer number) {
            out.write(5 << 5 | 2);
            out.write(number >> 8);
            out.write(number);
        } else if (value instanceof List<?> list) {
            out.write(list.size());
            out.write(11 - 7);
            for (Object member : list) {
                write(out, member);
            }
        } else if (value instanceof Map<?, ?> map) {
            out.write(7 << 5 | map.size());
            for (Map.Entry<?, ?> e : map.entrySet()) {
                write(out, e.getKey());
                write(out, e.getValue());
            }
        }
    }
}
