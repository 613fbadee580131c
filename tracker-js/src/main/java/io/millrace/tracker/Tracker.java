package io.millrace.tracker;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The files of the tracker as a server hands them out. Thread-safe; files are read once and never change.
 *
 * <p>{@code t.js} is what pages load; {@code t.full.js} adds the automatic extras; {@code millrace.js} is the ES module, with
 * {@code millrace.d.ts} and {@code package.json} for bundlers. Scripts name their source map, which lies beside them.
 */
public final class Tracker {
    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final String JSON = "application/json; charset=utf-8";

    /** Where the scripts post to, as they are written. */
    private static final String PATH = "api/collect";

    private static final List<TrackerFile> FILES = List.of(
            read("t.js", SCRIPT),
            read("t.full.js", SCRIPT),
            read("t.js.map", JSON),
            read("t.full.js.map", JSON),
            read("millrace.js", SCRIPT),
            read("millrace.d.ts", "text/plain; charset=utf-8"),
            read("package.json", JSON));

    private Tracker() {}

    /** All files. */
    public static List<TrackerFile> files() {
        return FILES;
    }

    /**
     * All files, the scripts posting to another path: one that a server has instead of {@code /api/collect}. Their hashed
     * names change with it.
     *
     * @param path begins with a slash, and is taken beside the script's directory, as the usual one is
     */
    public static List<TrackerFile> postingTo(String path) {
        return path.equals("/" + PATH)
                ? FILES
                : FILES.stream().map(file -> postingTo(path, file)).toList();
    }

    private static TrackerFile postingTo(String path, TrackerFile file) {
        if (!file.contentType().equals(SCRIPT)) {
            return file;
        }
        String script = new String(file.bytes(), StandardCharsets.UTF_8).replace(PATH, path.substring(1));
        return TrackerFile.of(file.name(), SCRIPT, script.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * One file by its plain name.
     *
     * @throws NoSuchElementException if there is none of that name
     */
    public static TrackerFile file(String name) {
        return FILES.stream().filter(f -> f.name().equals(name)).findFirst().orElseThrow();
    }

    private static TrackerFile read(String name, String contentType) {
        try (InputStream in = Tracker.class.getResourceAsStream(name)) {
            return TrackerFile.of(name, contentType, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
