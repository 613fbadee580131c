package io.millrace.server.internal.jobs;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;

/** When something is due: at fixed instants, whenever the program was started. Immutable. */
public interface Schedule {
    /** The latest instant at or before another at which it is due. */
    Instant latest(Instant now);

    /** The first one after an instant. */
    Instant next(Instant now);

    /** Each time so much has passed, counted from 1970 on. */
    static Schedule every(Duration time) {
        long millis = time.toMillis();
        return new Schedule() {
            @Override
            public Instant latest(Instant now) {
                return Instant.ofEpochMilli(Math.floorDiv(now.toEpochMilli(), millis) * millis);
            }

            @Override
            public Instant next(Instant now) {
                return latest(now).plusMillis(millis);
            }
        };
    }

    /** Each day at a time of its clock; on a day whose clock passes over that time, when it has. */
    static Schedule daily(LocalTime time, ZoneId zone) {
        return new Schedule() {
            private Instant on(LocalDate day) {
                return day.atTime(time).atZone(zone).toInstant();
            }

            @Override
            public Instant latest(Instant now) {
                LocalDate today = now.atZone(zone).toLocalDate();
                return on(today).isAfter(now) ? on(today.minusDays(1)) : on(today);
            }

            @Override
            public Instant next(Instant now) {
                LocalDate today = now.atZone(zone).toLocalDate();
                return on(today).isAfter(now) ? on(today) : on(today.plusDays(1));
            }
        };
    }
}
