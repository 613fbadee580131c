package io.millrace.perf.hostile;

import io.millrace.perf.process.ServerUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file system in memory that is small, and can be made larger. Needs root. */
final class SmallDisk implements AutoCloseable {
    private final Path directory = Files.createTempDirectory("disk");
    private final Thread atExit = new Thread(this::unmount);

    private SmallDisk() throws IOException {
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** Makes one of so many MiB, or null where that is not allowed. */
    static SmallDisk of(long mib) throws IOException, InterruptedException {
        SmallDisk disk = new SmallDisk();
        if (run("mount", "-t", "tmpfs", "-o", "size=" + mib + "m", "millrace", disk.directory.toString())) {
            return disk;
        }
        disk.close();
        return null;
    }

    private static boolean run(String... words) throws IOException, InterruptedException {
        return ServerUnderTest.run(List.of(words)).exit() == 0;
    }

    Path directory() {
        return directory;
    }

    /** Gives it so many MiB. */
    void resize(long mib) throws IOException, InterruptedException {
        run("mount", "-o", "remount,size=" + mib + "m", directory.toString());
    }

    private void unmount() {
        try {
            run("umount", directory.toString());
            Files.deleteIfExists(directory);
        } catch (IOException e) {
            System.err.println("left behind: " + directory + ": " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        unmount();
        Runtime.getRuntime().removeShutdownHook(atExit);
    }
}
