package io.millrace.perf.hostile;

import io.millrace.perf.hostile.Attack.Target;
import io.millrace.perf.hostile.Script.Pace;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Function;

/** Answers that are asked for and not read, or slowly. */
final class Unread {
    private static final int MANY = 9_000;
    private static final int AT_ONCE = 50;

    private Unread() {}

    static List<Attack> all() {
        return List.of(
                deaf("unread", "pipelined requests for a large file whose answers are never read", Target::file),
                deaf(
                        "unread-reports",
                        "pipelined reports of a shared link whose answers are never read",
                        t -> "/api/shared/" + t.link() + "/overview"),
                deaf(
                        "unread-documents",
                        "pipelined requests for the API's document whose answers are never read",
                        t -> "/api/openapi.json"),
                Attack.ofConnections(
                        "unread-errors", "pipelined bad beacons whose answers are never read", MANY, (s, t) -> {
                            ByteBuffer bad = repeat(s.beacon(s.anyAddress(), "{"), AT_ONCE);
                            return () -> Scripts.pour(bad::duplicate, Pace.DEAF);
                        }),
                Attack.ofConnections(
                        "unread-beacons", "pipelined beacons whose answers are never read", 1_000, (s, t) -> () -> {
                            ByteBuffer beacon = s.beacon(s.anyAddress(), Members.view(s.digits(16)));
                            return Scripts.pour(beacon::duplicate, Pace.DEAF);
                        }),
                Attack.ofConnections(
                        "unread-streams", "live streams of a shared link that are never read", 2_000, (s, t) -> () -> {
                            ByteBuffer asked = s.get(s.anyAddress(), "/api/shared/" + t.link() + "/live");
                            return Scripts.once(asked, Pace.DEAF, Script.Rest.WAITS);
                        }),
                Attack.ofConnections("sips", "a large file, of which 64 bytes a second are read", 4_000, (s, t) -> {
                    ByteBuffer asked = pipelined(t, t.file(), AT_ONCE);
                    return () -> Scripts.once(asked.duplicate(), Pace.SLOW, Script.Rest.WAITS);
                }),
                Attack.ofConnections("pipelines", "pipelined beacons, faster than they are answered", 64, (s, t) -> {
                    ByteBuffer beacons = repeat(s.beacon(s.anyAddress(), Members.view(s.digits(16))), 100);
                    return () -> Scripts.pour(beacons::duplicate, Pace.FULL);
                }));
    }

    private static Attack deaf(String name, String what, Function<Target, String> path) {
        return Attack.ofConnections(name, what, MANY, (s, t) -> {
            ByteBuffer asked = pipelined(t, path.apply(t), AT_ONCE);
            return () -> Scripts.pour(asked::duplicate, Pace.DEAF);
        });
    }

    /** The same request so often. */
    static ByteBuffer pipelined(Target t, String path, int times) {
        return repeat(Strangers.ascii("GET " + path + " HTTP/1.1\r\nHost: " + t.authority() + "\r\n\r\n"), times);
    }

    private static ByteBuffer repeat(ByteBuffer request, int times) {
        ByteBuffer all = ByteBuffer.allocate(request.remaining() * times);
        for (int i = 0; i < times; i++) {
            all.put(request.duplicate());
        }
        return all.flip();
    }
}
