package io.millrace.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Agent;
import io.millrace.engine.Beacon;
import io.millrace.engine.Campaign;
import io.millrace.engine.Counter;
import io.millrace.engine.Event;
import io.millrace.engine.Money;
import io.millrace.engine.Place;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An event that could not be stored is written as a line, and comes back as it was. */
class EventWriterTest {
    private static final long TIME = 1_763_600_000_000L;

    private final OneSite sites = new OneSite();
    private final EventWriter writer = new EventWriter();
    private final ReplayReader reader = new ReplayReader(sites);

    private String line(Event event, String reason) {
        return new String(writer.line(event, reason), StandardCharsets.UTF_8);
    }

    private Event read(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        ReplayLine read = reader.read(bytes, bytes.length).get(0);
        assertThat(read).isInstanceOf(ReplayLine.OfEvent.class);
        return ((ReplayLine.OfEvent) read).event();
    }

    private Event everything() {
        return Event.of(sites.byId(1), Beacon.Type.EVENT, TIME)
                .id("e-1")
                .repeat(true)
                .visitor("0123456789abcdef")
                .earlierVisitor("fedcba9876543210")
                .sessionId("s")
                .hostname("shop.example.com")
                .path("/caf\u00e9")
                .title("Caf\u00e9 \"\u2615\"")
                .referrer("https://news.example/a")
                .referrerHost("news.example")
                .source("News")
                .channel("Referral")
                .campaign(new Campaign("mail", "email", "spring", "term", "content"))
                .affiliate(OneSite.ANNA)
                .place(new Place("DE", "BY", "M\u00fcnchen"))
                .agent(new Agent("Firefox", "145", "Linux", "6", "desktop"))
                .language("de-DE")
                .screenWidth(1920)
                .screenHeight(1080)
                .name("Purchase")
                .props(Map.of("plan", "a b"))
                .revenue(new Money(330, "EUR"))
                .view("v-1")
                .engagedMillis(12_345)
                .scroll(80)
                .filtered(Counter.FILTERED_BOT)
                .build();
    }

    @Test
    void everyFieldComesBack() {
        String line = line(everything(), "disk full");
        Event back = read(line);

        assertThat(line)
                .startsWith("{\"v\":1,\"time\":1763600000000,\"reason\":\"disk full\",\"event\":{")
                .endsWith("}}\n");
        assertThat(line(back, "disk full")).isEqualTo(line);
        assertThat(back.affiliate()).isEqualTo(OneSite.ANNA);
        assertThat(back.revenue()).isEqualTo(new Money(330, "EUR"));
        assertThat(back.filtered()).isEqualTo(Counter.FILTERED_BOT);
        assertThat(back.props()).isEqualTo(Map.of("plan", "a b"));
    }

    @Test
    void everyReasonNotToCountComesBack() {
        for (Counter reason : Counter.values()) {
            Event event = Event.of(sites.byId(1), Beacon.Type.PAGEVIEW, TIME)
                    .visitor("v")
                    .filtered(reason)
                    .build();
            assertThat(read(line(event, null)).filtered()).isEqualTo(reason);
        }
    }

    @Test
    void aRefundOfMoneyComesBack() {
        Event event = Event.of(sites.byId(1), Beacon.Type.EVENT, TIME)
                .visitor("v")
                .name("Refund")
                .revenue(new Money(-199, "EUR"))
                .build();
        assertThat(read(line(event, null)).revenue()).isEqualTo(new Money(-199, "EUR"));
    }

    @Test
    void whatIsNotKnownIsNotWritten() {
        Event event =
                Event.of(sites.byId(1), Beacon.Type.PAGEVIEW, TIME).visitor("v").build();
        assertThat(line(event, null))
                .isEqualTo(
                        "{\"v\":1,\"time\":1763600000000,\"event\":{\"site\":1,\"type\":\"pageview\",\"visitor\":\"v\"}}\n");
    }
}
