package io.millrace.server.internal.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupsTest {
    private static final Instant DUE = Instant.parse("2026-03-01T03:30:00Z");

    @TempDir
    private Path directory;

    private int copies;

    private void copy(Path to) {
        try {
            Files.writeString(to, "copy " + copies++);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void keepsTheYoungestAndLeavesOtherFilesAlone() throws Exception {
        Backups backups = new Backups(directory.resolve("a/b"), 3);
        Files.createDirectories(backups.directory());
        Files.writeString(backups.directory().resolve("millrace-2020-01-01T000000Z.db.mine"), "mine");
        for (int day = 0; day < 5; day++) {
            backups.run(DUE.plus(Duration.ofDays(day)), 10, this::copy);
        }
        assertThat(backups.all())
                .extracting(file -> file.getFileName().toString())
                .containsExactly(
                        "millrace-2026-03-05T033000Z.db",
                        "millrace-2026-03-04T033000Z.db",
                        "millrace-2026-03-03T033000Z.db");
        assertThat(backups.directory().resolve("millrace-2020-01-01T000000Z.db.mine"))
                .exists();
    }

    @Test
    void makesTheSameCopyOnce() throws Exception {
        Backups backups = new Backups(directory, 3);
        backups.run(DUE, 10, this::copy);
        assertThat(backups.run(DUE, 10, this::copy)).isEqualTo("millrace-2026-03-01T033000Z.db, 6 bytes");
        assertThat(copies).isEqualTo(1);
    }

    @Test
    void leavesNothingOfACopyThatFailed() throws Exception {
        Backups backups = new Backups(directory, 1);
        backups.run(DUE, 10, this::copy);

        assertThatThrownBy(() -> backups.run(DUE.plusSeconds(1), 10, to -> {
                    copy(to);
                    throw new IllegalStateException("not sound");
                }))
                .hasMessage("not sound");
        assertThatThrownBy(() -> backups.run(DUE.plusSeconds(2), Long.MAX_VALUE / 2, this::copy))
                .hasMessageContaining("MB are free, a copy needs");

        assertThat(directory).isDirectoryContaining("glob:**033000Z.db");
        assertThat(backups.all()).hasSize(1);
        assertThat(Files.list(directory)).hasSize(1);
    }
}
