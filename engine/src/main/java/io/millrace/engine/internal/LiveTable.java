package io.millrace.engine.internal;

import io.millrace.engine.LiveVisitor;
import io.millrace.engine.Visit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who is on which site now. Written by the store thread after commits, read by anyone.
 *
 * <p>A visitor whose client sends heartbeats is gone 30 s after the last one, others 5 minutes after their last beacon.
 */
final class LiveTable {
    static final long SILENT_MILLIS = 300_000;
    static final long HEARTBEAT_MILLIS = 30_000;

    /** Visitors of all sites kept at most; more are not counted until others leave. */
    private static final int LIMIT = 100_000;

    /** What is shown of a visit. Changed in place, {@code at} last: whoever reads that sees the rest as well. */
    private static final class Live {
        final long visitId;
        final Visit.Origin origin;
        private String path;
        private boolean beats;
        private volatile long at;

        Live(Visit visit) {
            visitId = visit.id();
            origin = visit.origin();
        }

        void touch(String path, long time, boolean heartbeat) {
            this.path = path;
            beats |= heartbeat;
            at = Math.max(at, time);
        }

        boolean gone(long now) {
            return now - at > (beats ? HEARTBEAT_MILLIS : SILENT_MILLIS);
        }
    }

    private final Map<Integer, Map<String, Live>> sites = new ConcurrentHashMap<>();
    private int size;

    void touch(Visit visit, long time, boolean heartbeat) {
        Map<String, Live> site = sites.computeIfAbsent(visit.key().siteId(), id -> new ConcurrentHashMap<>());
        Live before = site.get(visit.key().visitor());
        if (before == null && size >= LIMIT) {
            return;
        }
        size += before == null ? 1 : 0;
        Live live = before;
        if (before == null || before.visitId != visit.id()) {
            live = new Live(visit);
            live.touch(visit.exitPath(), before == null ? time : before.at, false);
            site.put(visit.key().visitor(), live);
        }
        live.touch(visit.exitPath(), time, heartbeat);
    }

    void sweep(long now) {
        sites.values().forEach(site -> site.values().removeIf(live -> live.gone(now)));
        sites.values().removeIf(Map::isEmpty);
        size = sites.values().stream().mapToInt(Map::size).sum();
    }

    void removeSite(int siteId) {
        sites.remove(siteId);
    }

    void removeVisitor(int siteId, String visitor) {
        sites.computeIfPresent(siteId, (id, site) -> {
            site.remove(visitor);
            return site;
        });
    }

    List<LiveVisitor> of(int siteId, long now) {
        Map<String, Live> site = sites.getOrDefault(siteId, Map.of());
        return site.entrySet().stream()
                .filter(live -> !live.getValue().gone(now))
                .map(live -> visitor(live.getKey(), live.getValue()))
                .sorted(Comparator.comparingLong(LiveVisitor::lastActivity)
                        .reversed()
                        .thenComparing(LiveVisitor::visitor))
                .toList();
    }

    private static LiveVisitor visitor(String name, Live live) {
        return new LiveVisitor(
                name,
                live.path,
                live.origin.source(),
                live.origin.place().country(),
                live.origin.agent().browser(),
                live.origin.agent().device(),
                live.at);
    }
}
