package io.millrace.http;

import io.millrace.engine.spi.Fixed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * The files that are served, each under the exact paths it was added with: there is nothing to escape from. Immutable.
 */
public final class StaticFiles {

    /** None at all. */
    public static final StaticFiles NONE = new StaticFiles(Map.of(), Map.of());

    /** How a file may be kept and used. */
    public enum Kind {
        /** A page or what it loads, under a name that stays: asked for again each time, answered by ETag. */
        PAGE,
        /** Under a name that changes with its content: kept for a year. */
        IMMUTABLE,
        /** A script that other sites' pages load, under a name that stays: kept for an hour. */
        SCRIPT,
        /** A script that other sites' pages load, under a name that changes with its content. */
        IMMUTABLE_SCRIPT
    }

    /** A file. Compressed and hashed when it is first asked for, so that a start need not wait for it. Thread-safe. */
    public static final class StaticFile {
        private static final int WORTH_GZIP = 1024;

        private final Kind kind;
        private final String contentType;
        private final byte[] body;

        @Fixed("the body, compressed")
        private volatile byte[] gzip;

        private volatile String etag;

        private StaticFile(Kind kind, String contentType, byte[] body) {
            this.kind = kind;
            this.contentType = contentType;
            this.body = body.clone();
        }

        public Kind kind() {
            return kind;
        }

        public String contentType() {
            return contentType;
        }

        /** The bytes themselves; not to be written to. */
        public byte[] body() {
            return body;
        }

        /** Whether it is sent compressed to those who take that: text of more than a packet. */
        public boolean worthGzip() {
            boolean image = contentType.startsWith("image/") && !contentType.contains("svg");
            return !image && !contentType.startsWith("font/") && body.length > WORTH_GZIP;
        }

        /** The body compressed; not to be written to. */
        public byte[] gzip() {
            byte[] made = gzip;
            if (made == null) {
                made = compressed(body);
                gzip = made;
            }
            return made;
        }

        /** Its ETag, quoted. */
        public String etag() {
            String made = etag;
            if (made == null) {
                made = hash(body);
                etag = made;
            }
            return made;
        }

        private static byte[] compressed(byte[] body) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
                gzip.write(body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return bytes.toByteArray();
        }

        private static String hash(byte[] body) {
            try {
                byte[] hash = MessageDigest.getInstance("SHA-256").digest(body);
                return '"' + HexFormat.of().formatHex(hash, 0, 8) + '"';
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Fixed("files of the program")
    private final Map<String, StaticFile> paths;

    @Fixed("files of the program")
    private final Map<String, StaticFile> prefixes;

    private StaticFiles(Map<String, StaticFile> paths, Map<String, StaticFile> prefixes) {
        this.paths = paths;
        this.prefixes = prefixes;
    }

    /** The file at this path, or null. */
    public StaticFile find(String path) {
        StaticFile found = paths.get(path);
        if (found != null || prefixes.isEmpty()) {
            return found;
        }
        for (Map.Entry<String, StaticFile> e : prefixes.entrySet()) {
            if (path.startsWith(e.getKey())) {
                return e.getValue();
            }
        }
        return null;
    }

    /** Starts a table. */
    public static Builder builder() {
        return new Builder();
    }

    /** Gathers files. Not thread-safe. */
    public static final class Builder {
        private final Map<String, StaticFile> paths = new HashMap<>();
        private final Map<String, StaticFile> prefixes = new HashMap<>();

        private Builder() {}

        /** Serves these bytes at a path; its content type goes by {@code name}'s ending. */
        public Builder add(String path, String name, byte[] body, Kind kind) {
            paths.put(path, new StaticFile(kind, contentType(name), body));
            return this;
        }

        /** Serves these bytes at every path with this beginning: a page that reads the rest of the path itself. */
        public Builder addPrefix(String prefix, String name, byte[] body, Kind kind) {
            prefixes.put(prefix, new StaticFile(kind, contentType(name), body));
            return this;
        }

        public StaticFiles build() {
            return new StaticFiles(Map.copyOf(paths), Map.copyOf(prefixes));
        }

        private static String contentType(String name) {
            String ending = name.substring(name.lastIndexOf('.') + 1);
            return switch (ending) {
                case "html" -> "text/html; charset=utf-8";
                case "js", "mjs" -> "text/javascript; charset=utf-8";
                case "css" -> "text/css; charset=utf-8";
                case "json", "map" -> "application/json";
                case "svg" -> "image/svg+xml";
                case "png" -> "image/png";
                case "ico" -> "image/x-icon";
                case "woff2" -> "font/woff2";
                case "txt", "tsv" -> "text/plain; charset=utf-8";
                default -> "application/octet-stream";
            };
        }
    }
}
