package io.millrace.perf.hostile;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every attack there is; most are ten times as large as one that once stopped, filled or starved a server. */
final class Attacks {
    /** By what they are after: connections, answers, memory and disk, hash tables, the parsers, the readers, the doors. */
    static final List<Attack> ALL = Stream.of(
                    Unfinished.all(),
                    Unread.all(),
                    Floods.all(),
                    Collisions.all(),
                    Costly.all(),
                    Questions.all(),
                    Doors.all())
            .flatMap(List::stream)
            .toList();

    /** One for each way in which a server was once brought down, and {@code spin} to compare them with. */
    private static final List<String> FOUND = List.of(
            "spin", "heads", "texts", "beats", "collide", "unread", "next", "members", "fill", "me", "links", "streams",
            "logins");

    private Attacks() {}

    static Stream<Attack> found() {
        return FOUND.stream().map(Attacks::named);
    }

    /** @throws IllegalArgumentException when there is none of this name */
    static Attack named(String name) {
        return ALL.stream()
                .filter(attack -> attack.name().equals(name))
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException(
                        "no such attack: " + name + "; '--hostile list' shows all that there are"));
    }

    /** A line for each: name, how strangers come, what they do. */
    static String list() {
        return ALL.stream()
                .map(a -> String.format(
                        Locale.ROOT, "%-17s %-8s %s%n", a.name(), a.way().name().toLowerCase(Locale.ROOT), a.what()))
                .collect(Collectors.joining());
    }
}
