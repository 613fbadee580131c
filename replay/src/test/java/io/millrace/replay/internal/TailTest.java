package io.millrace.replay.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class TailTest {
    private static final int ROTATIONS = 2_000;

    @TempDir
    Path directory;

    /** Whether the file is renamed while it is opened, read or looked at: each log is read or was gone before. */
    @Test
    @Timeout(60)
    void goesOnHoweverOftenALogIsRotated() throws Exception {
        Path log = Files.writeString(directory.resolve("access.log"), "0\n");
        TreeSet<Integer> read = new TreeSet<>();
        Tail tail = new Tail(log, true, source -> 0);
        poll(tail, read);
        CompletableFuture<Void> rotations = CompletableFuture.runAsync(() -> rotate(log));
        while (!rotations.isDone() || !read.contains(ROTATIONS)) {
            poll(tail, read);
        }
        rotations.join();
        tail.close();
        assertThat(read).contains(0, ROTATIONS);
    }

    private static void poll(Tail tail, Set<Integer> read) throws IOException {
        tail.poll((line, source) -> read.add(Integer.parseInt(new String(line.bytes(), 0, line.length(), UTF_8))));
    }

    private void rotate(Path log) {
        try {
            for (int i = 1; i <= ROTATIONS; i++) {
                Files.move(log, directory.resolve("access.log." + i));
                Path next = Files.writeString(directory.resolve("next"), i + "\n");
                Files.move(next, log);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
