package io.millrace.perf.report;

import static io.millrace.perf.StubCollector.ACCEPTED;
import static io.millrace.perf.StubCollector.BUSY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.perf.StubCollector;
import io.millrace.perf.load.Plan;
import io.millrace.perf.load.Run;
import io.millrace.perf.net.Endpoint;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ExpectationTest {
    private static StubCollector server;
    private static Run.Result nineOfTen;
    private static Run.Result none;

    @BeforeAll
    static void run() throws IOException {
        server = StubCollector.answering(n -> n % 10 == 9 || n >= 100 ? BUSY : ACCEPTED);
        Plan plan = Plan.to(Endpoint.local(server.port()), "1")
                .connections(1)
                .count(100)
                .build();
        nineOfTen = Run.of(plan, second -> {});
        none = Run.of(plan, second -> {});
    }

    @AfterAll
    static void close() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ok>89.9%",
                "ok>=90%",
                "ok<=90%",
                "OK < 91 %",
                "p99<30s",
                "p99.9<30000ms",
                "max<60s",
                "p50>0us",
                "events/s>0.1",
                "requests/s>1"
            })
    void isMet(String text) {
        assertThat(Expectation.of(text).verdict(nineOfTen).met()).as(text).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ok>90%",
                "ok>=100%",
                "p99<1us",
                "p50>1s",
                "events/s>1000000000",
                "dashboard.ok>1%",
                "dashboard.p99<1s"
            })
    void isNotMet(String text) {
        assertThat(Expectation.of(text).verdict(nineOfTen).met()).as(text).isFalse();
    }

    @Test
    void isNotMetByWhatNeverCame() {
        assertThat(Expectation.of("p99<1000s").verdict(none).met()).isFalse();
        assertThat(Expectation.of("p99<1000s").verdict(none).was()).isEqualTo("none");
        assertThat(Expectation.of("ok>0%").verdict(none).met()).isFalse();
    }

    @Test
    void saysWhatItWas() {
        assertThat(Expectation.ALL_OK.verdict(nineOfTen)).isEqualTo(new Expectation.Verdict("ok>=100%", false, "90%"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "p99",
                "p99<20",
                "p99=20ms",
                "ok>99.9",
                "p100<1s",
                "ok>101%",
                "dashboard.ok>=100.1%",
                "mean<1ms",
                "events/s>5ms",
                "p99<-1ms",
                "dashboard.events/s>1"
            })
    void refusesWhatIsNone(String text) {
        assertThatThrownBy(() -> Expectation.of(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
