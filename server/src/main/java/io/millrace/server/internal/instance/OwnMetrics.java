package io.millrace.server.internal.instance;

import io.millrace.http.NettyFrontEnd;
import io.millrace.server.internal.data.DataDirectory;
import io.millrace.storage.sqlite.SqliteStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/** What the server itself adds to {@code /metrics}: connections, the size of the files, the storage's. Thread-safe. */
final class OwnMetrics implements Supplier<String> {
    private final DataDirectory directory;
    private final SqliteStorage storage;
    private volatile NettyFrontEnd http;

    OwnMetrics(DataDirectory directory, SqliteStorage storage) {
        this.directory = directory;
        this.storage = storage;
    }

    void of(NettyFrontEnd frontEnd) {
        http = frontEnd;
    }

    @Override
    public String get() {
        Path database = directory.database();
        return gauge("millrace_http_connections", "Connections open now.", http.connections())
                + gauge("millrace_database_bytes", "Size of the database.", size(database))
                + gauge("millrace_dead_letters_bytes", "Size of the dead letters.", size(directory.deadLetters()))
                + storage.metrics();
    }

    private static String gauge(String name, String help, long value) {
        return "# HELP %s %s%n# TYPE %s gauge%n%s %d%n".formatted(name, help, name, name, value);
    }

    private static long size(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            return 0; // gone between the two calls
        }
    }
}
