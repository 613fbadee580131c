package io.millrace.server.internal.instance;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dashboard.Operator.Finding;
import io.millrace.dashboard.Operator.Severity;
import io.millrace.server.internal.config.Config;
import io.millrace.server.internal.data.DataDirectory;
import io.millrace.storage.sqlite.DatabaseLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found of an instance that something is wrong with. */
class DoctorTest {
    @TempDir
    private Path directory;

    private Instant now = Instant.parse("2026-03-01T12:34:56Z");

    private void with(Map<String, String> settings, Consumer<Duties> test) throws Exception {
        Map<String, String> all = new HashMap<>(settings);
        all.putIfAbsent("sqlite.disk_reserve", "1m");
        DataDirectory data = new DataDirectory(directory.resolve("data"));
        try (DatabaseLock lock = data.tryLock();
                Instance instance = Instance.open(data, lock, Config.resolve(all, Map.of(), null), () -> now);
                Duties duties = new Duties(instance)) {
            test.accept(duties);
        }
    }

    private static List<String> ids(Duties instance) {
        return instance.findings().stream().map(Finding::id).toList();
    }

    @Test
    void aCopyOnTheSameDiskIsWorthKnowingAndAnOldOneIsCritical() throws Exception {
        Path copies = directory.resolve("copies");
        with(Map.of("backup.directory", copies.toString()), instance -> {
            assertThat(ids(instance)).containsExactly("no_backup");
            assertThat(instance.jobs().run("backup").join().state().said()).startsWith("millrace-2026-0");
            now = Instant.now();
            assertThat(ids(instance)).containsExactly("backup_same_disk");
            now = now.plus(Duration.ofDays(3));
            assertThat(instance.findings().get(0))
                    .extracting(Finding::id, Finding::severity)
                    .containsExactly("backup_old", Severity.CRITICAL);
        });
    }

    @Test
    void aDiskBelowTheReserveRefusesBeacons() throws Exception {
        long free = Files.getFileStore(directory).getUsableSpace();
        with(
                Map.of("sqlite.disk_reserve", free * 3 / 4 + ""),
                instance -> assertThat(ids(instance)).containsAnyOf("disk_low", "disk_full"));
    }

    @Test
    void theClockTheProxyAndTheAddressAreLookedAt() throws Exception {
        with(Map.of("host", "0.0.0.0"), instance -> {
            instance.onFindings(() -> "all of the first 1000 beacons came from 10.0.0.1");
            now = now.plus(Duration.ofHours(2));
            instance.watchClock();

            assertThat(instance.findings())
                    .extracting(Finding::id)
                    .containsExactly("proxy_untrusted", "no_backup", "clock_jump", "no_public_url");
            assertThat(instance.findings().get(2).what())
                    .matches("The clock was set forward by (7199|7200) s at 2026-03-01T14.*");

            now = now.plus(Duration.ofDays(2));
            assertThat(ids(instance)).doesNotContain("clock_jump");
        });
    }

    @Test
    void eventsThatCouldNotBeStoredAndJobsThatFailedAreNamed() throws Exception {
        with(Map.of("backup.directory", "/proc/none"), instance -> {
            assertThat(instance.jobs().run("backup").join().state().failures()).isEqualTo(1);
            instance.instance().directory().deadLetters();
            write(instance.instance().directory().deadLetters());

            assertThat(ids(instance)).containsExactly("dead_letters", "no_backup", "job_failed");
        });
    }

    private static void write(Path file) {
        try {
            Files.writeString(file, "{}\n");
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void everyJobCanBeDoneOnAnEmptyDatabase() throws Exception {
        with(
                Map.of(
                        "retention",
                        "30d",
                        "backup.directory",
                        directory.resolve("copies").toString()),
                instance -> {
                    for (var job : instance.jobs().all()) {
                        assertThat(instance.jobs()
                                        .run(job.job().name())
                                        .join()
                                        .state()
                                        .result())
                                .as(job.job().name())
                                .isEqualTo(job.job().name().equals("notices") ? "off" : "ok");
                    }
                });
    }
}
