package io.millrace.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Event;
import io.millrace.engine.Money;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Events of dead letters, and of files that somebody changed. */
class EventReaderTest {
    private final ReplayReader reader = new ReplayReader(new OneSite());

    private ReplayLine read(String event) {
        byte[] bytes = ("{'v':1,'time':1763600000000,'event':" + event + "}")
                .replace('\'', '"')
                .getBytes(StandardCharsets.UTF_8);
        return reader.read(bytes, bytes.length).get(0);
    }

    private Event event(String members) {
        return ((ReplayLine.OfEvent) read("{'site':1,'visitor':'v'," + members + "}")).event();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'site':2,'visitor':'v'}                | unknown site
            {'site':1}                              | visitor: an event says whose it is
            {'site':'1','visitor':'v'}              | site: must be a number
            {'site':1,'visitor':7}                  | visitor: must be a string
            {'site':1,'visitor':'v','type':'click'} | type: not known
            {'site':1,'visitor':'v','scroll':-1}    | scroll: must be a whole number
            {'site':1,'visitor':'v','scroll':1.5}   | scroll: must be a whole number
            [1]                                     | event: must be an object
            """)
    void whatCannotBePlacedIsNamed(String event, String problem) {
        assertThat(read(event))
                .isInstanceOfSatisfying(
                        ReplayLine.Refused.class,
                        refused -> assertThat(refused.error().message()).isEqualTo(problem));
    }

    @Test
    void whatIsNotKnownIsLeftOut() {
        Event event = event("'colour':{'deep':[1]},'affiliate':'gone','title':null,'revenue_minor':330");

        assertThat(event.affiliate()).isNull();
        assertThat(event.title()).isNull();
        assertThat(event.revenue()).as("an amount without a currency").isNull();
    }

    @Test
    void aPageAndACurrencyAreWrittenInOneWayWhoeverWroteTheLine() {
        assertThat(event("'path':'caf%C3%A9'").path()).isEqualTo("/café");
        assertThat(event("'revenue_minor':330,'revenue_currency':' eur '").revenue())
                .isEqualTo(new Money(330, "EUR"));
        assertThat(event("'revenue_minor':330,'revenue_currency':'ZZZ'").revenue())
                .isNull();
    }

    @Test
    void largeNumbersAreCutToWhatFits() {
        assertThat(event("'screen_width':4294967297").screenWidth()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void textsAreCleanedAsThoseOfBeaconsAre() {
        assertThat(event("'title':'a\\u0000b\\nc'").title()).isEqualTo("a b c");
    }
}
