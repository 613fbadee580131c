package io.millrace.server.internal.jobs;

import io.millrace.engine.spi.Fixed;
import io.millrace.wire.json.Json;
import io.millrace.wire.json.JsonWriter;
import io.millrace.wire.json.MalformedJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When each job ran and what came of it, in a file of its own beside the database: a copy that is restored does not have the jobs of
 * last week done once more. The file is whole whenever the machine stops. Thread-safe.
 */
final class JobLedger {
    private static final Logger LOG = LoggerFactory.getLogger(JobLedger.class);
    private static final int DEPTH = 4;

    private final Path file;

    @Fixed("one for each job")
    private final Map<String, JobState> states = new TreeMap<>();

    /** A file that cannot be read counts as none, with a line in the log. */
    JobLedger(Path file) {
        this.file = file;
        if (Files.exists(file)) {
            read();
        }
    }

    synchronized JobState of(String job) {
        return states.getOrDefault(job, JobState.NEVER);
    }

    /** Keeps it, on the disk before this returns. */
    synchronized void put(String job, JobState state) throws IOException {
        JobState before = states.put(job, state);
        try {
            write();
        } catch (IOException e) {
            if (before == null) {
                states.remove(job);
            } else {
                states.put(job, before);
            }
            throw e;
        }
    }

    private void read() {
        try {
            Json.object(Files.readAllBytes(file), DEPTH).forEach((job, value) -> {
                Map<?, ?> state = (Map<?, ?>) value;
                Number failures = (Number) state.get("failures");
                states.put(
                        job,
                        new JobState(
                                time(state, "due"),
                                time(state, "began"),
                                time(state, "ended"),
                                failures == null ? 0 : failures.intValue(),
                                (String) state.get("said")));
            });
        } catch (IOException | MalformedJson | ClassCastException | DateTimeException e) {
            LOG.error("{}: cannot be read, so no job is known to have run: {}", file, e.toString());
            states.clear();
        }
    }

    private static Instant time(Map<?, ?> state, String name) {
        return state.get(name) == null ? null : Instant.parse((String) state.get(name));
    }

    private void write() throws IOException {
        JsonWriter json = new JsonWriter().object();
        states.forEach((job, state) -> json.name(job)
                .object()
                .member("due", text(state.due()))
                .member("began", text(state.began()))
                .member("ended", text(state.ended()))
                .member("failures", state.failures())
                .member("said", state.said())
                .endObject());
        Path next = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel out = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            out.write(ByteBuffer.wrap(json.endObject().toString().getBytes(StandardCharsets.UTF_8)));
            out.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String text(Instant time) {
        return time == null ? null : time.toString();
    }
}
