package io.millrace.server.internal.demo;

import io.millrace.engine.Affiliate;
import io.millrace.engine.Beacon;
import io.millrace.engine.Conversion;
import io.millrace.engine.Engine;
import io.millrace.engine.Position;
import io.millrace.engine.Refund;
import io.millrace.engine.Site;
import io.millrace.engine.Visit;
import io.millrace.engine.spi.StorageWriter;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleConsumer;

/**
 * Brings the made-up site's traffic into an engine, from where it was left: how far is committed with the rows, as the
 * time of the last beacon. That is also how a database is known to be a demo's. Used by one thread at a time.
 */
public final class DemoFeed {
    private static final int DAYS = 60; // so that the last 30 days have something to be compared with
    private static final int REFUNDED = 20; // one conversion of so many

    private final Engine engine;
    private final Site site;
    private final DemoTraffic traffic;
    private final Map<Integer, List<Beacon>> days = new TreeMap<>();
    private long fedUntil;

    private DemoFeed(Engine engine, Site site, long fedUntil) {
        this.engine = engine;
        this.site = site;
        this.traffic = new DemoTraffic(site);
        this.fedUntil = fedUntil;
    }

    /** Whether the demo may use this engine's data: it made them, or there are none. */
    public static boolean mayUse(Engine engine) {
        return engine.position(DemoWorld.SOURCE) != null || engine.sites().all().isEmpty();
    }

    /**
     * Finds the made-up site, or makes it.
     *
     * @param now UTC milliseconds: what the traffic ends with
     */
    public static DemoFeed of(Engine engine, long now) {
        Site site = engine.sites().byDomain(DemoWorld.DOMAIN);
        if (site == null) {
            site = engine.addSite(Site.of(DemoWorld.DOMAIN).withZone(ZoneId.of(DemoWorld.ZONE)))
                    .join();
        }
        for (String slug : DemoWorld.AFFILIATES) {
            if (engine.sites().affiliate(site.id(), slug) == null) {
                engine.saveAffiliate(new Affiliate(0, site.id(), slug, slug, 0.2, Duration.ofDays(60)))
                        .join();
            }
        }
        Position last = engine.position(DemoWorld.SOURCE);
        long from = last == null ? site.startOfDay(site.dayOf(now) - DAYS + 1) : last.offset();
        return new DemoFeed(engine, site, from);
    }

    /** The made-up site. */
    public Site site() {
        return site;
    }

    /**
     * Brings in what has happened until an instant and was not brought in before; waits until it is stored.
     *
     * @param until UTC milliseconds
     * @param progress is told after each day how much of it all is done, from 0 to 1
     * @return how many beacons
     */
    public long feed(long until, DoubleConsumer progress) {
        long from = fedUntil;
        int lastDay = site.dayOf(until);
        long n = 0;
        for (int day = site.dayOf(from) - 1; day <= lastDay; day++) { // visits of the day before may go on
            n += feed(day, from, until);
            progress.accept(Math.min(1, (double) (site.startOfDay(day + 1) - from) / (until - from)));
        }
        engine.flush().join();
        days.keySet().removeIf(day -> day < lastDay - 1);
        fedUntil = until;
        return n;
    }

    private long feed(int day, long from, long until) {
        List<Beacon> happened = days.computeIfAbsent(day, traffic::of).stream()
                .filter(beacon -> beacon.time() > from && beacon.time() <= until)
                .toList();
        happened.forEach(beacon -> engine.collector().put(beacon));
        convert(happened);
        return happened.size();
    }

    /** Records a conversion for each purchase, as a shop's server would, and waits until they are stored. */
    private void convert(List<Beacon> beacons) {
        List<Beacon> purchases =
                beacons.stream().filter(beacon -> beacon.revenue() != null).toList();
        if (!purchases.isEmpty()) {
            engine.execute(writer -> {
                        purchases.forEach(purchase -> pay(writer, purchase));
                        return null;
                    })
                    .join();
        }
    }

    private void pay(StorageWriter writer, Beacon purchase) {
        String visitor = purchase.visitorId();
        long time = purchase.time();
        Conversion paid = Conversion.of(site.id(), "order " + purchase.id(), purchase.revenue(), time)
                .with()
                .visitor(visitor)
                .visitId(writer.findVisit(site.id(), visitor, null, time)
                        .map(Visit::id)
                        .orElse(0L))
                .build();
        Conversion saved = writer.saveConversion(writer.touches(site.id(), visitor, time).stream()
                .max(Comparator.comparingLong(StorageWriter.AffiliateTouch::time))
                .map(touch -> engine.sites().affiliate(site.id(), touch.affiliateId()))
                .map(paid::withAffiliate)
                .orElse(paid));
        if (Math.floorMod(purchase.id().hashCode(), REFUNDED) == 0) {
            writer.saveRefund(new Refund(0, site.id(), null, saved.id(), saved.left(), time), saved);
        }
    }
}
