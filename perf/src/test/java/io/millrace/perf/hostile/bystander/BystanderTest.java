package io.millrace.perf.hostile.bystander;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.perf.load.Response;
import io.millrace.perf.load.Work.Exchange;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ten times a second, and ten times as often in the first five seconds. */
class BystanderTest {
    private final Exchange exchange = new Exchange(16);
    private final Bystander bystander = new Bystander(
            new Bystander.Asked() {
                @Override
                public void write(Exchange exchange) {}

                @Override
                public boolean good(Exchange exchange, Response response) {
                    return true;
                }
            },
            Duration.ofMillis(100),
            10);

    @BeforeEach
    void begin() {
        bystander.begin(0, Duration.ofSeconds(5));
    }

    /** Asks at this moment; when that was due, ms. */
    private long asks(long millis) {
        bystander.fill(exchange, millis * 1_000_000);
        return exchange.intended / 1_000_000;
    }

    @Test
    void asksMoreOftenAtFirst() {
        assertThat(asks(0)).isZero();
        assertThat(asks(10)).isEqualTo(10);
        assertThat(asks(30)).isEqualTo(20);
        assertThat(asks(30)).isEqualTo(30);
    }

    @Test
    void leavesOutWhatThereWasNoTimeForInTheRush() {
        asks(0);
        assertThat(asks(7_250)).isEqualTo(10);
        assertThat(asks(7_250)).isEqualTo(7_200);
        assertThat(asks(7_300)).isEqualTo(7_300);
    }

    @Test
    void leavesOutNothingAfterwards() {
        asks(0);
        asks(5_000);
        assertThat(asks(9_000)).isEqualTo(5_000);
        assertThat(asks(9_000)).isEqualTo(5_100);
    }
}
