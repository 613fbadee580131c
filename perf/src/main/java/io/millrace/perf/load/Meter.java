package io.millrace.perf.load;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads what this process and the server have used, from {@code /proc}. */
public final class Meter {
    private static final long NANOS_PER_TICK = 10_000_000;
    private static final OperatingSystemMXBean OWN =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final long pid;
    private final Path data;

    /**
     * @param pid of the server, or 0 when it is not known
     * @param data the server's data directory, or null
     */
    public Meter(long pid, Path data) {
        this.pid = pid;
        this.data = data;
    }

    /**
     * What was used up to a moment; -1: not known.
     *
     * @param ownCpuNanos processor time of this process
     * @param serverCpuNanos processor time of the server
     * @param serverAnonymousKb the server's resident memory that is not a file's, in KiB
     * @param walBytes length of the database's write-ahead log
     * @param databaseBytes length of the database
     */
    public record Sample(
            long ownCpuNanos, long serverCpuNanos, long serverAnonymousKb, long walBytes, long databaseBytes) {}

    /** Takes a sample now. */
    public Sample sample() {
        return new Sample(
                OWN.getProcessCpuTime(), cpuNanos(pid), anonymousKb(pid), size("millrace.db-wal"), size("millrace.db"));
    }

    /** Processor time of a process, to 10 ms; -1 when there is none. */
    public static long cpuNanos(long pid) {
        String stat = read(pid, "stat");
        if (stat == null) {
            return -1;
        }
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * NANOS_PER_TICK;
    }

    /** Anonymous resident memory of a process in KiB; -1 when there is none. */
    public static long anonymousKb(long pid) {
        String status = read(pid, "status");
        int at = status == null ? -1 : status.indexOf("RssAnon:");
        return at < 0
                ? -1
                : Long.parseLong(
                        status.substring(at + 8, status.indexOf("kB", at)).trim());
    }

    private static String read(long pid, String name) {
        if (pid <= 0) {
            return null;
        }
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), name));
        } catch (IOException gone) {
            return null;
        }
    }

    private long size(String name) {
        if (data == null) {
            return -1;
        }
        try {
            return Files.size(data.resolve(name));
        } catch (NoSuchFileException none) {
            return 0;
        } catch (IOException e) {
            return -1;
        }
    }
}
