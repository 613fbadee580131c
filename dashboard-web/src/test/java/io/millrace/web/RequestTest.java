package io.millrace.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What the page sends, and what it makes of failures. */
class RequestTest extends ModuleTest {
    RequestTest() {
        super("lib/http.js");
    }

    @Test
    void aQueryHoldsWhatIsSetAndRepeatsLists() {
        assertThat(js("it.query({period: '7d', os: ['a', '!b&c'], empty: '', none: null, absent: undefined, page: 0})"))
                .isEqualTo("?period=7d&os=a&os=%21b%26c&page=0");
        assertThat(js("it.query({})")).isEqualTo("");
    }

    @Test
    void aRefusalKeepsItsStatusItsCodeAndItsField() {
        assertThat(failed("it.get('/api/analytics/99/overview')")).isEqualTo(List.of(404L, "not_found", ""));
        assertThat(failed("it.send('POST', '/api/sites', {domain: '?'})").get(2))
                .isEqualTo("domain");
    }

    @Test
    void withoutAnAnswerTheStatusIs0() {
        assertThat(failed("it.get('http://127.0.0.1:1/')").get(0)).isEqualTo(0L);
        shared.browser().complaints();
    }

    private List<?> failed(String request) {
        return (List<?>) shared.browser()
                .driver
                .executeAsyncScript("const it = tested; const done = arguments[0]; " + request
                        + ".then(() => done(null), e => done([e.status, e.code ?? '', e.field ?? '']))");
    }
}
