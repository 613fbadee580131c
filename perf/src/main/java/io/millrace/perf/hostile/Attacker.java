package io.millrace.perf.hostile;

import io.millrace.perf.hostile.Attack.Layer;
import io.millrace.perf.hostile.Attack.Target;
import io.millrace.perf.net.Tls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * The process that attacks: one kind for a time, within its share of the processors. It begins when it is told a line, so
 * that its own start is nobody's load, and prints what it did, a line each.
 */
final class Attacker {
    private Attacker() {}

    public static void main(String[] args) throws IOException {
        Attack attack = Attacks.named(args[0]);
        Target target = new Target(args[1], Integer.parseInt(args[2]), args[3], args[4], args[5]);
        Swarm.Orders orders = Swarm.Orders.read(List.of(args).subList(6, args.length));
        Tls tls = orders.tls() && attack.layer() != Layer.BELOW_TLS ? Tls.insecure(target.host(), target.port()) : null;
        Strangers strangers = new Strangers(orders.seed(), target.authority());
        Swarm swarm = new Swarm(
                target.address(), tls, attack.connections(), attack.scripts().apply(strangers, target));
        if (System.in.read() >= 0) {
            swarm.run(orders).forEach((name, value) -> System.out.println(name + " " + value));
        }
    }

    /** What starts it. */
    static List<String> command(Attack attack, Target target, Swarm.Orders orders) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                orders.tls() ? "-Xmx2g" : "-Xmx512m",
                "-XX:MaxDirectMemorySize=512m",
                "-cp",
                System.getProperty("java.class.path"),
                Attacker.class.getName(),
                attack.name(),
                target.host(),
                Integer.toString(target.port()),
                target.link(),
                target.locked(),
                target.file()));
        command.addAll(orders.words());
        return command;
    }

    /** An attacker that has been started and waits for its moment. */
    static final class Waiting implements AutoCloseable {
        private final Process process;

        Waiting(List<String> command) throws IOException {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        }

        /** Lets it attack; what it prints when it is done. */
        CompletableFuture<String> attack() throws IOException {
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
            return CompletableFuture.supplyAsync(this::printed);
        }

        private String printed() {
            try {
                return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    /**
     * What an attacker says it did.
     *
     * @param connects connections it began
     * @param refused those that were not made
     * @param closed those that the server closed
     * @param cores processors that it kept busy
     * @param statuses what it was answered
     */
    record Done(long connects, long refused, long closed, long sentBytes, double cores, Map<Integer, Long> statuses) {

        static Done read(String printed) throws IOException {
            Map<String, String> lines = printed.lines()
                    .filter(line -> line.matches("(connects|refused|closed|sent|cores|status-\\d+) [0-9.E-]+"))
                    .map(line -> line.split(" "))
                    .collect(Collectors.toMap(words -> words[0], words -> words[1]));
            if (!lines.containsKey("cores")) {
                throw new IOException("the attacker failed: " + printed);
            }
            Map<Integer, Long> statuses = new TreeMap<>();
            lines.forEach((name, value) -> {
                if (name.startsWith("status-")) {
                    statuses.put(Integer.parseInt(name.substring(7)), Long.parseLong(value));
                }
            });
            return new Done(
                    Long.parseLong(lines.get("connects")),
                    Long.parseLong(lines.get("refused")),
                    Long.parseLong(lines.get("closed")),
                    Long.parseLong(lines.get("sent")),
                    Double.parseDouble(lines.get("cores")),
                    statuses);
        }
    }
}
