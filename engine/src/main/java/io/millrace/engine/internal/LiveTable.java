package io.millrace.engine.internal;

import io.millrace.engine.Bounds;
import io.millrace.engine.LiveVisitor;
import io.millrace.engine.Visit;
import io.millrace.engine.spi.Bounded;
import io.millrace.engine.spi.HeapSize;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Who is on which site now. Written by the store thread after commits, read by anyone.
 *
 * <p>A visitor whose client sends heartbeats is gone 30 s after the last one, others 5 minutes after their last beacon.
 */
final class LiveTable {
    static final long SILENT_MILLIS = 300_000;
    static final long HEARTBEAT_MILLIS = 30_000;

    /** Browsers, devices and countries up to this length are the parser's and shared; longer ones are a client's own. */
    private static final int SHARED = 32;

    private static final int LIVE_BYTES = HeapSize.MAP_ENTRY + 64;

    /** What is shown of a visit. Changed in place, {@code at} last: whoever reads that sees the rest as well. */
    private static final class Live {
        final long visitId;
        final String source;
        final String country;
        final String browser;
        final String device;
        private final int fixedBytes;
        private String path;
        private boolean beats;
        private volatile long at;

        Live(Visit visit) {
            visitId = visit.id();
            source = visit.origin().source();
            country = visit.origin().place().country();
            browser = visit.origin().agent().browser();
            device = visit.origin().agent().device();
            fixedBytes = LIVE_BYTES
                    + HeapSize.of(visit.key().visitor())
                    + HeapSize.of(source)
                    + own(country)
                    + own(browser)
                    + own(device);
        }

        private static int own(String text) {
            return text == null || text.length() <= SHARED ? 0 : HeapSize.of(text);
        }

        int bytes() {
            return fixedBytes + HeapSize.of(path);
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

    private final long maxBytes;

    @Bounded("live")
    private final Map<Integer, Map<String, Live>> sites = new ConcurrentHashMap<>();

    private final AtomicLong bytes = new AtomicLong();

    /** @param maxBytes of all visitors; who does not fit in is not shown until others leave */
    LiveTable(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    void register(Bounds bounds) {
        bounds.add("live", maxBytes, bytes::get);
    }

    void touch(Visit visit, long time, boolean heartbeat) {
        Map<String, Live> site = sites.computeIfAbsent(visit.key().siteId(), id -> new ConcurrentHashMap<>());
        Live before = site.get(visit.key().visitor());
        if (before != null && before.visitId == visit.id() && Objects.equals(before.path, visit.exitPath())) {
            before.touch(before.path, time, heartbeat);
            return;
        }
        Live live = before != null && before.visitId == visit.id() ? before : new Live(visit);
        long held = bytes.getPlain() - (before == null ? 0 : before.bytes());
        if (live != before) {
            live.touch(visit.exitPath(), before == null ? time : before.at, false);
        }
        live.touch(visit.exitPath(), time, heartbeat);
        if (held + live.bytes() > maxBytes) {
            site.remove(visit.key().visitor());
        } else {
            held += live.bytes();
            if (live != before) {
                site.put(visit.key().visitor(), live);
            }
        }
        bytes.lazySet(held);
    }

    /**
     * Lets go of who is gone; they are not shown before that either. Who was seen later than now was seen before the clock
     * was set back.
     */
    void sweep(long now) {
        long sum = 0;
        for (Iterator<Map<String, Live>> site = sites.values().iterator(); site.hasNext(); ) {
            Map<String, Live> visitors = site.next();
            for (Iterator<Live> each = visitors.values().iterator(); each.hasNext(); ) {
                Live live = each.next();
                if (live.at > now) {
                    live.at = now;
                }
                if (live.gone(now)) {
                    each.remove();
                } else {
                    sum += live.bytes();
                }
            }
            if (visitors.isEmpty()) {
                site.remove();
            }
        }
        bytes.lazySet(sum);
    }

    private void count() {
        long sum = 0;
        for (Map<String, Live> visitors : sites.values()) {
            for (Live live : visitors.values()) {
                sum += live.bytes();
            }
        }
        bytes.lazySet(sum);
    }

    void removeSite(int siteId) {
        sites.remove(siteId);
        count();
    }

    void removeVisitor(int siteId, String visitor) {
        sites.computeIfPresent(siteId, (id, site) -> {
            site.remove(visitor);
            return site;
        });
        count();
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
        return new LiveVisitor(name, live.path, live.source, live.country, live.browser, live.device, live.at);
    }
}
