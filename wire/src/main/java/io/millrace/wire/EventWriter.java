package io.millrace.wire;

import static io.millrace.wire.EventField.*;

import com.dslplatform.json.DslJson;
import com.dslplatform.json.JsonWriter;
import io.millrace.engine.Agent;
import io.millrace.engine.Campaign;
import io.millrace.engine.Event;
import io.millrace.engine.Place;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/** Writes enriched events as lines of the replay format. Not thread-safe. */
public final class EventWriter {
    private final JsonWriter json = new DslJson<>().newWriter();
    private boolean first;

    /**
     * One line, with its end.
     *
     * @param reason for people: why it is written; null: no reason
     */
    public byte[] line(Event event, String reason) {
        json.reset();
        ascii("{\"v\":1,\"time\":" + event.time());
        if (reason != null) {
            ascii(",\"reason\":");
            json.writeString(reason);
        }
        ascii(",\"event\":{");
        first = true;
        event(event);
        ascii("}}\n");
        return json.toByteArray();
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
            name(PROPS);
            String before = "{";
            for (Map.Entry<String, String> prop : event.props().entrySet()) {
                ascii(before);
                json.writeString(prop.getKey());
                ascii(":");
                json.writeString(prop.getValue());
                before = ",";
            }
            ascii("}");
        }
        if (event.revenue() != null) {
            number(REVENUE_MINOR, event.revenue().minor());
            text(REVENUE_CURRENCY, event.revenue().currency());
        }
    }

    private void text(EventField field, String value) {
        if (value != null) {
            name(field);
            json.writeString(value);
        }
    }

    private void number(EventField field, long value) {
        if (value != 0) {
            name(field);
            ascii(Long.toString(value));
        }
    }

    private void name(EventField field) {
        ascii((first ? "\"" : ",\"") + field.label() + "\":");
        first = false;
    }

    private void ascii(String text) {
        json.writeAscii(text.getBytes(StandardCharsets.US_ASCII));
    }
}
