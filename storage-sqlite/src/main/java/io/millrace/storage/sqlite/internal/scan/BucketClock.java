package io.millrace.storage.sqlite.internal.scan;

import io.millrace.engine.Dimension;
import io.millrace.storage.sqlite.internal.sql.TimeBuckets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/** The buckets of instants by one time dimension, as {@link TimeBuckets#of} says, quickly. Not thread-safe. */
final class BucketClock {
    private static final long MINUTE = 60_000;
    private static final long HOUR = 3_600_000;
    private static final long DAY = 86_400_000;

    final Dimension dimension;
    private final ZoneId zone;
    private final ZoneRules rules;
    private long from = 1;
    private long to; // the offset below holds at from <= t < to
    private long offset;
    private long day = Long.MIN_VALUE;
    private int ofDay;

    BucketClock(Dimension dimension, ZoneId zone) {
        this.dimension = dimension;
        this.zone = zone;
        this.rules = zone.getRules();
    }

    int bucket(long millis) {
        if (millis < from || millis >= to) {
            look(millis);
        }
        long local = millis + offset;
        if (dimension == Dimension.MINUTE || dimension == Dimension.HOUR) {
            return (int) Math.floorDiv(local, dimension == Dimension.MINUTE ? MINUTE : HOUR);
        }
        long thisDay = Math.floorDiv(local, DAY);
        if (thisDay != day) {
            day = thisDay;
            ofDay = (int) TimeBuckets.of(dimension, millis, zone);
        }
        return ofDay;
    }

    private void look(long millis) {
        Instant at = Instant.ofEpochMilli(millis);
        ZoneOffsetTransition next = rules.nextTransition(at);
        offset = rules.getOffset(at).getTotalSeconds() * 1000L;
        from = millis;
        to = next == null ? Long.MAX_VALUE : next.toEpochSecond() * 1000;
    }
}
