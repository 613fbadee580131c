package io.millrace.engine.internal.behaviour;

import io.millrace.engine.Behaviour;
import io.millrace.engine.Bounds;
import io.millrace.engine.Site;
import io.millrace.engine.Visit;
import io.millrace.engine.spi.Bounded;
import io.millrace.engine.spi.HeapSize;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts what visitors do, to find those out that are no people. Who is found out stays so while he comes, until the site's next
 * day. Bounded in bytes: who has not come for longest is forgotten, and so is everybody by a restart; he is found out anew then,
 * and what he did meanwhile is withdrawn as well. The store thread's.
 */
public final class Watch {
    /** About 30,000 visitors. */
    static final long MOST_BYTES = 8L << 20;

    private static final int PAGES = 8;
    private static final int BYTES = HeapSize.MAP_ENTRY + 3 * HeapSize.OBJECT + 64;
    private static final int PAGES_BYTES = 2 * (HeapSize.OBJECT + PAGES * Integer.BYTES);
    private static final int FEW = PAGES;
    private static final long MINUTE = 60_000;

    private final Behaviour limits;

    @Bounded("behaviour")
    private final Map<Visit.Key, Doing> visitors = new LinkedHashMap<>(64, 0.75f, true);

    private final AtomicLong bytes = new AtomicLong();

    /** What a visitor did on a day. */
    private static final class Doing {
        private int day;
        private int hits;
        private long minute;
        private int inMinute;
        private int inMinuteBefore;
        private boolean found;

        /** The pages that he had most, by hashes; so few that what is left out is bounded (Misra and Gries). */
        @Bounded("behaviour")
        private int[] pages;

        @Bounded("behaviour")
        private int[] times;

        int bytes(Visit.Key key) {
            return BYTES + key.weight() + (pages == null ? 0 : PAGES_BYTES);
        }

        void begin(int newDay) {
            day = newDay;
            hits = 0;
            found = false;
            pages = null;
            times = null;
        }

        /** About how many came within the minute up to now. */
        double rate(long time) {
            long now = Math.floorDiv(time, MINUTE);
            if (now > minute) {
                inMinuteBefore = now == minute + 1 ? inMinute : 0;
                inMinute = 0;
                minute = now;
            }
            if (now < minute) {
                return 0; // it comes late
            }
            inMinute++;
            double left = 1 - (double) Math.floorMod(time, MINUTE) / MINUTE;
            return inMinute + inMinuteBefore * left;
        }

        /** How often he had this page, or less. */
        int times(String path) {
            if (pages == null) {
                pages = new int[PAGES];
                times = new int[PAGES];
            }
            int hash = path.hashCode();
            int free = -1;
            for (int i = 0; i < PAGES; i++) {
                if (times[i] > 0 && pages[i] == hash) {
                    return ++times[i];
                }
                free = times[i] == 0 ? i : free;
            }
            if (free >= 0) {
                pages[free] = hash;
                times[free] = 1;
                return 1;
            }
            for (int i = 0; i < PAGES; i++) {
                times[i]--;
            }
            return 0;
        }
    }

    public Watch(Behaviour limits) {
        this.limits = limits;
    }

    public void register(Bounds bounds) {
        bounds.add("behaviour", MOST_BYTES, bytes::get);
    }

    private static Visit.Key key(int siteId, String visitor) {
        return new Visit.Key(siteId, visitor, null);
    }

    /** Whether a visitor was found out on this day of the site. */
    public boolean found(Site site, String visitor, long time) {
        if (visitors.isEmpty() || visitor == null) {
            return false;
        }
        Doing doing = visitors.get(key(site.id(), visitor));
        return doing != null && doing.found && doing.day == site.dayOf(time);
    }

    /**
     * Counts a hit that is stored; whether its visitor is found out by it. Hits of days before the latest do not count.
     *
     * @param path its page, or null
     * @param time when it happened, UTC milliseconds
     */
    public boolean hit(Site site, String visitor, String path, long time) {
        if (limits.off()) {
            return false;
        }
        int day = site.dayOf(time);
        Visit.Key key = key(site.id(), visitor);
        Doing doing = visitors.get(key);
        int before = doing == null ? 0 : doing.bytes(key);
        if (doing == null) {
            doing = new Doing();
            doing.begin(day);
            visitors.put(key, doing);
        }
        if (day < doing.day || doing.found && day == doing.day) {
            return false;
        }
        if (day > doing.day) {
            doing.begin(day);
        }
        doing.hits++;
        double rate = doing.rate(time);
        int times = path == null || doing.hits <= FEW || limits.pageHits() == 0 ? 0 : doing.times(path);
        doing.found =
                over(doing.hits, limits.dayHits()) || over(times, limits.pageHits()) || over(rate, limits.minuteHits());
        bytes.lazySet(bytes.getPlain() + doing.bytes(key) - before);
        keepBound();
        return doing.found;
    }

    private static boolean over(double n, int limit) {
        return limit > 0 && n > limit;
    }

    private void keepBound() {
        for (Iterator<Map.Entry<Visit.Key, Doing>> eldest = visitors.entrySet().iterator();
                bytes.getPlain() > MOST_BYTES && eldest.hasNext(); ) {
            Map.Entry<Visit.Key, Doing> entry = eldest.next();
            bytes.lazySet(bytes.getPlain() - entry.getValue().bytes(entry.getKey()));
            eldest.remove();
        }
    }

    /** Nobody of a site was found out, nor did anything. */
    public void forget(int siteId) {
        visitors.entrySet().removeIf(entry -> {
            boolean leaves = entry.getKey().siteId() == siteId;
            if (leaves) {
                bytes.lazySet(bytes.getPlain() - entry.getValue().bytes(entry.getKey()));
            }
            return leaves;
        });
    }
}
