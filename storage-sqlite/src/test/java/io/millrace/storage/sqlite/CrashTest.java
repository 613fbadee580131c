package io.millrace.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a process that dies leaves behind: the files as they are at any moment. */
@Timeout(120)
class CrashTest {
    @TempDir
    Path directory;

    @Test
    void rollUpsAreEqualToARecountAfterDyingAtAnyMoment() throws IOException {
        long seed = new Random().nextInt(1_000_000);
        System.out.println("CrashTest: seed " + seed);
        Path file = directory.resolve("millrace.db");
        Histories history = new Histories(SqliteStorage.open(file), seed);
        for (int death = 0; death < 12; death++) {
            history.run(40);
            assertSound(seed, copyOf(file, death));
        }
        history.engine().close();
    }

    @Test
    void whatWasOpenAtADeathGoesOnAsBefore() throws IOException {
        long seed = new Random().nextInt(1_000_000);
        System.out.println("CrashTest: seed " + seed);
        Path file = directory.resolve("millrace.db");
        Histories history = new Histories(SqliteStorage.open(file), seed);
        history.run(150);
        Path copy = copyOf(file, 0);
        history.engine().close();
        try (SqliteStorage reborn = SqliteStorage.open(copy)) {
            assertThat(reborn.writer().catalog().sites()).hasSize(1);
        }
        assertSound(seed, copy);
    }

    private Path copyOf(Path file, int n) throws IOException {
        Path copy = directory.resolve("copy-" + n + ".db");
        Files.copy(file, copy);
        Path wal = file.resolveSibling(file.getFileName() + "-wal");
        if (Files.exists(wal)) {
            Files.copy(wal, copy.resolveSibling(copy.getFileName() + "-wal"));
        }
        return copy;
    }

    private static void assertSound(long seed, Path copy) {
        try (SqliteStorage storage = SqliteStorage.open(copy)) {
            Verification found = storage.verify();
            assertThat(found.differences()).as("seed %d", seed).isEmpty();
            assertThat(found.days()).isPositive();
        }
        SqliteStorage.check(copy);
    }
}
