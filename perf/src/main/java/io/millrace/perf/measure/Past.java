package io.millrace.perf.measure;

import io.millrace.perf.process.Millrace;
import io.millrace.perf.process.ServerUnderTest;
import io.millrace.perf.traffic.ReplayFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

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

    /** Gives a visitor two page views on each of the last days, today among them. */
    static void visitor(Millrace server, String site, String visitor, int days)
            throws IOException, InterruptedException {
        Path file = Files.createTempFile("visitor", ".ndjson");
        try {
            List<String> lines = new ArrayList<>();
            for (int day = days - 1; day >= 0; day--) {
                long time = System.currentTimeMillis() - Duration.ofDays(day).toMillis() - 60_000;
                for (int page = 0; page < 2; page++) {
                    lines.add("{\"v\":1,\"time\":" + (time + page) + ",\"beacon\":{\"site_id\":" + site
                            + ",\"type\":\"pageview\",\"visitor_id\":\"" + visitor
                            + "\",\"url\":\"https://example.com/p"
                            + page + "\"}}");
                }
            }
            done(server.command("replay", Files.write(file, lines).toString()));
        } finally {
            Files.delete(file);
        }
    }

    /** What a command printed, which must have succeeded. */
    static ServerUnderTest.Output done(ServerUnderTest.Output output) throws IOException {
        if (output.exit() != 0) {
            throw new IOException(output.text());
        }
        return output;
    }
}
