package io.millrace.server.internal.demo;

import io.millrace.engine.Beacon;
import io.millrace.engine.Site;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What happens on the made-up site, day by day. A day is always the same, whenever it is asked for: its chance begins
 * with the day's number. Immutable.
 */
record DemoTraffic(Site site) {
    private static final long SEED = 20_261_120;
    private static final int VISITS_A_DAY = 560;
    private static final double RETURNING = 0.32;
    private static final int REGULARS = 1_500;
    private static final int HOUR = 3_600_000;

    /** The beacons of visits that start on a day, by time; some are a little later than the day. */
    List<Beacon> of(int epochDay) {
        SplittableRandom random = new SplittableRandom(SEED + epochDay).split();
        List<Beacon> beacons = new ArrayList<>();
        int visits = visits(epochDay, random);
        for (int i = 0; i < visits; i++) {
            boolean returning = random.nextDouble() < RETURNING;
            String visitor = returning ? "regular-" + random.nextInt(REGULARS) : "d" + epochDay + "-" + i;
            new DemoVisit(site.id(), epochDay + "-" + i + "-", visitor, random, beacons)
                    .happen(start(epochDay, random));
        }
        beacons.sort(Comparator.comparingLong(Beacon::time));
        return beacons;
    }

    private static int visits(int epochDay, SplittableRandom random) {
        double weekday =
                DemoWorld.WEEKDAYS[LocalDate.ofEpochDay(epochDay).getDayOfWeek().getValue() - 1];
        double season = 1 + 0.25 * Math.sin(epochDay / 19.0);
        double luck = 0.92 + 0.16 * random.nextDouble();
        double busy = random.nextInt(17) == 0 ? 1.7 : 1;
        return (int) (VISITS_A_DAY * weekday * season * luck * busy);
    }

    private long start(int epochDay, SplittableRandom random) {
        return site.startOfDay(epochDay) + (long) DemoWorld.HOURS.draw(random) * HOUR + random.nextInt(HOUR);
    }
}
