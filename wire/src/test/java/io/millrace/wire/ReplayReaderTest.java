package io.millrace.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Beacon;
import io.millrace.engine.Place;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines of the replay format. */
class ReplayReaderTest {
    private static final long NOW = 1_763_700_000_000L;
    private static final String BEACON = "'beacon':{'site_id':1,'visitor_id':'v','url':'https://example.com/a'}";

    private final ReplayReader reader = new ReplayReader(new OneSite());

    private List<ReplayLine> read(String line) {
        byte[] bytes = line.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return reader.read(bytes, bytes.length);
    }

    private Beacon beacon(String line) {
        assertThat(read(line)).hasSize(1);
        Draft draft = ((ReplayLine.OfBeacon) read(line).get(0)).draft();
        return draft.toBeacon(1, NOW, null, null, Place.UNKNOWN).build();
    }

    private String problem(String line) {
        assertThat(read(line)).hasSize(1);
        return ((ReplayLine.Refused) read(line).get(0)).error().message();
    }

    @Test
    void aBeaconHappenedWhenTheLineSays() {
        assertThat(beacon("{'v':1,'time':1763600000000," + BEACON + "}").time()).isEqualTo(1_763_600_000_000L);
        assertThat(beacon("{'v':1," + BEACON + "}").time()).as("now").isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1763600000", "1763600000000000", "1763600000000000000", "-1", "0", "1.5", "'2025-11-20'"})
    void secondsMicrosecondsAndOtherTimesAreRefused(String time) {
        assertThat(problem("{'v':1,'time':" + time + "," + BEACON + "}"))
                .isEqualTo("time: must be UTC milliseconds, such as 1763600000000");
    }

    @Test
    void whatStandsAroundABeaconWins() {
        Beacon beacon = beacon(
                "{'v':1,'ip':'203.0.113.7','user_agent':'Mozilla','country':'DE','region':'BY',"
                        + "'city':'Munich','beacon':{'site':'WWW.Example.com','url':'https://example.com/a','ip':'203.0.113.8'}}");

        assertThat(beacon.address()).isEqualTo("203.0.113.7");
        assertThat(beacon.userAgent()).isEqualTo("Mozilla");
        assertThat(beacon.place()).isEqualTo(new Place("DE", "DE-BY", "Munich"));
    }

    @Test
    void aBareBodyIsABeaconAndAnArrayIsOneForEachMember() {
        String bare = BEACON.substring("'beacon':".length());

        assertThat(read(bare)).hasExactlyElementsOfTypes(ReplayLine.OfBeacon.class);
        assertThat(read("[" + bare + ",{}," + bare + "]"))
                .hasExactlyElementsOfTypes(
                        ReplayLine.OfBeacon.class, ReplayLine.Refused.class, ReplayLine.OfBeacon.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'v':2,'beacon':{}}                                             | v: must be 1
            {'v':'1','beacon':{}}                                           | v: must be 1
            {'v':1}                                                         | beacon: a line has a beacon or an event
            {'v':1,'beacon':{'site_id':1,'url':'https://example.com/'}}     | visitor_id: or ip or session_id is required: whose is it?
            {'v':1,'beacon':{'visitor_id':'v','url':'https://a.example/'}}  | site_id: required
            {'v':1,'event':{'site':1,'visitor':'v'}}                        | time: an event says when it happened
            {'v':1,                                                         | ends too early
            """)
    void whatIsMissingIsNamed(String line, String problem) {
        assertThat(problem(line)).isEqualTo(problem);
    }

    @Test
    void aDecorationThatIsNoneDoesNotCostTheBeacon() {
        Draft draft = ((ReplayLine.OfBeacon) read("{'v':1,'beacon':{'site_id':1,'visitor_id':'v','type':'event',"
                                + "'name':'Purchase','url':'https://example.com/a','revenue':'free'}}")
                        .get(0))
                .draft();
        assertThat(draft.cleaned()).containsExactly(new Cleaned("revenue", Cleaned.Reason.UNREADABLE));
    }

    @Test
    void anyBytesAreAnswered() {
        Random random = new Random(18);
        byte[] line = ("{'v':1,'time':1763600000000," + BEACON + ",'ip':'203.0.113.7'}")
                .replace('\'', '"')
                .getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 20_000; i++) {
            byte[] changed = line.clone();
            for (int n = random.nextInt(4); n >= 0; n--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            }
            assertThat(reader.read(changed, random.nextInt(changed.length + 1))).isNotEmpty();
        }
    }
}
