package io.millrace.dashboard.internal.query;

import io.millrace.engine.Dimension;
import io.millrace.engine.Period;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/**
 * A period that has been asked for, resolved to instants: equal spans, equal answers as long as nothing is written.
 * Immutable.
 *
 * @param name what was asked for, {@code 7d}; {@code custom} for dates
 * @param previous what to compare with, or null: nothing comes before
 * @param interval the buckets of its series; null: months, or days when there is little to show
 * @param zone the site's
 * @param asOf the minute at which a running period was resolved, UTC milliseconds; 0: it is over, or all ahead
 * @param shownFrom where the series begins, UTC milliseconds; {@link #UNKNOWN}: with the first row there is
 */
public record ResolvedPeriod(
        String name, Period current, Period previous, Dimension interval, ZoneId zone, long asOf, long shownFrom) {
    /** What {@code shownFrom} is before anybody has looked. */
    public static final long UNKNOWN = Long.MIN_VALUE;

    private static final String HOURS = "24h";
    private static final String MINUTES = "30m";
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm", Locale.ROOT);
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:00", Locale.ROOT);
    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("uuuu-MM", Locale.ROOT);

    /** What a period is compared with. */
    public enum Compare {
        /** The days right before it, as many. */
        PREVIOUS,
        /** The same dates a year before. */
        YEAR,
        /** The nearest days before it that begin on the same day of the week. */
        WEEKDAY;

        private LocalDate before(LocalDate day, long days) {
            return switch (this) {
                case PREVIOUS -> day.minusDays(days);
                case YEAR -> day.minusYears(1);
                case WEEKDAY -> day.minusDays((days + 6) / 7 * 7);
            };
        }
    }

    /** The same, compared with another period. */
    public ResolvedPeriod against(Compare compare) {
        if (previous == null || compare == Compare.PREVIOUS) {
            return this;
        }
        LocalDateTime from = local(current.from());
        LocalDateTime to = local(asOf == 0 ? current.to() : asOf);
        if (name.equals(HOURS) || name.equals(MINUTES)) {
            LocalDateTime begin = compare.before(from.toLocalDate(), 1).atTime(from.toLocalTime());
            return against(millis(begin, zone), millis(begin.plus(Duration.between(from, to)), zone));
        }
        // Days are moved, not instants: the end of the 28th of February is the beginning of another day in a leap year.
        LocalDate last = local(current.to() - 1).toLocalDate();
        long days = ChronoUnit.DAYS.between(from.toLocalDate(), last) + 1;
        return against(
                start(compare.before(from.toLocalDate(), days), zone),
                asOf == 0
                        ? start(compare.before(last, days).plusDays(1), zone)
                        : millis(compare.before(to.toLocalDate(), days).atTime(to.toLocalTime()), zone));
    }

    private ResolvedPeriod against(long from, long to) {
        return new ResolvedPeriod(name, current, new Period(from, to), interval, zone, asOf, shownFrom);
    }

    /** The period that it is compared with, as one of its own. */
    public ResolvedPeriod before() {
        return new ResolvedPeriod(name, previous, null, interval, zone, 0, previous.from());
    }

    private LocalDateTime local(long utcMillis) {
        return Instant.ofEpochMilli(utcMillis).atZone(zone).toLocalDateTime();
    }

    /** A running period of whole days: its predecessor ends at the same time of day. */
    static ResolvedPeriod days(String name, LocalDate from, LocalDate to, Dimension interval, ZoneId zone, long now) {
        long days = ChronoUnit.DAYS.between(from, to) + 1;
        LocalDateTime minute =
                Instant.ofEpochMilli(now).atZone(zone).toLocalDateTime().truncatedTo(ChronoUnit.MINUTES);
        LocalDate today = minute.toLocalDate();
        boolean running = !today.isBefore(from) && !today.isAfter(to);
        Period current = new Period(start(from, zone), start(to.plusDays(1), zone));
        long before = running ? millis(minute.minusDays(days), zone) : current.from();
        Period previous = new Period(start(from.minusDays(days), zone), before);
        return new ResolvedPeriod(
                name, current, previous, interval, zone, running ? millis(minute, zone) : 0, current.from());
    }

    /** Thirty whole minutes that end with the running one. */
    static ResolvedPeriod lastMinutes(ZoneId zone, long now) {
        return last(MINUTES, Duration.ofMinutes(30), ChronoUnit.MINUTES, Dimension.MINUTE, zone, now);
    }

    /** Twenty-four whole hours that end with the running one. */
    static ResolvedPeriod lastDay(ZoneId zone, long now) {
        return last(HOURS, Duration.ofHours(24), ChronoUnit.HOURS, Dimension.HOUR, zone, now);
    }

    private static ResolvedPeriod last(
            String name, Duration length, ChronoUnit unit, Dimension interval, ZoneId zone, long now) {
        ZonedDateTime minute = Instant.ofEpochMilli(now).atZone(zone).truncatedTo(ChronoUnit.MINUTES);
        ZonedDateTime end = minute.truncatedTo(unit).plus(1, unit);
        Period current = new Period(millis(end.minus(length)), millis(end));
        Period previous = new Period(millis(end.minus(length.multipliedBy(2))), millis(minute.minus(length)));
        return new ResolvedPeriod(name, current, previous, interval, zone, millis(minute), current.from());
    }

    /** Everything up to the end of today. */
    static ResolvedPeriod all(Dimension interval, ZoneId zone, long now) {
        ZonedDateTime minute = Instant.ofEpochMilli(now).atZone(zone).truncatedTo(ChronoUnit.MINUTES);
        Period current = new Period(0, start(minute.toLocalDate().plusDays(1), zone));
        return new ResolvedPeriod("all", current, null, interval, zone, millis(minute), UNKNOWN);
    }

    private static long start(LocalDate day, ZoneId zone) {
        return day.atStartOfDay(zone).toInstant().toEpochMilli();
    }

    private static long millis(LocalDateTime local, ZoneId zone) {
        return millis(local.atZone(zone));
    }

    private static long millis(ZonedDateTime time) {
        return time.toInstant().toEpochMilli();
    }

    public ResolvedPeriod by(Dimension interval) {
        return new ResolvedPeriod(name, current, previous, interval, zone, asOf, shownFrom);
    }

    /** The same with a series that begins later: what {@code all} becomes when its first row is known. */
    public ResolvedPeriod shownFrom(long from) {
        return new ResolvedPeriod(name, current, previous, interval, zone, asOf, from);
    }

    /**
     * The labels of the series, ascending: every bucket up to the one that is running, and those of the rows even when
     * they lie ahead.
     */
    public Collection<String> labels(Collection<String> ofRows) {
        TreeSet<String> labels = new TreeSet<>(ofRows);
        long last = asOf == 0 ? current.to() - 1 : Math.min(current.to() - 1, asOf);
        ZonedDateTime at = Instant.ofEpochMilli(shownFrom).atZone(zone);
        for (; millis(at) <= last; at = next(at)) {
            labels.add(label(at));
        }
        if (last >= shownFrom) {
            labels.add(label(Instant.ofEpochMilli(last).atZone(zone)));
        }
        return labels;
    }

    private ZonedDateTime next(ZonedDateTime at) {
        return switch (interval) {
            case MINUTE -> at.plusMinutes(1);
            // Half hours, because there are zones that move their clocks by as much.
            case HOUR -> at.plusMinutes(30);
            default -> at.plusDays(1);
        };
    }

    /** The label of the bucket that an instant lies in. */
    public String label(long utcMillis) {
        return label(Instant.ofEpochMilli(utcMillis).atZone(zone));
    }

    private String label(ZonedDateTime at) {
        return switch (interval) {
            case MINUTE -> MINUTE.format(at);
            case HOUR -> HOUR.format(at);
            case DAY -> at.toLocalDate().toString();
            case WEEK ->
                at.toLocalDate()
                        .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
                        .toString();
            default -> MONTH.format(at);
        };
    }

    /** The first instant of a label's bucket in this zone, UTC milliseconds. */
    public long startOf(String label) {
        LocalDateTime local = switch (label.length()) {
            case 7 -> LocalDate.parse(label + "-01").atStartOfDay();
            case 10 -> LocalDate.parse(label).atStartOfDay();
            default -> LocalDateTime.parse(label);
        };
        return local.toLocalTime().equals(LocalTime.MIDNIGHT) ? start(local.toLocalDate(), zone) : millis(local, zone);
    }

    /** When the buckets of days or longer with these labels begin, and when the last one ends, UTC milliseconds. */
    public List<Long> bounds(List<String> labels) {
        List<Long> bounds = new ArrayList<>();
        labels.forEach(label -> bounds.add(startOf(label)));
        String last = labels.get(labels.size() - 1);
        LocalDate begin = LocalDate.parse(last.length() == 7 ? last + "-01" : last);
        bounds.add(start(
                switch (interval) {
                    case DAY -> begin.plusDays(1);
                    case WEEK -> begin.plusWeeks(1);
                    default -> begin.plusMonths(1);
                },
                zone));
        return bounds;
    }
}
