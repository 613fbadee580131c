package io.millrace.wire;

import static io.millrace.wire.EventField.*;

import io.millrace.engine.Agent;
import io.millrace.engine.Beacon;
import io.millrace.engine.Campaign;
import io.millrace.engine.Counter;
import io.millrace.engine.Event;
import io.millrace.engine.EventBuilder;
import io.millrace.engine.Money;
import io.millrace.engine.Place;
import io.millrace.engine.PlainText;
import io.millrace.engine.Site;
import io.millrace.engine.Sites;
import io.millrace.engine.UrlText;
import io.millrace.wire.json.JsonCursor;
import io.millrace.wire.json.JsonNumbers;
import io.millrace.wire.json.MalformedJson;
import java.util.Arrays;
import java.util.Currency;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Reads one enriched event, as {@link EventWriter} wrote it. Used once. */
final class EventReader {
    private final Map<EventField, String> texts = new EnumMap<>(EventField.class);
    private final Map<EventField, Long> numbers = new EnumMap<>(EventField.class);
    private final Draft problems = new Draft();
    private Map<String, String> props = Map.of();

    private EventReader() {}

    /** Reads from where the cursor stands. */
    static EventReader read(JsonCursor json) throws MalformedJson {
        EventReader reader = new EventReader();
        if (!json.at('{')) {
            json.skip();
            reader.problems.refuse(FieldError.invalid("event", "must be an object"));
            return reader;
        }
        for (boolean more = json.enter('}'); more; more = json.next('}')) {
            EventField field = json.name(EventField.NAMES);
            if (field == null) {
                json.skip();
            } else {
                reader.value(json, field);
            }
        }
        return reader;
    }

    private void value(JsonCursor json, EventField field) throws MalformedJson {
        if (field == PROPS) {
            props = Extras.props(json, problems, PROPS.label());
        } else if (field.number() && json.atNumber()) {
            number(field, JsonNumbers.toLong(json.number()));
        } else if (!field.number() && json.at('"')) {
            texts.put(field, PlainText.clean(json.string()));
        } else if (!json.nothing()) {
            json.skip();
            problems.refuse(
                    FieldError.invalid(field.label(), field.number() ? "must be a number" : "must be a string"));
        }
    }

    private void number(EventField field, Long value) {
        if (value == null || value < 0 && field != REVENUE_MINOR) {
            problems.refuse(FieldError.invalid(field.label(), "must be a whole number"));
        } else {
            numbers.put(field, value);
        }
    }

    private int integer(EventField field) {
        return (int) Math.min(Integer.MAX_VALUE, numbers.getOrDefault(field, 0L));
    }

    /**
     * The event, or why there is none.
     *
     * @param time UTC milliseconds; 0: not said
     */
    ReplayLine line(Sites sites, long time) {
        Site site = sites.byId(integer(SITE));
        Beacon.Type type = one(TYPE, Beacon.Type.values(), Beacon.Type.PAGEVIEW);
        Counter filtered = one(FILTERED, Counter.values(), null);
        if (problems.error == null && time == 0) {
            problems.refuse(FieldError.missing("time", "an event says when it happened"));
        }
        if (problems.error == null && texts.get(VISITOR) == null) {
            problems.refuse(FieldError.missing("visitor", "an event says whose it is"));
        }
        if (problems.error == null && site == null) {
            problems.refuse(FieldError.unknownSite());
        }
        if (problems.error != null) {
            return new ReplayLine.Refused(problems.error, site == null ? 0 : site.id());
        }
        return new ReplayLine.OfEvent(
                fill(Event.of(site, type, time), sites).filtered(filtered).build());
    }

    private EventBuilder fill(EventBuilder event, Sites sites) {
        String affiliate = texts.get(AFFILIATE);
        return event.id(texts.get(ID))
                .repeat(true)
                .visitor(texts.get(VISITOR))
                .earlierVisitor(texts.get(EARLIER_VISITOR))
                .sessionId(texts.get(SESSION_ID))
                .hostname(texts.get(HOSTNAME))
                .path(path())
                .title(texts.get(TITLE))
                .referrer(texts.get(REFERRER))
                .referrerHost(texts.get(REFERRER_HOST))
                .source(texts.get(SOURCE))
                .channel(texts.get(CHANNEL))
                .campaign(campaign())
                .affiliate(
                        affiliate == null ? null : sites.affiliate(event.site().id(), affiliate))
                .place(new Place(texts.get(COUNTRY), texts.get(REGION), texts.get(CITY)))
                .agent(agent())
                .language(texts.get(LANGUAGE))
                .screenWidth(integer(SCREEN_WIDTH))
                .screenHeight(integer(SCREEN_HEIGHT))
                .name(texts.get(NAME))
                .props(props)
                .revenue(revenue())
                .view(texts.get(VIEW))
                .engagedMillis(numbers.getOrDefault(ENGAGED_MS, 0L))
                .scroll(integer(SCROLL));
    }

    private Campaign campaign() {
        return new Campaign(
                texts.get(UTM_SOURCE),
                texts.get(UTM_MEDIUM),
                texts.get(UTM_CAMPAIGN),
                texts.get(UTM_TERM),
                texts.get(UTM_CONTENT));
    }

    private Agent agent() {
        return new Agent(
                texts.get(BROWSER),
                texts.get(BROWSER_VERSION),
                texts.get(OS),
                texts.get(OS_VERSION),
                texts.get(DEVICE));
    }

    /** In its one form, whoever wrote it. */
    private String path() {
        String path = texts.get(PATH);
        return path == null ? null : UrlText.path(path.startsWith("/") ? path : '/' + path);
    }

    private Money revenue() {
        Long minor = numbers.get(REVENUE_MINOR);
        String currency = texts.get(REVENUE_CURRENCY);
        Currency unit = MoneyReader.currency(currency);
        return minor == null || unit == null ? null : new Money(minor, unit.getCurrencyCode());
    }

    private <E extends Enum<E>> E one(EventField field, E[] all, E absent) {
        String text = texts.get(field);
        if (text == null) {
            return absent;
        }
        return Arrays.stream(all)
                .filter(e -> e.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElseGet(() -> {
                    problems.refuse(FieldError.invalid(field.label(), "not known"));
                    return absent;
                });
    }
}
