package io.millrace.storage.sqlite.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.storage.sqlite.SqliteSettings;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DiskReserveTest {
    private static final long MB = 1 << 20;

    private final AtomicLong free = new AtomicLong(100 * MB);
    private final AtomicLong now = new AtomicLong();
    private long owed;
    private final DiskReserve disk = new DiskReserve(Path.of("/data"), 80 * MB, free::get, now::get);

    private String shortageWith(long freeMegabytes) {
        free.set(freeMegabytes * MB);
        now.addAndGet(1_000_000_000);
        return disk.shortage(() -> owed);
    }

    @Test
    void withLessThanTheReserveNoMoreShouldCome() {
        assertThat(shortageWith(80)).isNull();
        assertThat(shortageWith(79))
                .isEqualTo(
                        "less than 80 MB are free on the disk of /data beside what is in the write-ahead log; they are kept in reserve");
    }

    @Test
    void aFewBytesMoreThanTheReserveDoNotEndAShortage() {
        assertThat(shortageWith(79)).isNotNull();
        assertThat(shortageWith(81)).isNotNull();
        assertThat(shortageWith(90)).isNull();
        assertThat(shortageWith(81)).isNull();
    }

    @Test
    void theFileSystemIsNotAskedAtEveryBatch() {
        assertThat(shortageWith(100)).isNull();
        free.set(0);
        assertThat(disk.shortage(() -> owed)).isNull();
        assertThat(shortageWith(0)).isNotNull();
    }

    @Test
    void afterALargeBatchItIsAskedAtOnce() {
        assertThat(shortageWith(100)).isNull();
        free.set(0);
        disk.written(1_024);
        assertThat(disk.shortage(() -> owed)).isNotNull();
    }

    @Test
    void whatTheNextCheckpointWritesIsCountedAsWritten() {
        owed = 30 * MB;
        assertThat(shortageWith(109)).isNotNull();
        assertThat(shortageWith(121)).isNull();
    }

    @Test
    void theLogTakesAQuarterOfTheReserve() {
        assertThat(new DiskReserve(Path.of("/data"), 512 * MB, free::get, now::get).fit(SqliteSettings.DEFAULT))
                .isEqualTo(SqliteSettings.DEFAULT);
        SqliteSettings small = disk.fit(SqliteSettings.DEFAULT);
        assertThat(small.walLimitBytes()).isEqualTo(20 * MB);
        assertThat(small.checkpointPages()).isEqualTo(640);
    }

    @Test
    void whatWaitsTakesASixteenthOfTheReserve() {
        assertThat(disk.mostWaiting()).isEqualTo(5 * MB);
    }
}
