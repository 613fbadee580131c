package io.millrace.server.internal.command;

import io.millrace.server.internal.config.Config;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Where the data is, and where settings are read from: the options that all commands take. */
public final class DataOption {
    private static final String FILE = "millrace.toml";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "the directory that holds everything (default: ./data; of the demo ./demo-data)")
    private String data;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "the file with settings (default: ./millrace.toml, if there is one)")
    private String config;

    /** The settings as this command sees them. */
    public Config config(Invocation invocation) {
        return config(invocation, Map.of());
    }

    /** The same with more flags, by key; null values were not given. */
    public Config config(Invocation invocation, Map<String, String> flags) {
        Map<String, String> all = new HashMap<>(flags);
        if (data != null) {
            all.put("data", data);
        }
        return Config.resolve(all, invocation.environment(), file(invocation));
    }

    private Path file(Invocation invocation) {
        if (config != null) {
            return invocation.file(config);
        }
        Path file = invocation.file(FILE);
        return Files.exists(file) ? file : null;
    }
}
