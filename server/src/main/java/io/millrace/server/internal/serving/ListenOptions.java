package io.millrace.server.internal.serving;

import io.millrace.server.internal.config.Settings;
import java.util.HashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Where and how a server listens. Kept as texts: their settings say what is right. */
final class ListenOptions {
    @Option(names = "--host", paramLabel = "H", description = "the address to listen on (default: 127.0.0.1)")
    private String host;

    @Option(names = "--port", paramLabel = "N", description = "the port; 0: any free one (default: 8080)")
    private String port;

    @Option(names = "--admin-port", paramLabel = "N", description = "one more port, on loopback only, for /metrics")
    private String adminPort;

    @Option(
            names = "--ack",
            paramLabel = "WHEN",
            description = "when a beacon is acknowledged: committed (default) or accepted")
    private String ack;

    @Option(
            names = "--sync",
            paramLabel = "HOW",
            description = "normal (default): survives the process; full: every commit survives a power loss, too")
    private String sync;

    /** By key; null: not given. */
    Map<String, String> flags() {
        Map<String, String> flags = new HashMap<>();
        flags.put(Settings.HOST.key(), host);
        flags.put(Settings.PORT.key(), port);
        flags.put(Settings.ADMIN_PORT.key(), adminPort);
        flags.put(Settings.ACK.key(), ack);
        flags.put(Settings.SYNC.key(), sync);
        return flags;
    }
}
