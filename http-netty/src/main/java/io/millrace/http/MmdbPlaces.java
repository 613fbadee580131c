package io.millrace.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.maxmind.db.InvalidDatabaseException;
import com.maxmind.db.Reader;
import io.millrace.engine.Beacon;
import io.millrace.engine.Bounds;
import io.millrace.engine.EventBuilder;
import io.millrace.engine.Place;
import io.millrace.engine.spi.Bounded;
import io.millrace.engine.spi.Enrichment;
import io.millrace.engine.spi.Fixed;
import io.millrace.engine.spi.HeapSize;
import io.millrace.wire.Addresses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Finds the place of an address in an MMDB file (GeoLite2, DB-IP and others of their layout), where no header said it.
 * The file is mapped into memory once; no name is ever looked up. Thread-safe.
 */
public final class MmdbPlaces implements Enrichment, AutoCloseable {
    private static final long FOUND_BYTES = 2 << 20;

    /** What an address that was looked up takes beside its text and its place. */
    private static final int FOUND_ENTRY = 160;

    private static final String LANGUAGE = "en";

    @Fixed("maps the file, and keeps nothing of what it is asked")
    private final Reader reader;

    @Bounded("places")
    private final Cache<String, Place> found = Caffeine.newBuilder()
            .maximumWeight(FOUND_BYTES)
            .weigher((String address, Place place) -> FOUND_ENTRY + HeapSize.of(address) + HeapSize.of(place))
            .executor(Runnable::run)
            .build();

    /** @throws UncheckedIOException when the file cannot be read or is no MMDB file */
    public MmdbPlaces(Path file) {
        if (!Files.isReadable(file)) {
            throw new UncheckedIOException(new IOException("cannot read " + file));
        }
        try {
            reader = new Reader(file.toFile());
        } catch (InvalidDatabaseException e) {
            throw new UncheckedIOException(new IOException("not an MMDB file: " + file, e));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void enrich(Beacon beacon, EventBuilder event) {
        if (beacon.address() != null && event.place().country() == null) {
            event.place(place(beacon.address()));
        }
    }

    @Override
    public void register(Bounds bounds) {
        bounds.add(
                "places",
                FOUND_BYTES,
                () -> found.policy().eviction().orElseThrow().weightedSize().orElse(0));
    }

    @Override
    public Place place(String address) {
        return found.get(address, this::lookUp);
    }

    private Place lookUp(String address) {
        byte[] bytes = Addresses.parse(address);
        if (bytes == null) {
            return Place.UNKNOWN;
        }
        try {
            Map<?, ?> found = reader.get(InetAddress.getByAddress(bytes), Map.class);
            return found == null ? Place.UNKNOWN : place(found);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Place place(Map<?, ?> found) {
        String country = text(part(found, "country"), "iso_code");
        List<?> regions = found.get("subdivisions") instanceof List<?> list ? list : List.of();
        Map<?, ?> region = !regions.isEmpty() && regions.get(0) instanceof Map<?, ?> first ? first : Map.of();
        String city = text(part(part(found, "city"), "names"), LANGUAGE);
        return country == null ? Place.UNKNOWN : new Place(country, region(region), city);
    }

    private static Map<?, ?> part(Map<?, ?> of, String name) {
        return of.get(name) instanceof Map<?, ?> map ? map : Map.of();
    }

    private static String text(Map<?, ?> of, String name) {
        return of.get(name) instanceof String text ? text : null;
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The code within the country, or the name where a database has no codes. */
    private static String region(Map<?, ?> region) {
        String code = text(region, "iso_code");
        return code != null ? code : text(part(region, "names"), LANGUAGE);
    }
}
