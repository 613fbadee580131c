package io.millrace.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Agent;
import io.millrace.engine.Beacon;
import io.millrace.engine.Bounds;
import io.millrace.engine.Campaign;
import io.millrace.engine.EngineSettings;
import io.millrace.engine.Event;
import io.millrace.engine.Heap;
import io.millrace.engine.Place;
import io.millrace.engine.Site;
import io.millrace.engine.Visit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

/** Fills each structure that strangers can make grow to its bound, and compares what it says with what the heap holds. */
class BoundsTest {
    private static final int FLOOD = 30_000;
    private static final EngineSettings SMALL =
            EngineSettings.DEFAULT.with().visitBytes(8 << 20).liveBytes(4 << 20).build();

    private final Bounds bounds = new Bounds();

    @Test
    void visitsWithLongTexts() {
        VisitTable table = new VisitTable(SMALL, 0);
        table.register(bounds);
        long held = heldAfter(FLOOD, i -> table.put(visit(i, "/" + "x".repeat(1_000) + i), 0, Map.of(), i));
        assertFull("visits", held - used("evicted_visits"));
        assertThat(table.get(visit(0, "/").key())).isNull();
        assertThat(table.get(visit(FLOOD - 1, "/").key())).isNotNull();
    }

    @Test
    void visitsWithTextsOfTwoBytesACharacter() {
        VisitTable table = new VisitTable(SMALL, 0);
        table.register(bounds);
        long held = heldAfter(FLOOD, i -> table.put(visit(i, "/" + "ж".repeat(500) + i), 0, Map.of(), i));
        assertFull("visits", held - used("evicted_visits"));
    }

    @Test
    void visitsThatLeft() {
        EvictedVisits evicted = new EvictedVisits(1_000);
        evicted.register(bounds);
        assertFull(
                "evicted_visits",
                heldAfter(FLOOD, i -> evicted.add(visit(i, "/").key(), i, i)));
    }

    @Test
    void aVisitThatGrowsIsCountedAgain() {
        VisitTable table = new VisitTable(SMALL, 0);
        table.register(bounds);
        for (int i = 0; i < FLOOD; i++) {
            table.put(visit(1, "/" + "x".repeat(i % 4_000)), 0, Map.of(), i);
        }
        assertThat(used("visits")).isLessThan(20_000);
        table.removeSite(1);
        assertThat(used("visits")).isZero();
    }

    @Test
    void heartbeatsThatAreNotWritten() {
        VisitTable table = new VisitTable(SMALL, 0);
        table.register(bounds);
        long before = Heap.live();
        int beats = 0;
        while (!table.crowded()) {
            table.put(visit(++beats, "/"), 10_000_000, Map.of(), beats);
        }
        assertThat(Heap.live() - before)
                .as("with the visits themselves")
                .isLessThanOrEqualTo(
                        bound("visits").limit() + bound("unwritten_heartbeats").limit() + used("evicted_visits"));
        List<VisitTable.Beat> eldest = table.unwrittenBefore(Long.MAX_VALUE, 10);
        assertThat(eldest)
                .extracting(beat -> beat.visit().id())
                .startsWith(1L, 2L)
                .hasSize(10);
        table.written(eldest.stream().map(VisitTable.Beat::visit).toList());
        assertThat(table.crowded()).isFalse();
    }

    @Test
    void otherKeysOfVisits() {
        VisitTable table = new VisitTable(SMALL, 0);
        table.register(bounds);
        assertFull(
                "visit_aliases",
                heldAfter(
                        FLOOD,
                        i -> table.alias(
                                visit(i, "/").key(), visit(FLOOD + i, "/").key(), i)));
    }

    @Test
    void liveVisitors() {
        LiveTable table = new LiveTable(SMALL.liveBytes());
        table.register(bounds);
        assertFull("live", heldAfter(FLOOD, i -> table.touch(visit(i, "/" + "x".repeat(1_000) + i), 1_000, false)));
        table.sweep(1_000_000);
        assertThat(used("live")).isZero();
    }

    @Test
    void recentHits() {
        LiveTable.RecentHits hits = new LiveTable.RecentHits();
        hits.register(bounds);
        Site busy = Site.of("busy.example");
        assertFull(
                "recent_hits",
                heldAfter(
                        FLOOD,
                        i -> hits.add(
                                visit(i, "/", i % 500),
                                Event.of(busy, Beacon.Type.PAGEVIEW, 1_000)
                                        .path("/" + "x".repeat(1_000) + i)
                                        .build(),
                                1_000)));
        hits.sweep(10_000_000);
        assertThat(used("recent_hits")).isZero();
    }

    @Test
    void recentIds() {
        RecentIds ids = new RecentIds(SMALL.recentIds(), 0);
        ids.register(bounds);
        EventKey.Hasher hasher = new EventKey.Hasher();
        assertFull("recent_ids", heldAfter(2 * SMALL.recentIds(), i -> ids.add(hasher.key(1, "id" + i), i)));
    }

    private static Visit visit(int id, String path) {
        return visit(id, path, 1);
    }

    private static Visit visit(int id, String path, int siteId) {
        String own = UUID.nameUUIDFromBytes(new byte[] {(byte) id, (byte) (id >> 8), (byte) (id >> 16)})
                .toString();
        Visit.Origin origin = new Visit.Origin(
                "www.example.com",
                path,
                "https://" + own + ".example/",
                own + ".example",
                own + ".example",
                "Referral",
                Campaign.NONE,
                Place.UNKNOWN,
                Agent.UNKNOWN,
                "de-DE",
                1_920,
                1_080);
        return new Visit(
                id, new Visit.Key(siteId, "v" + own, "s" + own), 0, id, 1, 0, 0, path + "?exit", id, origin, List.of());
    }

    /** Bytes of heap that filling something has left held. */
    private static long heldAfter(int times, IntConsumer filling) {
        long before = Heap.live();
        for (int i = 0; i < times; i++) {
            filling.accept(i);
        }
        return Heap.live() - before;
    }

    /** The structure is full but not more than full, and holds no more than it may, and about what it says. */
    private void assertFull(String name, long held) {
        long limit = bound(name).limit();
        assertThat(used(name)).isBetween(limit * 9 / 10, limit);
        assertThat(held).isBetween(used(name) / 2, limit);
    }

    private long used(String name) {
        return bound(name).used().getAsLong();
    }

    private Bounds.Bound bound(String name) {
        return bounds.all().stream()
                .filter(b -> b.name().equals(name))
                .findAny()
                .orElseThrow();
    }
}
