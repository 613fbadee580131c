package io.millrace.engine.internal.enrich;

import io.millrace.engine.Site;
import io.millrace.engine.spi.Fixed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The secret salts of cookieless visitors: one for each time zone and local day, forgotten a visit's time-out after
 * that day's end, whether events come or not. Kept in a file of their own, so that they are in no database, WAL, backup or
 * replica; what a file held that is replaced is written over. Thread-safe.
 */
public final class Salts {
    private static final Logger LOG = LoggerFactory.getLogger(Salts.class);

    private record Day(String zone, int epochDay) {
        long start() {
            return LocalDate.ofEpochDay(epochDay)
                    .atStartOfDay(ZoneId.of(zone))
                    .toInstant()
                    .toEpochMilli();
        }

        long end() {
            return new Day(zone, epochDay + 1).start();
        }
    }

    private final Path file;
    private final Duration overlap;
    private final SecureRandom random = new SecureRandom();

    @Fixed("two for each time zone of a site")
    private final Map<Day, byte[]> salts = new ConcurrentHashMap<>();

    /** Whether the file says what is known: not when it could not be written. */
    private boolean written = true;

    /**
     * @param file null: in memory only
     * @param overlap how long a day's salt outlives the day
     * @param now UTC milliseconds: what is over is forgotten at once
     */
    public Salts(Path file, Duration overlap, long now) {
        this.file = file;
        this.overlap = overlap;
        if (file != null) {
            if (Files.exists(file)) {
                read();
            }
            written = !Files.exists(temporary());
            forget(now);
        }
    }

    /**
     * The salt of this site's day, or null when that day is over for longer than the overlap (or not yet here).
     *
     * @param now UTC milliseconds: what decides which days still have a salt
     */
    byte[] of(Site site, int epochDay, long now) {
        int today = site.dayOf(now);
        boolean current = epochDay == today;
        boolean justOver = epochDay == today - 1 && now < site.startOfDay(today) + overlap.toMillis();
        if (!current && !justOver) {
            return null;
        }
        Day day = new Day(site.zone().getId(), epochDay);
        byte[] salt = salts.get(day);
        return salt == null && current ? create(day, now) : salt;
    }

    private synchronized byte[] create(Day day, long now) {
        byte[] salt = new byte[32];
        random.nextBytes(salt);
        salts.put(day, salt);
        written = false;
        forget(now);
        return salt;
    }

    /** The salt of this site's day if there is one already, else null. For any thread. */
    byte[] existing(Site site, int epochDay) {
        return salts.get(new Day(site.zone().getId(), epochDay));
    }

    /**
     * Forgets the days that are over, and those that are to come, which are there when the clock was set back; tries again
     * to write what could not be written.
     */
    public synchronized void forget(long now) {
        boolean less = salts.keySet()
                .removeIf(day -> day.end() + overlap.toMillis() <= now || day.start() - overlap.toMillis() > now);
        if (less || !written) {
            write();
        }
    }

    private void read() {
        try {
            for (String line : Files.readAllLines(file)) {
                String[] part = line.split(" ");
                salts.put(
                        new Day(part[0], (int) LocalDate.parse(part[1]).toEpochDay()),
                        HexFormat.of().parseHex(part[2]));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be read", e);
        } catch (RuntimeException e) {
            throw new IllegalStateException(file + ": not a file of salts", e);
        }
    }

    private Path temporary() {
        return file.resolveSibling(file.getFileName() + ".new");
    }

    private void write() {
        if (file == null) {
            return;
        }
        StringBuilder text = new StringBuilder();
        salts.forEach((day, salt) -> text.append(day.zone)
                .append(' ')
                .append(LocalDate.ofEpochDay(day.epochDay))
                .append(' ')
                .append(HexFormat.of().formatHex(salt))
                .append('\n'));
        Path temp = temporary();
        try {
            if (Files.exists(temp)) {
                erase(temp);
                Files.delete(temp);
            }
            var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
            try (FileChannel out = FileChannel.open(
                    temp, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly)) {
                out.write(ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8)));
                out.force(true);
            }
            replaceBy(temp);
            written = true;
        } catch (IOException e) {
            written = false;
            // The day goes on with what is in memory; only a restart would make strangers of today's visitors.
            LOG.error("{}: cannot be written: {}", file, e.toString());
        }
    }

    /** The old file's bytes are written over when it has no name any more: whenever this ends, one of the two is whole. */
    private void replaceBy(Path temp) throws IOException {
        try (FileChannel old = Files.exists(file) ? FileChannel.open(file, StandardOpenOption.WRITE) : null) {
            Files.move(temp, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            erase(old);
        }
    }

    private static void erase(Path path) throws IOException {
        try (FileChannel old = FileChannel.open(path, StandardOpenOption.WRITE)) {
            erase(old);
        }
    }

    private static void erase(FileChannel old) throws IOException {
        if (old != null) {
            old.write(ByteBuffer.allocate((int) old.size()), 0);
            old.force(true);
        }
    }
}
