package io.millrace.perf.hostile;

import io.millrace.perf.process.ServerUnderTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A network of strangers on this machine: a namespace of its own, joined by a pair of virtual interfaces, in which
 * processes may send from any of 65,536 addresses. Needs root and iproute2. The addresses are those that RFC 2544 keeps
 * for benchmarks.
 */
final class Network implements AutoCloseable {
    /** This machine, as strangers see it. */
    static final String HERE = "198.18.0.1";

    private static final String THERE = "198.18.0.2";
    private static final String STRANGERS = "198.19.0.0/16";

    private final String name = "millrace" + ProcessHandle.current().pid();
    private final Thread atExit = new Thread(this::remove);

    private Network() {}

    /** Makes one, or null where that is not allowed. */
    static Network open() throws InterruptedException {
        Network network = new Network();
        Runtime.getRuntime().addShutdownHook(network.atExit);
        try {
            network.make();
            return network;
        } catch (IOException e) {
            network.close();
            return null;
        }
    }

    private void make() throws IOException, InterruptedException {
        String here = "h" + name;
        String there = "s" + name;
        ip("netns", "add", name);
        ip("link", "add", here, "type", "veth", "peer", "name", there, "netns", name);
        ip("address", "add", HERE + "/30", "dev", here);
        ip("link", "set", here, "up");
        ip("route", "add", STRANGERS, "via", THERE, "dev", here);
        ip("-n", name, "address", "add", THERE + "/30", "dev", there);
        ip("-n", name, "link", "set", "lo", "up");
        ip("-n", name, "link", "set", there, "up");
        ip("-n", name, "route", "add", "local", STRANGERS, "dev", "lo");
    }

    private static void ip(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(words));
        ServerUnderTest.Output output = ServerUnderTest.run(command);
        if (output.exit() != 0) {
            throw new IOException(String.join(" ", command) + ": " + output.text());
        }
    }

    /** The command, run in it. */
    List<String> inside(List<String> command) {
        List<String> words = new ArrayList<>(List.of("ip", "netns", "exec", name));
        words.addAll(command);
        return words;
    }

    /** An address that processes in a network may send from. */
    static InetAddress stranger(SplittableRandom random) throws UnknownHostException {
        byte[] address = {(byte) 198, 19, (byte) random.nextInt(256), (byte) (1 + random.nextInt(254))};
        return InetAddress.getByAddress(address);
    }

    /** Removes the namespace; its interfaces and routes go with it. */
    private void remove() {
        try {
            ip("netns", "delete", name);
        } catch (IOException none) {
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        remove();
        Runtime.getRuntime().removeShutdownHook(atExit);
    }
}
