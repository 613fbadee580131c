package io.millrace.wire;

import static io.millrace.wire.EventField.*;

import io.millrace.engine.Agent;
import io.millrace.engine.Campaign;
import io.millrace.engine.Event;
import io.millrace.engine.Place;
import io.millrace.wire.json.JsonWriter;
import java.util.Arrays;
import java.util.Locale;

/** Writes enriched events as lines of the replay format. Not thread-safe. */
public final class EventWriter {
    private static final int VERSION = 1;

    private final JsonWriter json = new JsonWriter();

    /** A writer. */
    public EventWriter() {}

    /**
     * One line, with its end.
     *
     * @param reason for people: why it is written; null: no reason
     */
    public byte[] line(Event event, String reason) {
        json.reset().object().member("v", VERSION).member("time", event.time());
        if (reason != null) {
            json.member("reason", reason);
        }
        json.name("event").object();
        event(event);
        byte[] text = json.endObject().endObject().toByteArray();
        byte[] line = Arrays.copyOf(text, text.length + 1);
        line[text.length] = '\n';
        return line;
    }

    private void event(Event event) {
        number(SITE, event.site().id());
        text(TYPE, event.type().name().toLowerCase(Locale.ROOT));
        text(ID, event.id());
        text(VISITOR, event.visitor());
        text(EARLIER_VISITOR, event.earlierVisitor());
        text(SESSION_ID, event.sessionId());
        text(HOSTNAME, event.hostname());
        text(PATH, event.path());
        text(TITLE, event.title());
        text(REFERRER, event.referrer());
        text(REFERRER_HOST, event.referrerHost());
        text(SOURCE, event.source());
        text(CHANNEL, event.channel());
        campaign(event.campaign());
        text(AFFILIATE, event.affiliate() == null ? null : event.affiliate().slug());
        client(event.place(), event.agent());
        text(LANGUAGE, event.language());
        number(SCREEN_WIDTH, event.screenWidth());
        number(SCREEN_HEIGHT, event.screenHeight());
        custom(event);
        text(VIEW, event.view());
        number(ENGAGED_MS, event.engagedMillis());
        number(SCROLL, event.scroll());
        text(FILTERED, event.filtered() == null ? null : event.filtered().label());
    }

    private void campaign(Campaign campaign) {
        text(UTM_SOURCE, campaign.source());
        text(UTM_MEDIUM, campaign.medium());
        text(UTM_CAMPAIGN, campaign.name());
        text(UTM_TERM, campaign.term());
        text(UTM_CONTENT, campaign.content());
    }

    private void client(Place place, Agent agent) {
        text(COUNTRY, place.country());
        text(REGION, place.region());
        text(CITY, place.city());
        text(BROWSER, agent.browser());
        text(BROWSER_VERSION, agent.browserVersion());
        text(OS, agent.os());
        text(OS_VERSION, agent.osVersion());
        text(DEVICE, agent.device());
    }

    private void custom(Event event) {
        text(NAME, event.name());
        if (!event.props().isEmpty()) {
            json.name(PROPS.label()).tree(event.props());
        }
        if (event.revenue() != null) {
            number(REVENUE_MINOR, event.revenue().minor());
            text(REVENUE_CURRENCY, event.revenue().currency());
        }
    }

    private void text(EventField field, String value) {
        if (value != null) {
            json.member(field.label(), value);
        }
    }

    private void number(EventField field, long value) {
        if (value != 0) {
            json.member(field.label(), value);
        }
    }
}
