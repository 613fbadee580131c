package io.millrace.dashboard;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a period means in a zone, in the slowest and plainest way: by asking of each instant what its date is.
 *
 * @param name of the period, or {@code custom}
 * @param first the first day; null with {@code 30m} and {@code 24h}; with {@code all} the first that is shown
 * @param last the last day
 */
record Calendar(String name, LocalDate first, LocalDate last, ZoneId zone, long now) {
    static Calendar of(String name, ZoneId zone, long now) {
        LocalDate today = Instant.ofEpochMilli(now).atZone(zone).toLocalDate();
        return switch (name) {
            case "30m", "24h" -> new Calendar(name, null, null, zone, now);
            case "today" -> new Calendar(name, today, today, zone, now);
            case "yesterday" -> new Calendar(name, today.minusDays(1), today.minusDays(1), zone, now);
            case "7d" -> new Calendar(name, today.minusDays(6), today, zone, now);
            case "30d" -> new Calendar(name, today.minusDays(29), today, zone, now);
            case "90d" -> new Calendar(name, today.minusDays(89), today, zone, now);
            case "year" -> new Calendar(name, today.withDayOfYear(1), today, zone, now);
            case "month" -> new Calendar(name, YearMonth.from(today).atDay(1), today, zone, now);
            case "12m" ->
                new Calendar(name, YearMonth.from(today).minusMonths(11).atDay(1), today, zone, now);
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** From one day to another, both inclusive. */
    static Calendar days(LocalDate first, LocalDate last, ZoneId zone, long now) {
        return new Calendar("custom", first, last, zone, now);
    }

    /**
     * Everything up to the end of today.
     *
     * @param month the first that has anything, {@code YYYY-MM}; null: there is nothing
     */
    static Calendar all(String month, ZoneId zone, long now) {
        LocalDate today = Instant.ofEpochMilli(now).atZone(zone).toLocalDate();
        LocalDate first = month == null ? today : YearMonth.parse(month).atDay(1);
        return new Calendar("all", first, today, zone, now);
    }

    /** As the parameters of a request. */
    String query() {
        return name.equals("custom") ? "from=" + first + "&to=" + last : "period=" + name;
    }

    /** As fields of a JSON object. */
    String json() {
        return name.equals("custom")
                ? "\"from\":\"" + first + "\",\"to\":\"" + last + "\""
                : "\"period\":\"" + name + "\"";
    }

    /** Whether a time lies before the period, of which the first day is known. */
    boolean before(long time) {
        return !current().test(time) && local(time).toLocalDate().isBefore(first);
    }

    private boolean all() {
        return name.equals("all");
    }

    private LocalDateTime local(long time) {
        return Instant.ofEpochMilli(time).atZone(zone).toLocalDateTime();
    }

    /** How long a period without a first day is, in milliseconds. */
    private long length() {
        return name.equals("30m") ? 1_800_000 : 86_400_000;
    }

    /** When the running hour ends, or the running minute. */
    private long end() {
        ChronoUnit unit = name.equals("30m") ? ChronoUnit.MINUTES : ChronoUnit.HOURS;
        LocalDateTime running = local(now).truncatedTo(unit);
        long end = now;
        while (local(end).truncatedTo(unit).equals(running)) {
            end = (end / 60_000 + 1) * 60_000;
        }
        return end;
    }

    Predicate<Long> current() {
        if (first == null) {
            long end = end();
            return t -> t >= end - length() && t < end;
        }
        return t -> (all() || !local(t).toLocalDate().isBefore(first))
                && !local(t).toLocalDate().isAfter(last);
    }

    Predicate<Long> previous() {
        if (all()) {
            return t -> false;
        }
        long minute = now / 60_000 * 60_000;
        if (first == null) {
            long end = end();
            return t -> t >= end - 2 * length() && t < minute - length();
        }
        long days = ChronoUnit.DAYS.between(first, last) + 1;
        LocalDate today = local(now).toLocalDate();
        boolean running = !today.isBefore(first) && !today.isAfter(last);
        LocalDateTime end = running ? local(minute).minusDays(days) : first.atStartOfDay();
        long to = end.atZone(zone).toInstant().toEpochMilli();
        return t -> !local(t).toLocalDate().isBefore(first.minusDays(days)) && t < to;
    }

    /** {@code minute}, {@code hour}, {@code day}, {@code week} or {@code month}, as the period has by itself. */
    String interval() {
        boolean named = List.of("month", "year", "all").contains(name);
        if (name.equals("30m")) {
            return "minute";
        }
        if (first == null || ChronoUnit.DAYS.between(first, last) < 2 && !named) {
            return "hour";
        }
        long days = ChronoUnit.DAYS.between(first, last) + 1;
        return switch (name) {
            case "12m", "year" -> "month";
            case "custom" -> days <= 92 ? "day" : "month";
            case "all" -> endOf(last) - startOf(first) < 100L * 86_400_000 ? "day" : "month";
            default -> "day";
        };
    }

    private long startOf(LocalDate day) {
        return day.atStartOfDay(zone).toInstant().toEpochMilli();
    }

    private long endOf(LocalDate day) {
        return startOf(day.plusDays(1));
    }

    String label(long time, String interval) {
        LocalDateTime t = local(time);
        return switch (interval) {
            case "minute" -> t.truncatedTo(ChronoUnit.MINUTES).toString();
            case "hour" -> t.truncatedTo(ChronoUnit.HOURS).toString();
            case "day" -> t.toLocalDate().toString();
            case "week" -> {
                LocalDate day = t.toLocalDate();
                while (day.getDayOfWeek() != DayOfWeek.MONDAY) {
                    day = day.minusDays(1);
                }
                yield day.toString();
            }
            default -> YearMonth.from(t).toString();
        };
    }

    /** The label of the first moment of a period of which the first day is known. */
    String startLabel(String interval) {
        return label(startOf(first), interval);
    }

    /** The labels of every minute, or quarter of an hour, or of a day, from the start until now. */
    Set<String> labels(String interval) {
        Set<String> labels = new LinkedHashSet<>();
        long start = first == null ? end() - length() : startOf(first);
        Predicate<Long> current = current();
        long step = switch (interval) {
            case "minute" -> 60_000;
            case "hour" -> 900_000;
            default -> 21_600_000;
        };
        for (long t = start; t <= now; t += step) {
            if (current.test(t)) {
                labels.add(label(t, interval));
            }
        }
        if (start <= now && current.test(now)) {
            labels.add(label(now, interval));
        }
        return labels;
    }
}
