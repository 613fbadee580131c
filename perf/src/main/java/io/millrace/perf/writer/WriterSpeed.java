package io.millrace.perf.writer;

import io.millrace.engine.Site;
import io.millrace.engine.spi.Batch;
import io.millrace.storage.sqlite.SqliteSettings;
import io.millrace.storage.sqlite.SqliteStorage;
import java.nio.file.Files;
import java.nio.file.Path;

/** How fast the writer alone is. */
public final class WriterSpeed {
    /** 2026-10-20, 00:00 UTC. */
    static final long START = 1_792_454_400_000L;

    private WriterSpeed() {}

    public static void main(String[] args) throws Exception {
        Path file = Path.of(args[0]);
        long n = Long.parseLong(args[1]);
        int size = Integer.parseInt(args[2]);
        int days = Integer.parseInt(args[3]);
        Files.deleteIfExists(file);
        long nanos = 0;
        long cpu = 0;
        try (SqliteStorage storage = SqliteStorage.open(file, SqliteSettings.DEFAULT)) {
            Site site = storage.writer().saveSite(Site.of("example.com"));
            BatchSource source = new BatchSource(site, 1, n, days, START, 0);
            long from = 0;
            for (long done = 0; done < n; done += size) {
                Batch batch = source.next(size);
                long t = System.nanoTime();
                long c =
                        java.lang.management.ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                storage.writer().write(batch);
                nanos += System.nanoTime() - t;
                cpu += java.lang.management.ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - c;
                if (done / 200_000 != (done + size) / 200_000) {
                    System.out.printf(
                            "%,d: %,.0f/s, cpu %,.0f/s%n",
                            done + size, (done + size - from) * 1e9 / nanos, (done + size - from) * 1e9 / cpu);
                    cpu = 0;
                    from = done + size;
                    nanos = 0;
                }
            }
            long t = System.nanoTime();
            System.out.println(storage.reader().generation(site.id()));
            nanos = System.nanoTime() - t;
        }
        System.out.printf("%.1f bytes/page view%n", (double) Files.size(file) / n);
    }
}
