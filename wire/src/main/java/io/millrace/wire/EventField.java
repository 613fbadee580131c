package io.millrace.wire;

import io.millrace.engine.Event;
import io.millrace.wire.json.JsonNames;
import java.util.Locale;
import java.util.function.Function;

/** The fields of an enriched event in the replay format, in its order; the name there is the constant's in lower case. */
enum EventField {
    SITE(e -> e.site().id()),
    TYPE(e -> e.type().name().toLowerCase(Locale.ROOT)),
    ID(Event::id),
    VISITOR(Event::visitor),
    EARLIER_VISITOR(Event::earlierVisitor),
    SESSION_ID(Event::sessionId),
    HOSTNAME(Event::hostname),
    PATH(Event::path),
    TITLE(Event::title),
    REFERRER(Event::referrer),
    REFERRER_HOST(Event::referrerHost),
    SOURCE(Event::source),
    CHANNEL(Event::channel),
    UTM_SOURCE(e -> e.campaign().source()),
    UTM_MEDIUM(e -> e.campaign().medium()),
    UTM_CAMPAIGN(e -> e.campaign().name()),
    UTM_TERM(e -> e.campaign().term()),
    UTM_CONTENT(e -> e.campaign().content()),
    AFFILIATE(e -> e.affiliate() == null ? null : e.affiliate().slug()),
    COUNTRY(e -> e.place().country()),
    REGION(e -> e.place().region()),
    CITY(e -> e.place().city()),
    BROWSER(e -> e.agent().browser()),
    BROWSER_VERSION(e -> e.agent().browserVersion()),
    OS(e -> e.agent().os()),
    OS_VERSION(e -> e.agent().osVersion()),
    DEVICE(e -> e.agent().device()),
    LANGUAGE(Event::language),
    SCREEN_WIDTH(Event::screenWidth),
    SCREEN_HEIGHT(Event::screenHeight),
    NAME(Event::name),
    PROPS(e -> e.props().isEmpty() ? null : e.props()),
    REVENUE_MINOR(e -> e.revenue() == null ? null : e.revenue().minor()),
    REVENUE_CURRENCY(e -> e.revenue() == null ? null : e.revenue().currency()),
    VIEW(Event::view),
    ENGAGED_MS(Event::engagedMillis),
    SCROLL(Event::scroll),
    FILTERED(e -> e.filtered() == null ? null : e.filtered().label());

    /** All of them by name. */
    static final JsonNames<EventField> NAMES = new JsonNames<>(values());

    private final String label = name().toLowerCase(Locale.ROOT);
    private final Function<Event, Object> value;

    EventField(Function<Event, Object> value) {
        this.value = value;
    }

    /** The name on the wire. */
    String label() {
        return label;
    }

    /** What an event has in it: a text, a number or a map; null or 0: nothing. */
    Object of(Event event) {
        return value.apply(event);
    }

    /** Whether its value is a whole number. */
    boolean number() {
        return switch (this) {
            case SITE, SCREEN_WIDTH, SCREEN_HEIGHT, REVENUE_MINOR, ENGAGED_MS, SCROLL -> true;
            default -> false;
        };
    }
}
