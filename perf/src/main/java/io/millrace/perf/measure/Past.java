package io.millrace.perf.measure;

import io.millrace.perf.process.Millrace;
import io.millrace.perf.process.ServerProcess;
import io.millrace.perf.traffic.ReplayFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Gives a site thirty days of page views before its server starts. */
final class Past {
    private Past() {}

    static void fill(Millrace server, String site, long seed, int views) throws IOException, InterruptedException {
        Path file = Files.createTempFile("views", ".ndjson");
        try {
            ReplayFile.write(file, site, seed, views, System.currentTimeMillis(), Duration.ofDays(30));
            Common.say("replaying %,d page views into site %s", views, site);
            done(server.command("replay", file.toString()));
        } finally {
            Files.delete(file);
        }
    }

    /** What a command printed, which must have succeeded. */
    static ServerProcess.Output done(ServerProcess.Output output) throws IOException {
        if (output.exit() != 0) {
            throw new IOException(output.text());
        }
        return output;
    }
}
