package io.millrace.engine.internal.enrich;

import com.google.common.net.InetAddresses;
import io.millrace.engine.spi.Fixed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Networks of a file, one in CIDR a line, of IPv4 or IPv6; what stands behind a {@code #} does not count. Read by one thread
 * ({@link #refresh}), asked by any.
 */
public final class Networks {
    private static final Logger LOG = LoggerFactory.getLogger(Networks.class);
    private static final int IPV6_BITS = 128;
    private static final int IPV4_BITS = 32;

    private final Path file;
    private FileTime readAt;

    /** First addresses with the last ones of their networks, which do not overlap. */
    @Fixed("read from a file of the operator's")
    private volatile TreeMap<BigInteger, BigInteger> ranges = new TreeMap<>();

    /** @param file read by {@link #refresh}; null: there are none */
    public Networks(Path file) {
        this.file = file;
        refresh();
    }

    /** Reads the file if it is another one than before. One that cannot be read changes nothing. */
    public void refresh() {
        if (file == null) {
            return;
        }
        try {
            FileTime time = Files.getLastModifiedTime(file);
            if (!time.equals(readAt)) {
                readAt = time;
                ranges = read(file);
                LOG.info("{}: {} networks of data centers", file, ranges.size());
            }
        } catch (IOException | UncheckedIOException e) {
            if (readAt != null || ranges.isEmpty()) {
                LOG.warn("{}: cannot be read: {}", file, e.toString());
            }
            readAt = null;
        }
    }

    private static TreeMap<BigInteger, BigInteger> read(Path file) throws IOException {
        TreeMap<BigInteger, BigInteger> ranges = new TreeMap<>();
        try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
            lines.map(line -> line.split("#", 2)[0].strip())
                    .filter(line -> !line.isEmpty())
                    .forEach(line -> add(ranges, line, file));
        }
        return ranges;
    }

    private static void add(TreeMap<BigInteger, BigInteger> ranges, String line, Path file) {
        String[] parts = line.split("/", 2);
        InetAddress address = InetAddresses.isInetAddress(parts[0]) ? InetAddresses.forString(parts[0]) : null;
        int all = address == null || address.getAddress().length == 4 ? IPV4_BITS : IPV6_BITS;
        int bits = parts.length == 1 ? all : parts[1].matches("[0-9]{1,3}") ? Integer.parseInt(parts[1]) : -1;
        if (address == null || bits < 0 || bits > all) {
            LOG.warn("{}: not a network: {}", file, line);
            return;
        }
        BigInteger size = BigInteger.ONE.shiftLeft(all - bits);
        BigInteger first = number(address).divide(size).multiply(size);
        BigInteger last = first.add(size).subtract(BigInteger.ONE);
        Map.Entry<BigInteger, BigInteger> around = ranges.floorEntry(first);
        if (around == null || around.getValue().compareTo(last) < 0) {
            ranges.subMap(first, true, last, true).clear();
            ranges.put(first, last);
        }
    }

    /** IPv4 lies in the IPv6 addresses that begin with zeros, where nothing else is. */
    private static BigInteger number(InetAddress address) {
        return new BigInteger(1, address.getAddress());
    }

    /** Whether an address, null for none, is in one of them. */
    boolean contains(String address) {
        TreeMap<BigInteger, BigInteger> now = ranges;
        if (now.isEmpty() || address == null || !InetAddresses.isInetAddress(address)) {
            return false;
        }
        BigInteger number = number(InetAddresses.forString(address));
        Map.Entry<BigInteger, BigInteger> around = now.floorEntry(number);
        return around != null && number.compareTo(around.getValue()) <= 0;
    }
}
