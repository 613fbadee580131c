package io.millrace.engine.internal.enrich;

import io.millrace.engine.IpAddress;
import io.millrace.engine.Network;
import io.millrace.engine.spi.Fixed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Networks of a file, one in CIDR a line, of IPv4 or IPv6; what stands behind a {@code #} does not count. Read when it is made, and
 * by a thread of its own whenever the file has changed; asked by any.
 */
public final class Networks implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Networks.class);
    private static final int LOOK_SECONDS = 10;

    private final Path file;
    private final ScheduledExecutorService watch;
    private FileTime readAt;

    /** First addresses with their networks, none of which lies in another. */
    @Fixed("read from a file of the operator's")
    private volatile TreeMap<IpAddress, Network> networks = new TreeMap<>();

    /** @param file null: there are none */
    public Networks(Path file) {
        this.file = file;
        refresh();
        watch = file == null
                ? null
                : Executors.newSingleThreadScheduledExecutor(task -> {
                    Thread thread = new Thread(task, "millrace-networks");
                    thread.setDaemon(true);
                    return thread;
                });
        if (watch != null) {
            watch.scheduleWithFixedDelay(this::refresh, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** Reads the file if it is another one than before. One that cannot be read changes nothing. */
    synchronized void refresh() {
        if (file == null) {
            return;
        }
        try {
            FileTime time = Files.getLastModifiedTime(file);
            if (!time.equals(readAt)) {
                networks = read(file);
                readAt = time;
                LOG.info("{}: {} networks of data centers", file, networks.size());
            }
        } catch (IOException | UncheckedIOException e) {
            if (readAt != null || networks.isEmpty()) {
                LOG.warn("{}: cannot be read: {}", file, e.toString());
            }
            readAt = null;
        }
    }

    private static TreeMap<IpAddress, Network> read(Path file) throws IOException {
        TreeMap<IpAddress, Network> networks = new TreeMap<>();
        try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
            lines.map(line -> line.split("#", 2)[0].strip())
                    .filter(line -> !line.isEmpty())
                    .forEach(line -> add(networks, line, file));
        }
        return networks;
    }

    private static void add(TreeMap<IpAddress, Network> networks, String line, Path file) {
        Network network = Network.parse(line);
        if (network == null) {
            LOG.warn("{}: not a network: {}", file, line);
            return;
        }
        Map.Entry<IpAddress, Network> around = networks.floorEntry(network.first());
        if (around == null || !around.getValue().contains(network.last())) {
            networks.subMap(network.first(), true, network.last(), true).clear();
            networks.put(network.first(), network);
        }
    }

    /** Whether there are none, so that no address has to be read. */
    boolean isEmpty() {
        return networks.isEmpty();
    }

    /** Whether an address, null for none, is in one of them. */
    boolean contains(IpAddress address) {
        Map.Entry<IpAddress, Network> around = address == null ? null : networks.floorEntry(address);
        return around != null && around.getValue().contains(address);
    }

    /** Ends the watch. */
    @Override
    public void close() {
        if (watch != null) {
            watch.shutdownNow();
        }
    }
}
