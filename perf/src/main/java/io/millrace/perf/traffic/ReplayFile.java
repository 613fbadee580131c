package io.millrace.perf.traffic;

import static io.millrace.perf.traffic.World.b;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Writes the same traffic as a file for {@code millrace replay}, spread evenly over a time that is past. */
public final class ReplayFile {
    private static final byte[] TIME = b("{\"v\":1,\"time\":");
    private static final byte[] BEACON = b(",\"beacon\":");
    private static final byte[] AGENT = b(",\"user_agent\":\"");
    private static final byte[] COUNTRY = b("\",\"country\":\"");
    private static final byte[] END = b("\"}\n");

    private ReplayFile() {}

    /**
     * @param until UTC milliseconds of the last event
     * @param span from the first event to the last
     */
    public static void write(Path file, String site, long seed, int events, long until, Duration span)
            throws IOException {
        World world = new World();
        Traffic traffic = new Traffic(seed, 0, 0);
        Format format = Format.of(Format.Name.MILLRACE, site, "example.com");
        Hit hit = new Hit();
        Bytes line = new Bytes();
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            for (int i = 0; i < events; i++) {
                traffic.next(hit);
                line.clear();
                long time = until - span.toMillis() * (events - i) / events;
                line.put(TIME).put(b(Long.toString(time))).put(BEACON);
                format.encode(hit, line);
                line.put(AGENT).put(world.agents[hit.agent]);
                line.put(COUNTRY).put(world.countries[hit.country]).put(END);
                out.write(line.array(), 0, line.length());
            }
        }
    }
}
