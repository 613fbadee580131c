package io.millrace.perf.hostile;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The process that attacks: one kind for a time, within its share of the processors. Prints what it did, a line each. */
final class Attacker {
    private Attacker() {}

    public static void main(String[] args) throws IOException {
        Attack attack = Attacks.named(args[0]);
        Attack.Target target = new Attack.Target(Integer.parseInt(args[1]), args[2], args[3], args[4]);
        Duration time = Duration.ofMillis(Long.parseLong(args[5]));
        Strangers strangers = new Strangers(Long.parseLong(args[7]), "127.0.0.1:" + target.port());
        Swarm.Totals totals =
                attack.swarm(strangers, target, Double.parseDouble(args[6])).run(time);
        System.out.println("connects " + totals.connects);
        System.out.println("closed " + totals.thrownOut);
        System.out.println("sent " + totals.sent);
        System.out.println("cores " + totals.cpuSeconds / (time.toMillis() / 1e3));
        totals.statuses.forEach((status, n) -> System.out.println("status " + status + " " + n));
    }

    /** The words that start it. */
    static String[] words(Attack attack, Attack.Target target, Duration time, double cores, long seed) {
        return new String[] {
            attack.name(),
            Integer.toString(target.port()),
            target.link(),
            target.locked(),
            target.file(),
            Long.toString(time.toMillis()),
            Double.toString(cores),
            Long.toString(seed)
        };
    }

    /**
     * What an attacker says it did.
     *
     * @param cores processors that it kept busy
     * @param statuses what it was answered
     */
    record Done(long connects, long closed, long sentBytes, double cores, Map<Integer, Long> statuses) {

        static Done read(String printed) throws IOException {
            Map<String, String> lines = printed.lines()
                    .filter(line -> line.matches("(connects|closed|sent|cores) .*"))
                    .collect(Collectors.toMap(line -> line.split(" ")[0], line -> line.split(" ")[1]));
            if (lines.size() < 4) {
                throw new IOException("the attacker failed: " + printed);
            }
            Map<Integer, Long> statuses = new TreeMap<>();
            printed.lines()
                    .filter(line -> line.startsWith("status "))
                    .map(line -> line.split(" "))
                    .forEach(words -> statuses.put(Integer.parseInt(words[1]), Long.parseLong(words[2])));
            return new Done(
                    Long.parseLong(lines.get("connects")),
                    Long.parseLong(lines.get("closed")),
                    Long.parseLong(lines.get("sent")),
                    Double.parseDouble(lines.get("cores")),
                    statuses);
        }
    }
}
