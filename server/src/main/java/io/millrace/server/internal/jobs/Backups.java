package io.millrace.server.internal.jobs;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Copies of the database in a directory, named by the time that each was due; so many stay, the youngest. A copy has its name once it is
 * whole, checked and on the disk. Files of other names are left alone. Immutable.
 *
 * @param keep so many copies stay
 */
public record Backups(Path directory, int keep) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Pattern NAME = Pattern.compile("millrace-\\d{4}-\\d\\d-\\d\\dT\\d{6}Z\\.db");
    private static final String PARTIAL = ".partial";

    /** What is left free beside a copy. */
    private static final long SPARE = 64L << 20;

    /** The copies, the youngest first. */
    public List<Path> all() throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(
                            file -> NAME.matcher(file.getFileName().toString()).matches())
                    .sorted(Comparator.comparing(
                                    (Path file) -> file.getFileName().toString())
                            .reversed())
                    .toList();
        }
    }

    /**
     * Makes the copy that is due, unless it is there, and removes those that are too many.
     *
     * @param size bytes that it will have at most
     * @param copy writes it to a file that is not there yet, and checks it
     * @return for people: what was done
     */
    public String run(Instant due, long size, Consumer<Path> copy) throws IOException {
        Files.createDirectories(directory);
        Path target = directory.resolve("millrace-" + TIME.format(due) + ".db");
        if (Files.notExists(target)) {
            write(target, size, copy);
        }
        List<Path> old = all().stream().skip(keep).toList();
        for (Path file : old) {
            Files.delete(file);
        }
        return target.getFileName() + ", " + Files.size(target) + " bytes"
                + (old.isEmpty() ? "" : "; " + old.size() + " removed");
    }

    private void write(Path target, long size, Consumer<Path> copy) throws IOException {
        long free = Files.getFileStore(directory).getUsableSpace();
        if (free < size + SPARE) {
            throw new IOException(
                    directory + ": " + (free >> 20) + " MB are free, a copy needs " + (size + SPARE >> 20));
        }
        Path partial = target.resolveSibling(target.getFileName() + PARTIAL);
        Files.deleteIfExists(partial);
        try {
            copy.accept(partial);
            force(partial, StandardOpenOption.WRITE);
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
            force(directory, StandardOpenOption.READ);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    private static void force(Path path, StandardOpenOption how) throws IOException {
        try (FileChannel file = FileChannel.open(path, how)) {
            file.force(true);
        }
    }
}
