package io.millrace.storage.sqlite.internal.sql;

import io.millrace.engine.Dimension;
import io.millrace.engine.Period;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Locale;

/** Time dimensions as SQL: numbers to group by, and what they are called. Pure functions. */
public final class TimeBuckets {
    private static final long MINUTE = 60_000;
    private static final long HOUR = 3_600_000;
    private static final long DAY = 86_400_000;
    private static final int MONDAY_SHIFT = 3; // day 0 of 1970 was a Thursday
    public static final Instant LAST_TRANSITION = Instant.parse("2100-01-01T00:00:00Z");

    private TimeBuckets() {}

    /** An expression whose value is the bucket of the instant that {@code time} is. */
    public static String expression(Dimension dimension, String time, Period period, ZoneId zone) {
        String local = "(" + time + " + " + offset(time, period, zone) + ")";
        return switch (dimension) {
            case MINUTE -> local + " / " + MINUTE;
            case HOUR -> local + " / " + HOUR;
            case DAY -> local + " / " + DAY;
            case WEEK -> "(" + local + " / " + DAY + " + " + MONDAY_SHIFT + ") / 7";
            case MONTH ->
                "CAST(strftime('%Y', " + local + " / 1000, 'unixepoch') * 12 + strftime('%m', " + local
                        + " / 1000, 'unixepoch') - 1 AS INTEGER)";
            default -> throw new IllegalArgumentException(dimension + " is not a time");
        };
    }

    /** The zone's offset in milliseconds at an instant of the period, as SQL. */
    private static String offset(String time, Period period, ZoneId zone) {
        ZoneRules rules = zone.getRules();
        Instant at = Instant.ofEpochMilli(Math.max(period.from(), 0));
        StringBuilder cases = new StringBuilder();
        Instant end = Instant.ofEpochMilli(period.to());
        for (ZoneOffsetTransition next = rules.nextTransition(at);
                next != null
                        && next.getInstant().isBefore(end)
                        && next.getInstant().isBefore(LAST_TRANSITION);
                next = rules.nextTransition(at)) {
            cases.append(" WHEN ")
                    .append(time)
                    .append(" < ")
                    .append(next.getInstant().toEpochMilli());
            cases.append(" THEN ").append(millis(next.getOffsetBefore()));
            at = next.getInstant();
        }
        String last = String.valueOf(millis(rules.getOffset(at)));
        return cases.isEmpty() ? last : "CASE" + cases + " ELSE " + last + " END";
    }

    private static long millis(ZoneOffset offset) {
        return offset.getTotalSeconds() * 1000L;
    }

    /** The bucket of an instant. */
    public static long of(Dimension dimension, long millis, ZoneId zone) {
        long local = millis + millis(zone.getRules().getOffset(Instant.ofEpochMilli(millis)));
        long day = Math.floorDiv(local, DAY);
        return switch (dimension) {
            case MINUTE -> Math.floorDiv(local, MINUTE);
            case HOUR -> Math.floorDiv(local, HOUR);
            case DAY -> day;
            case WEEK -> Math.floorDiv(day + MONDAY_SHIFT, 7);
            case MONTH ->
                LocalDate.ofEpochDay(day).getYear() * 12L
                        + LocalDate.ofEpochDay(day).getMonthValue()
                        - 1;
            default -> throw new IllegalArgumentException(dimension + " is not a time");
        };
    }

    /** What a bucket is called in a report. */
    public static String name(Dimension dimension, long bucket) {
        return switch (dimension) {
            case MINUTE -> local(bucket * MINUTE);
            case HOUR -> local(bucket * HOUR);
            case DAY -> LocalDate.ofEpochDay(bucket).toString();
            case WEEK -> LocalDate.ofEpochDay(bucket * 7 - MONDAY_SHIFT).toString();
            case MONTH -> String.format(Locale.ROOT, "%04d-%02d", bucket / 12, bucket % 12 + 1);
            default -> throw new IllegalArgumentException(dimension + " is not a time");
        };
    }

    private static String local(long millis) {
        return LocalDateTime.ofEpochSecond(millis / 1000, 0, ZoneOffset.UTC).toString();
    }
}
