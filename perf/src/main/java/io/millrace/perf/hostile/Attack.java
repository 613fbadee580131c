package io.millrace.perf.hostile;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * Something that strangers do.
 *
 * @param name of the kind, as given on the command line
 * @param what it is, for people
 * @param connections at a time
 * @param way how the strangers come
 * @param layer what their bytes are sent over
 * @param smallDisk whether the server's disk is so small that it fills
 * @param scripts makes what each connection does
 */
record Attack(
        String name,
        String what,
        int connections,
        Way way,
        Layer layer,
        boolean smallDisk,
        BiFunction<Strangers, Target, Supplier<Script>> scripts) {
    private static final int ASKING = 64;

    /** How strangers come. */
    enum Way {
        /** A proxy that is trusted tells of them, each request of another: what is counted by address counts. */
        PROXY,
        /** They connect themselves, each from another address of a network, where one can be made; else from loopback. */
        NETWORK
    }

    /** What the bytes of an attack are sent over. */
    enum Layer {
        /** Plain, or TLS when the server is to speak it. */
        HTTP,
        /** TLS, always. */
        TLS,
        /** A server that speaks TLS is sent the bytes as they are. */
        BELOW_TLS
    }

    /**
     * What is attacked.
     *
     * @param host and {@code port} of the server
     * @param link the token of a shared link of site 1, which is the one that is attacked
     * @param locked the token of one with a password
     * @param file the path of the largest file that is served
     */
    record Target(String host, int port, String link, String locked, String file) {

        InetSocketAddress address() {
            return new InetSocketAddress(host, port);
        }

        String authority() {
            return host + ":" + port;
        }
    }

    /** One of connections, from a network of strangers. */
    static Attack ofConnections(
            String name, String what, int connections, BiFunction<Strangers, Target, Supplier<Script>> scripts) {
        return new Attack(name, what, connections, Way.NETWORK, Layer.HTTP, false, scripts);
    }

    /** One of requests that each wait for the answer to the one before. */
    static Attack ofRequests(String name, String what, BiFunction<Strangers, Target, ByteBuffer> requests) {
        return new Attack(name, what, ASKING, Way.PROXY, Layer.HTTP, false, (s, t) -> {
            Supplier<ByteBuffer> next = () -> requests.apply(s, t);
            return () -> Scripts.ask(next);
        });
    }

    /** The same over another layer. */
    Attack over(Layer other) {
        return new Attack(name, what, connections, way, other, smallDisk, scripts);
    }

    /** The same on a disk that fills. */
    Attack onSmallDisk() {
        return new Attack(name, what, connections, way, layer, true, scripts);
    }
}
