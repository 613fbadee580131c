package io.millrace.server.internal.notify;

import io.millrace.engine.spi.AccountStore.Topic;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was told and what is still to be sent, in one file that is written as a whole: what is told is to be sent, once, whenever the
 * program ends. One thread's.
 */
final class NoticeFile {
    private static final Logger LOG = LoggerFactory.getLogger(NoticeFile.class);
    private static final int DEPTH = 6;

    /** More that wait push out the oldest. */
    static final int MOST = 200;

    /**
     * A notice on its way.
     *
     * @param next when it is tried next
     */
    record Waiting(int subscription, Notice notice, int tries, Instant next) {}

    private final Path file;

    @Fixed("what subscriptions have, which are bounded")
    private Map<String, String> told = new TreeMap<>();

    @Fixed("bounded by MOST")
    private List<Waiting> waiting = new ArrayList<>();

    NoticeFile(Path file) {
        this.file = file;
        if (Files.exists(file)) {
            read();
        }
    }

    /** What was noted under a name, or null. */
    String told(String name) {
        return told.get(name);
    }

    /** Names that begin with this. */
    List<String> names(String prefix) {
        return told.keySet().stream().filter(name -> name.startsWith(prefix)).toList();
    }

    List<Waiting> waiting() {
        return List.copyOf(waiting);
    }

    /** Changes to it that become true together. */
    final class Change {
        private final Map<String, String> nextTold = new TreeMap<>(told);
        private final List<Waiting> nextWaiting = new ArrayList<>(waiting);

        void tell(String name, String what) {
            nextTold.put(name, what);
        }

        /** Forgets what begins with this. */
        void forget(String prefix) {
            nextTold.keySet().removeIf(name -> name.startsWith(prefix));
        }

        void send(int subscription, Notice notice) {
            nextWaiting.add(new Waiting(subscription, notice, 0, notice.at()));
            if (nextWaiting.size() > MOST) {
                LOG.warn("more than {} notices wait; the oldest is left out", MOST);
                nextWaiting.remove(0);
            }
        }

        void remove(Waiting one) {
            nextWaiting.remove(one);
        }

        void replace(Waiting one, Waiting by) {
            nextWaiting.set(nextWaiting.indexOf(one), by);
        }

        /** Makes the changes true, on the disk first. */
        void commit() throws IOException {
            if (nextTold.equals(told) && nextWaiting.equals(waiting)) {
                return;
            }
            write(nextTold, nextWaiting);
            told = nextTold;
            waiting = nextWaiting;
        }
    }

    private void write(Map<String, String> allTold, List<Waiting> allWaiting) throws IOException {
        JsonWriter json = new JsonWriter().object().name("told").object();
        allTold.forEach(json::member);
        json.endObject().name("waiting").array();
        for (Waiting w : allWaiting) {
            json.object()
                    .member("subscription", w.subscription())
                    .member("tries", w.tries())
                    .member("next", w.next().toString())
                    .member("id", w.notice().id())
                    .member("topic", w.notice().topic().name())
                    .member("site", w.notice().site())
                    .member("at", w.notice().at().toString())
                    .member("title", w.notice().title())
                    .member("text", w.notice().text())
                    .member("html", w.notice().html())
                    .name("figures")
                    .object();
            w.notice().figures().forEach(json::member);
            json.endObject().endObject();
        }
        byte[] bytes = json.endArray().endObject().toString().getBytes(StandardCharsets.UTF_8);
        Path next = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel out = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            out.write(ByteBuffer.wrap(bytes));
            out.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void read() {
        try {
            Map<String, Object> all = Json.object(Files.readAllBytes(file), DEPTH);
            ((Map<?, ?>) all.get("told")).forEach((name, what) -> told.put((String) name, (String) what));
            for (Object each : (List<?>) all.get("waiting")) {
                Map<?, ?> w = (Map<?, ?>) each;
                Map<String, Long> figures = new TreeMap<>();
                ((Map<?, ?>) w.get("figures")).forEach((n, v) -> figures.put((String) n, ((Number) v).longValue()));
                Notice notice = new Notice(
                        (String) w.get("id"),
                        Topic.valueOf((String) w.get("topic")),
                        (String) w.get("site"),
                        Instant.parse((String) w.get("at")),
                        (String) w.get("title"),
                        (String) w.get("text"),
                        (String) w.get("html"),
                        figures);
                waiting.add(new Waiting(
                        ((Number) w.get("subscription")).intValue(),
                        notice,
                        ((Number) w.get("tries")).intValue(),
                        Instant.parse((String) w.get("next"))));
            }
        } catch (IOException
                | MalformedJson
                | ClassCastException
                | NullPointerException
                | IllegalArgumentException
                | DateTimeException e) {
            LOG.error("{}: cannot be read, so nothing is known to have been told: {}", file, e.toString());
            told = new TreeMap<>();
            waiting = new ArrayList<>();
        }
    }
}
