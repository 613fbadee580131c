package io.millrace.engine.internal.memory;

import com.google.common.base.Strings;
import io.millrace.engine.Attribute;
import io.millrace.engine.Beacon;
import io.millrace.engine.Dimension;
import io.millrace.engine.Event;
import io.millrace.engine.Property;
import io.millrace.engine.Visit;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;

/** What hits have of the attributes that queries ask for. Pure functions. */
final class MemoryValues {
    private MemoryValues() {}

    /** The bucket of a time dimension that an instant is in. */
    static String bucket(Attribute a, long time, ZoneId zone) {
        ZonedDateTime t = Instant.ofEpochMilli(time).atZone(zone);
        return switch ((Dimension) a) {
            case MINUTE -> t.truncatedTo(ChronoUnit.MINUTES).toLocalDateTime().toString();
            case HOUR -> t.truncatedTo(ChronoUnit.HOURS).toLocalDateTime().toString();
            case DAY -> t.toLocalDate().toString();
            case WEEK ->
                t.toLocalDate()
                        .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
                        .toString();
            case MONTH -> YearMonth.from(t).toString();
            default -> throw new IllegalArgumentException(a + " is not a time");
        };
    }

    /** What a hit has of an attribute; null: nothing. */
    static String value(Attribute a, Visit visit, Event e) {
        if (a instanceof Property property) {
            String value = e.type() == Beacon.Type.EVENT ? e.props().get(property.key()) : null;
            return Strings.emptyToNull(value);
        }
        Visit.Origin o = visit.origin();
        return switch ((Dimension) a) {
            case SOURCE -> o.source();
            case CHANNEL -> o.channel();
            case REFERRER -> o.referrer();
            case UTM_SOURCE -> o.campaign().source();
            case UTM_MEDIUM -> o.campaign().medium();
            case UTM_CAMPAIGN -> o.campaign().name();
            case UTM_TERM -> o.campaign().term();
            case UTM_CONTENT -> o.campaign().content();
            case COUNTRY -> o.place().country();
            case REGION -> o.place().region();
            case CITY -> o.place().city();
            case ENTRY_PAGE -> o.entryPath();
            case EXIT_PAGE -> visit.exitPath();
            case BROWSER -> o.agent().browser();
            case BROWSER_VERSION -> o.agent().browserVersion();
            case OS -> o.agent().os();
            case OS_VERSION -> o.agent().osVersion();
            case DEVICE -> o.agent().device();
            case LANGUAGE -> o.language();
            case SCREEN -> o.screenWidth() <= 0 ? null : o.screenWidth() + "x" + o.screenHeight();
            case PAGE -> e.path();
            case HOSTNAME -> e.hostname();
            case EVENT -> e.name();
            case MINUTE, HOUR, DAY, WEEK, MONTH -> throw new IllegalArgumentException(a + " has no value");
        };
    }
}
