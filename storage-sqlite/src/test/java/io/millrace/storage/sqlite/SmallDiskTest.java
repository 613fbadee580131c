package io.millrace.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.engine.Beacon;
import io.millrace.engine.Counter;
import io.millrace.engine.Engine;
import io.millrace.engine.Health;
import io.millrace.engine.Outcome;
import io.millrace.engine.Receipt;
import io.millrace.engine.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the engine does on a real disk that is nearly full. Needs the right to mount one of memory. */
@Timeout(60)
class SmallDiskTest {
    private static final int MB = 1 << 20;

    /** A quarter of the disk, which is the most that is kept in reserve. */
    private static final int RESERVE = 10 * MB;

    @TempDir
    Path directory;

    private Path disk;
    private boolean mounted;
    private Engine engine;
    private Site site;

    private static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    }

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createDirectory(directory.resolve("disk"));
        mounted = System.getProperty("os.name").equals("Linux")
                && run("mount", "-t", "tmpfs", "-o", "size=40m", "tmpfs", disk.toString());
        assumeTrue(mounted, "may not mount");
        engine = Engine.builder(SqliteStorage.open(disk.resolve("millrace.db"))).start();
        site = engine.addSite(Site.of("example.com")).join();
    }

    @AfterEach
    void unmount() throws Exception {
        if (engine != null) {
            engine.close();
        }
        if (mounted) {
            assertThat(run("umount", disk.toString())).isTrue();
        }
    }

    private Beacon view(int id) {
        return Beacon.pageview(site.id())
                .url("https://example.com/" + "a-long-path/".repeat(100) + id)
                .visitorId("v" + id)
                .build();
    }

    private Health awaitHealth(Health.State state) {
        Health health = engine.health();
        while (health.state() != state) {
            Thread.yield();
            assertThat(Thread.interrupted()).as("in time").isFalse();
            health = engine.health();
        }
        return health;
    }

    private long free() throws IOException {
        return Files.getFileStore(disk).getUsableSpace();
    }

    @Test
    void beaconsAreRefusedBeforeTheDiskIsFullAndTakenAgainWhenThereIsRoom() throws Exception {
        Path ballast = Files.write(disk.resolve("ballast"), new byte[18 * MB]);
        int taken = 0;
        Receipt lost = (i, outcome) -> assertThat(outcome).isEqualTo(Outcome.STORED);
        while (engine.health().state() == Health.State.RUNNING) {
            assertThat(Thread.interrupted()).as("in time").isFalse();
            taken += engine.collector().offer(view(taken), lost) ? 1 : 0;
        }
        assertThat(engine.health().reason()).startsWith("less than 10 MB are free on the disk of " + disk);
        assertThat(engine.collector().offer(view(taken), lost)).isFalse();
        engine.flush().join();
        assertThat(free()).isLessThan(RESERVE + RESERVE / 2);
        assertThat(free() - Files.size(disk.resolve("millrace.db-wal")))
                .as("free when the log is in the database")
                .isGreaterThan(RESERVE / 4);
        engine.addSite(Site.of("example.org")).join(); // administration goes on

        CompletableFuture<Outcome> waiting = CompletableFuture.supplyAsync(
                        () -> engine.collector().put(view(1_000_000)))
                .thenCompose(done -> done);
        assertThat(waiting).isNotDone();
        Files.delete(ballast);
        awaitHealth(Health.State.RUNNING);
        assertThat(waiting.join()).isEqualTo(Outcome.STORED);
        assertThat(engine.collector().offer(view(1_000_001), lost)).isTrue();
        engine.flush().join();
        assertThat(engine.counters().get(Counter.STORED, site.id())).isEqualTo(taken + 2L);
        assertThat(((SqliteStorage) engine.storage()).verify().differences()).isEmpty();
    }
}
