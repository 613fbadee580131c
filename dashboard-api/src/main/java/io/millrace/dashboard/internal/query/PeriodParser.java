package io.millrace.dashboard.internal.query;

import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.dashboard.internal.request.Input;
import io.millrace.dashboard.internal.request.Params;
import io.millrace.engine.Dimension;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** Reads {@code period}, {@code from}, {@code to} and {@code interval}. */
public final class PeriodParser {
    public static final Input PERIOD = Input.choice(
            "period",
            List.of("30m", "24h", "today", "yesterday", "7d", "30d", "90d", "12m", "month", "year", "all"),
            "Either this, or from and to");
    public static final Input FROM = Input.date("from", "First day, in the site's zone");
    public static final Input TO = Input.date("to", "Last day, in the site's zone");
    private static final Input INTERVAL =
            Input.choice("interval", List.of("minute", "hour", "day", "week", "month"), "The buckets of series");
    public static final List<Input> INPUTS = List.of(PERIOD, FROM, TO, INTERVAL);
    private static final LocalDate EARLIEST = LocalDate.of(1970, 1, 1);
    private static final LocalDate LATEST = LocalDate.of(2199, 12, 31);
    private static final int MAX_DAYS = 3_660;
    private static final int MAX_DAYS_OF_HOURS = 31;
    private static final int MAX_DAYS_OF_MINUTES = 1;

    private PeriodParser() {}

    public static ResolvedPeriod parse(Params params, String otherwise, ZoneId zone, long now) {
        Dimension interval = interval(params.choice(INTERVAL));
        ResolvedPeriod period = params.has("from") || params.has("to")
                ? custom(params, zone, now)
                : named(params.has("period") ? params.choice(PERIOD) : otherwise, zone, now);
        if (interval == null) {
            return period;
        }
        // Where "all" begins is known when its first row is, so it is looked at then.
        if (period.shownFrom() != ResolvedPeriod.UNKNOWN) {
            refuseTooFine(interval, period.current().from(), period.current().to());
        }
        return period.by(interval);
    }

    /** Refuses so many buckets that nobody could read them. */
    public static void refuseTooFine(Dimension interval, long from, long to) {
        long days = (to - from) / 86_400_000;
        long most = switch (interval) {
            case MINUTE -> MAX_DAYS_OF_MINUTES;
            case HOUR -> MAX_DAYS_OF_HOURS;
            case DAY -> MAX_DAYS;
            default -> Long.MAX_VALUE;
        };
        if (days > most) {
            throw ApiException.parameter("interval", "too fine for this period");
        }
    }

    private static Dimension interval(String name) {
        return name == null ? null : Dimension.valueOf(name.toUpperCase(Locale.ROOT));
    }

    private static ResolvedPeriod named(String name, ZoneId zone, long now) {
        LocalDate today = Instant.ofEpochMilli(now).atZone(zone).toLocalDate();
        return switch (name) {
            case "30m" -> ResolvedPeriod.lastMinutes(zone, now);
            case "24h" -> ResolvedPeriod.lastDay(zone, now);
            case "today" -> ResolvedPeriod.days(name, today, today, Dimension.HOUR, zone, now);
            case "yesterday" ->
                ResolvedPeriod.days(name, today.minusDays(1), today.minusDays(1), Dimension.HOUR, zone, now);
            case "7d" -> ResolvedPeriod.days(name, today.minusDays(6), today, Dimension.DAY, zone, now);
            case "30d" -> ResolvedPeriod.days(name, today.minusDays(29), today, Dimension.DAY, zone, now);
            case "90d" -> ResolvedPeriod.days(name, today.minusDays(89), today, Dimension.DAY, zone, now);
            case "12m" ->
                ResolvedPeriod.days(name, today.minusMonths(11).withDayOfMonth(1), today, Dimension.MONTH, zone, now);
            case "month" -> ResolvedPeriod.days(name, today.withDayOfMonth(1), today, Dimension.DAY, zone, now);
            case "year" -> ResolvedPeriod.days(name, today.withDayOfYear(1), today, Dimension.MONTH, zone, now);
            case "all" -> ResolvedPeriod.all(null, zone, now);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static ResolvedPeriod custom(Params params, ZoneId zone, long now) {
        if (params.has("period")) {
            throw ApiException.parameter("period", "either a period or from and to");
        }
        LocalDate from = date(params, "from");
        LocalDate to = date(params, "to");
        long days = ChronoUnit.DAYS.between(from, to) + 1;
        if (days < 1) {
            throw ApiException.parameter("to", "before from");
        }
        if (days > MAX_DAYS) {
            throw ApiException.parameter("from", "more than " + MAX_DAYS + " days");
        }
        Dimension interval = days <= 2 ? Dimension.HOUR : days <= 92 ? Dimension.DAY : Dimension.MONTH;
        return ResolvedPeriod.days("custom", from, to, interval, zone, now);
    }

    private static LocalDate date(Params params, String name) {
        String text = params.one(name);
        if (text == null) {
            throw ApiException.parameter(name, "missing");
        }
        try {
            LocalDate date = LocalDate.parse(text);
            if (!date.isBefore(EARLIEST) && !date.isAfter(LATEST)) {
                return date;
            }
        } catch (DateTimeParseException e) {
            // falls through to the one refusal that names the form
        }
        throw ApiException.parameter(name, "must be a date, YYYY-MM-DD, from " + EARLIEST + " to " + LATEST);
    }
}
