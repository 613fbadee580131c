package io.millrace.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.engine.Beacon;
import io.millrace.engine.Engine;
import io.millrace.engine.Site;
import io.millrace.engine.spi.StorageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Machines as they are: without a place for temporary files, with directories that no program may run in, with a shell beside. */
@Timeout(60)
class EnvironmentTest {
    @TempDir
    Path directory;

    /** Opens a database, says its only site, and what went wrong in one line. */
    static final class Program {
        private Program() {}

        public static void main(String[] args) {
            try (SqliteStorage storage = SqliteStorage.open(Path.of(args[0]))) {
                System.out.println(
                        storage.writer().saveSite(Site.of("example.com")).domain());
            } catch (StorageException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    private String run(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(options));
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                Program.class.getName(),
                directory.resolve("millrace.db").toString()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return out.strip().lines().reduce((first, last) -> last).orElse(""); // the driver logs before
    }

    private static boolean command(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    }

    @Test
    void aDirectoryThatNoProgramMayRunInIsNamedWithWhatToDo() throws Exception {
        Path noexec = Files.createDirectory(directory.resolve("noexec"));
        Path other = Files.createDirectory(directory.resolve("other"));
        assumeTrue(
                System.getProperty("os.name").equals("Linux")
                        && command("mount", "-t", "tmpfs", "-o", "size=40m,noexec", "tmpfs", noexec.toString()),
                "may not mount");
        try {
            assertThat(run("-Dorg.sqlite.tmpdir=" + noexec, "-Djava.io.tmpdir=" + noexec))
                    .startsWith("SQLite's library cannot be loaded from " + noexec)
                    .contains("maybe mounted noexec", "-Dorg.sqlite.tmpdir=DIR");
            assertThat(run("-Dorg.sqlite.tmpdir=" + noexec, "-Djava.io.tmpdir=" + other))
                    .isEqualTo("example.com");
        } finally {
            assertThat(command("umount", noexec.toString())).isTrue();
        }
    }

    @Test
    void whatIsSortedIsWrittenBesideTheDatabaseOrWhereTheSettingsSay() throws Exception {
        Path elsewhere = Files.createDirectory(directory.resolve("it's elsewhere"));
        SqliteSettings settings =
                SqliteSettings.DEFAULT.with().temporaryDirectory(elsewhere).build();
        SqliteStorage.open(directory.resolve("millrace.db")).close();
        assertThat(temporary()).isEqualTo(directory.toString());
        SqliteStorage.open(directory.resolve("millrace.db"), settings).close();
        assertThat(temporary()).isEqualTo(elsewhere.toString());
    }

    private static String temporary() throws Exception {
        try (Connection c = DriverManager.getConnection("jdbc:sqlite::memory:");
                Statement s = c.createStatement()) {
            return s.executeQuery("PRAGMA temp_store_directory").getString(1);
        }
    }

    @Test
    void whileAShellHoldsTheLockAChangeFailsInTenSecondsAndIsNotDoneLater() throws Exception {
        Path file = directory.resolve("millrace.db");
        Engine engine = Engine.builder(SqliteStorage.open(file)).start();
        Site site = engine.addSite(Site.of("example.com")).join();
        try (Connection shell = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement s = shell.createStatement()) {
            s.execute("BEGIN IMMEDIATE");
            engine.collector()
                    .put(Beacon.pageview(site.id())
                            .url("https://example.com/")
                            .visitorId("v")
                            .build());
            long start = System.nanoTime();
            assertThatThrownBy(() -> engine.addSite(Site.of("example.org")).join())
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(StorageException.class)
                    .hasMessageContaining("another program holds the database's lock");
            assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(12));
            s.execute("ROLLBACK");
        }
        engine.flush().join();
        assertThat(engine.sites().all()).extracting(Site::domain).containsExactly("example.com");
        engine.close();
    }
}
