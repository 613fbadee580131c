package io.millrace.perf.hostile;

import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * Something that strangers do.
 *
 * @param name of the kind, as given on the command line
 * @param what it is, for people
 * @param connections at a time
 * @param scripts makes what each connection does
 */
record Attack(String name, String what, int connections, BiFunction<Strangers, Target, Supplier<Script>> scripts) {

    /**
     * What is attacked.
     *
     * @param port on this machine
     * @param link the token of a shared link of site 1, which is the one that is attacked
     * @param locked the token of one with a password
     * @param file the path of the largest file that is served
     */
    record Target(int port, String link, String locked, String file) {}

    Swarm swarm(Strangers strangers, Target target, double cores) {
        return new Swarm(
                new java.net.InetSocketAddress("127.0.0.1", target.port()),
                connections,
                scripts.apply(strangers, target),
                cores);
    }
}
