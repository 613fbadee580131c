package io.millrace.engine.internal;

import io.millrace.engine.Beacon;
import io.millrace.engine.Bounds;
import io.millrace.engine.Event;
import io.millrace.engine.LiveHit;
import io.millrace.engine.LiveVisitor;
import io.millrace.engine.Visit;
import io.millrace.engine.spi.Bounded;
import io.millrace.engine.spi.HeapSize;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

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

    /**
     * The latest page views and custom events of each site, of half an hour at most. Written by the store thread after commits, read by
     * anyone.
     */
    static final class RecentHits {
        static final long MILLIS = 1_800_000;
        static final int PER_SITE = 50;
        static final long MAX_BYTES = 1L << 20;

        private static final int HIT_BYTES = 2 * HeapSize.OBJECT + 64;

        @Bounded("recent_hits")
        private final Map<Integer, Site> sites = new ConcurrentHashMap<>();

        private final AtomicLong bytes = new AtomicLong();

        /** Those of a site, the latest first. */
        private static final class Site {
            @Bounded("recent_hits")
            final Deque<LiveHit> hits = new ConcurrentLinkedDeque<>();

            int size;
        }

        void register(Bounds bounds) {
            bounds.add("recent_hits", MAX_BYTES, bytes::get);
        }

        void add(Visit visit, Event event, long now) {
            boolean hit = event.type() == Beacon.Type.PAGEVIEW || event.type() == Beacon.Type.EVENT;
            if (!hit || event.time() < now - MILLIS) {
                return;
            }
            Visit.Origin origin = visit.origin();
            LiveHit added = new LiveHit(
                    event.time(),
                    visit.key().visitor(),
                    event.path(),
                    event.name(),
                    origin.source(),
                    origin.place().country(),
                    origin.agent().browser(),
                    origin.agent().device());
            Site site = sites.computeIfAbsent(visit.key().siteId(), id -> new Site());
            site.hits.addFirst(added);
            site.size++;
            bytes.lazySet(bytes.getPlain() + bytes(added));
            while (site.size > PER_SITE || site.size > 0 && bytes.getPlain() > MAX_BYTES) {
                bytes.lazySet(bytes.getPlain() - bytes(site.hits.removeLast()));
                site.size--;
            }
        }

        private static long bytes(LiveHit hit) {
            return HIT_BYTES
                    + HeapSize.of(hit.visitor())
                    + HeapSize.of(hit.page())
                    + HeapSize.of(hit.event())
                    + HeapSize.of(hit.source())
                    + HeapSize.of(hit.country())
                    + HeapSize.of(hit.browser())
                    + HeapSize.of(hit.device());
        }

        /** Lets go of what is too old, and of what came before the clock was set back by as much. */
        void sweep(long now) {
            sites.values().forEach(site -> remove(site, hit -> Math.abs(now - hit.time()) > MILLIS));
            sites.values().removeIf(site -> site.size == 0);
        }

        void removeSite(int siteId) {
            Site site = sites.remove(siteId);
            if (site != null) {
                remove(site, hit -> true);
            }
        }

        void removeVisitor(int siteId, String visitor) {
            Site site = sites.get(siteId);
            if (site != null) {
                remove(site, hit -> hit.visitor().equals(visitor));
            }
        }

        private void remove(Site site, Predicate<LiveHit> gone) {
            site.hits.removeIf(hit -> {
                if (!gone.test(hit)) {
                    return false;
                }
                bytes.lazySet(bytes.getPlain() - bytes(hit));
                site.size--;
                return true;
            });
        }

        List<LiveHit> of(int siteId, long now) {
            Site site = sites.get(siteId);
            return site == null
                    ? List.of()
                    : site.hits.stream()
                            .filter(hit -> hit.time() >= now - MILLIS)
                            .sorted(Comparator.comparingLong(LiveHit::time).reversed())
                            .toList();
        }
    }
}
