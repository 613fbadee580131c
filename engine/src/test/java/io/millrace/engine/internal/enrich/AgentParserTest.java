package io.millrace.engine.internal.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Bounds;
import io.millrace.engine.ClientHints;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AgentParserTest {
    private static final long PARSE = 12_000_000;

    private long now;
    private long each;
    /** Every look at the clock is as far from the one before as a parse takes. */
    private final AgentParser parser = new AgentParser(Duration.ofMillis(100), () -> now += each);

    @Test
    void theBudgetIsOfTimeAndNotOfPieces() {
        each = PARSE;
        int first = parsed("first", 100);
        assertThat(first).isBetween(75, 99); // a second of them at the start
        now += 60_000_000_000L;
        assertThat(parsed("later", 40)).isBetween(15, 25); // a fifth of a second is kept
    }

    @Test
    void whatIsKnownCostsNothing() {
        assertThat(parser.parse("known", null).agent()).isNotNull();
        each = 10_000_000_000L;
        parser.parse("slow", null);
        assertThat(parser.parse("unknown", null).agent()).isNull();
        assertThat(parser.parse("known", null).agent()).isNotNull();
    }

    @Test
    void hintsBesideAKnownAgentCostNothing() {
        parser.parse("known", null);
        each = 10_000_000_000L;
        parser.parse("slow", null);
        for (int i = 0; i < 50; i++) {
            ClientHints hints = new ClientHints("\"Brand" + i + "\";v=\"7\"", null, "?0", "\"Linux\"", null);
            assertThat(parser.parse("known", hints).agent().browser()).isEqualTo("Brand" + i);
        }
        assertThat(parser.parse("unknown", null).agent()).isNull();
    }

    /** What a stranger chooses for its hash is told apart like anything else. */
    @Test
    void agentsOfOneHashAreToldApart() {
        each = 0;
        List<String> same = List.of("");
        for (int i = 0; i < 12; i++) {
            same = same.stream().flatMap(s -> Stream.of(s + "Aa", s + "BB")).toList();
        }
        assertThat(same.stream().map(String::hashCode).distinct()).hasSize(1);
        same.forEach(agent -> parser.parse(agent, null));
        each = 10_000_000_000L;
        parser.parse("slow", null);
        assertThat(same.stream().filter(agent -> parser.parse(agent, null).agent() != null))
                .hasSize(same.size());
    }

    @Test
    void aFloodOfAgentsStaysWithinItsBytes() {
        AgentParser small = new AgentParser(Duration.ofSeconds(1), () -> 0, 64 << 10);
        Bounds bounds = new Bounds();
        small.register(bounds);
        for (int i = 0; i < 1_000; i++) {
            small.parse("agent " + i, null);
        }
        Bounds.Bound agents = bounds.all().iterator().next();
        assertThat(agents.used().getAsLong()).isBetween(agents.limit() / 2, agents.limit());
    }

    private int parsed(String name, int times) {
        int parsed = 0;
        for (int i = 0; i < times; i++) {
            parsed += parser.parse(i + name, null).agent() == null ? 0 : 1;
        }
        return parsed;
    }
}
