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
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the place of an address in an MMDB file (GeoLite2, DB-IP, IP2Location and others of their layouts), where no header said
 * it. Every ten seconds a thread looks whether the file has changed, and takes what is new when it has been at rest since the look
 * before; when that cannot be read, what was there stays, and once a
 * minute it is tried again. No name is ever looked up. Thread-safe.
 */
public final class MmdbPlaces implements Enrichment, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MmdbPlaces.class);
    private static final long FOUND_BYTES = 2 << 20;

    /** What an address that was looked up takes beside its text and its place. */
    private static final int FOUND_ENTRY = 160;

    private static final long LOOK_SECONDS = 10;

    /** So many looks after one another at the same file that cannot be opened, it is copied and tried again. */
    static final int RETRIED = 6;

    private static final String LANGUAGE = "en";

    private volatile Path file;
    private final Path scratch;
    private final ScheduledExecutorService watch;

    /** Of the file that is in use. */
    @Fixed("maps the file, and keeps nothing of what it is asked")
    private volatile Reader reader;

    private State taken;
    private State seen;

    /** What could not be opened: tried again now and then, because the disk may have been full. */
    private State refused;

    private int looks;
    private volatile String fault;

    @Bounded("places")
    private final Cache<String, Place> found = Caffeine.newBuilder()
            .maximumWeight(FOUND_BYTES)
            .weigher((String address, Place place) -> FOUND_ENTRY + HeapSize.of(address) + HeapSize.of(place))
            .executor(Runnable::run)
            .build();

    /** By what a file is known to be another. */
    private record State(Object key, long size, long changed) {
        static State of(Path file) throws IOException {
            BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
            return new State(is.fileKey(), is.size(), is.lastModifiedTime().toMillis());
        }
    }

    /**
     * @param scratch a directory for a copy of the file, which is what is mapped into memory: whoever writes over a mapped file
     *     takes it from under its readers
     * @throws UncheckedIOException when the file cannot be read or is no MMDB file
     */
    public MmdbPlaces(Path file, Path scratch) {
        this.file = file;
        this.scratch = scratch;
        try {
            taken = State.of(file);
            seen = taken;
            reader = open();
        } catch (InvalidDatabaseException e) {
            throw new UncheckedIOException(new IOException("not an MMDB file: " + file, e));
        } catch (IOException e) {
            throw new UncheckedIOException(new IOException("cannot read " + file, e));
        }
        watch = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "millrace-places");
            thread.setDaemon(true);
            return thread;
        });
        watch.scheduleWithFixedDelay(this::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    private Reader open() throws IOException {
        Path copy = Files.createTempFile(scratch, "places", ".mmdb");
        try {
            Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
            Reader opened = new Reader(copy.toFile());
            tryOut(opened);
            return opened;
        } finally {
            // What is mapped stays until nobody uses it any more.
            Files.deleteIfExists(copy);
        }
    }

    /** A file may be whole at its end, where a reader begins, and broken before. */
    private static void tryOut(Reader opened) throws IOException {
        try {
            for (int first = 0; first < 256; first++) {
                opened.get(InetAddress.getByAddress(new byte[] {(byte) first, 1, 1, 1}), Map.class);
            }
        } catch (RuntimeException e) {
            throw new InvalidDatabaseException("records cannot be read", e);
        }
    }

    /** Takes the file when it has changed, and not since the look before. The watching thread's. */
    void look() {
        try {
            State now = State.of(file);
            boolean atRest = now.equals(seen);
            seen = now;
            if (atRest && !now.equals(taken) && (!now.equals(refused) || ++looks % RETRIED == 0)) {
                refused = now;
                reader = open();
                taken = now;
                refused = null;
                found.invalidateAll();
                fault = null;
                LOG.info("places are found in the new {}", file);
            }
        } catch (IOException | RuntimeException e) {
            String why = "places are still found in what was there before: cannot read " + file;
            if (!why.equals(fault)) {
                LOG.warn("{}: {}", why, e.toString());
            }
            fault = why;
        }
    }

    /** When the database in use was made, as it says itself. */
    public Instant madeAt() {
        return reader.getMetadata().buildTime();
    }

    /** Takes the database from this file from now on, whether it has changed or not. Returns before that is done. */
    public void use(Path next) {
        watch.execute(() -> {
            file = next;
            taken = null;
            look();
            look();
        });
    }

    @Override
    public Optional<String> fault() {
        return Optional.ofNullable(fault);
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

    /** Of MaxMind's layout, which DB-IP and IP2Location have, too, or of one that has texts and no maps. */
    private static Place place(Map<?, ?> found) {
        String country = Place.country(
                first(part(found, "country").get("iso_code"), found.get("country_code"), found.get("country")));
        List<?> regions = found.get("subdivisions") instanceof List<?> list ? list : List.of();
        Map<?, ?> region = !regions.isEmpty() && regions.get(0) instanceof Map<?, ?> largest ? largest : Map.of();
        return country == null
                ? Place.UNKNOWN
                : Place.of(
                        country,
                        first(
                                region.get("iso_code"),
                                part(region, "names").get(LANGUAGE),
                                found.get("region_code"),
                                found.get("region"),
                                found.get("state1")),
                        first(part(part(found, "city"), "names").get(LANGUAGE), found.get("city")));
    }

    private static Map<?, ?> part(Map<?, ?> of, String name) {
        return of.get(name) instanceof Map<?, ?> map ? map : Map.of();
    }

    /** The first of these that is a text. */
    private static String first(Object... values) {
        for (Object value : values) {
            if (value instanceof String text && !text.isBlank()) {
                return text;
            }
        }
        return null;
    }

    /** Ends the watch; places are found as before. */
    @Override
    public void close() {
        watch.shutdownNow();
    }
}
