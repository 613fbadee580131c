package io.millrace.server.internal.demo;

import io.millrace.engine.Beacon;
import io.millrace.engine.Conversion;
import io.millrace.engine.Engine;
import io.millrace.engine.Site;
import io.millrace.engine.Visit;
import io.millrace.engine.spi.StorageWriter;
import java.util.Comparator;
import java.util.List;

/** Records a payment for each made-up purchase, as a shop's server would; every twentieth is refunded. */
final class DemoPayments {
    private static final int REFUNDED = 20;

    private DemoPayments() {}

    /** Waits until the payments of those of these beacons that are purchases are stored. */
    static void record(Engine engine, Site site, List<Beacon> beacons) {
        List<Beacon> purchases =
                beacons.stream().filter(beacon -> beacon.revenue() != null).toList();
        if (!purchases.isEmpty()) {
            engine.execute(writer -> {
                        purchases.forEach(purchase -> writer.saveConversion(payment(writer, site, purchase)));
                        return null;
                    })
                    .join();
        }
    }

    private static Conversion payment(StorageWriter writer, Site site, Beacon purchase) {
        String visitor = purchase.visitorId();
        boolean refunded = Math.floorMod(purchase.id().hashCode(), REFUNDED) == 0;
        return new Conversion(
                0,
                site.id(),
                "order " + purchase.id(),
                refunded ? Conversion.Status.REFUNDED : Conversion.Status.COMPLETED,
                purchase.revenue(),
                purchase.time(),
                visitor,
                writer.findVisit(site.id(), visitor, null, purchase.time())
                        .map(Visit::id)
                        .orElse(0L),
                writer.touches(site.id(), visitor, purchase.time()).stream()
                        .max(Comparator.comparingLong(StorageWriter.AffiliateTouch::time))
                        .map(StorageWriter.AffiliateTouch::affiliateId)
                        .orElse(0));
    }
}
