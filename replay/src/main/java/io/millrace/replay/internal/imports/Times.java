package io.millrace.replay.internal.imports;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;

/** Times as exports write them: {@code 2026-11-01 12:00:00}, with or without a T, a fraction, an offset. */
record Times(ZoneId zone) {
    private static final DateTimeFormatter FORM = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd['T'][ ]HH:mm[:ss]")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .appendPattern("[ ][XXX][XX][X]")
            .toFormatter(Locale.ROOT);

    private static final Instant EARLIEST = Instant.parse("1995-01-01T00:00:00Z");

    /** UTC milliseconds of a column's time. */
    long millis(Row row, String column) {
        String text = row.need(column).replace(" UTC", "Z");
        try {
            TemporalAccessor parsed = FORM.parseBest(text, java.time.OffsetDateTime::from, LocalDateTime::from);
            return checked(
                    parsed instanceof LocalDateTime local ? local.atZone(zone).toInstant() : Instant.from(parsed),
                    column);
        } catch (DateTimeException e) {
            throw new BadRow(column + ": not a time like 2026-11-01 12:00:00");
        }
    }

    static long checked(Instant time, String column) {
        if (time.isBefore(EARLIEST) || time.isAfter(Instant.now().plusSeconds(86_400))) {
            throw new BadRow(column + ": before 1995, or still to come");
        }
        return time.toEpochMilli();
    }

    /** A day of {@code 2026-11-01} or {@code 20261101}. */
    static LocalDate day(String text, String column) {
        try {
            return LocalDate.parse(
                    text, text.length() == 8 ? DateTimeFormatter.BASIC_ISO_DATE : DateTimeFormatter.ISO_LOCAL_DATE);
        } catch (DateTimeException e) {
            throw new BadRow(column + ": not a day like 2026-11-01");
        }
    }
}
