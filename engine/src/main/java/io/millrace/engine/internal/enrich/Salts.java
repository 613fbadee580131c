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
 * that day's end. Kept in a file of their own, so that they are in no database, WAL, backup or replica. Changed by
 * the enrich thread only.
 */
public final class Salts {
    private static final Logger LOG = LoggerFactory.getLogger(Salts.class);

    private record Day(String zone, int epochDay) {}

    private final Path file;
    private final Duration overlap;
    private final SecureRandom random = new SecureRandom();

    @Fixed("two for each time zone of a site")
    private final Map<Day, byte[]> salts = new ConcurrentHashMap<>();

    /**
     * @param file null: in memory only
     * @param overlap how long a day's salt outlives the day
     */
    public Salts(Path file, Duration overlap) {
        this.file = file;
        this.overlap = overlap;
        if (file != null && Files.exists(file)) {
            read();
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
        if (salt == null && current) {
            salt = new byte[32];
            random.nextBytes(salt);
            salts.put(day, salt);
            forget(now);
            write();
        }
        return salt;
    }

    /** The salt of this site's day if there is one already, else null. For any thread. */
    byte[] existing(Site site, int epochDay) {
        return salts.get(new Day(site.zone().getId(), epochDay));
    }

    private void forget(long now) {
        salts.keySet().removeIf(d -> {
            ZoneId zone = ZoneId.of(d.zone);
            return LocalDate.ofEpochDay(d.epochDay + 1L)
                            .atStartOfDay(zone)
                            .toInstant()
                            .plus(overlap)
                            .toEpochMilli()
                    <= now;
        });
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
        Path temp = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.deleteIfExists(temp);
            var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
            try (FileChannel out = FileChannel.open(
                    temp, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly)) {
                out.write(ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8)));
                out.force(true);
            }
            Files.move(temp, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            // The day goes on with what is in memory; only a restart would make strangers of today's visitors.
            LOG.error("{}: cannot be written: {}", file, e.toString());
        }
    }
}
