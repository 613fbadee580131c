package io.millrace.http.internal.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Outcome;
import io.millrace.http.internal.message.Response;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class DialectTest {
    @Test
    void anEventOfADayWithoutRowsIsRefusedByItsTime() {
        Response answer = new Dialect(UnaryOperator.identity()).apply(new Outcome[] {Outcome.TOO_OLD});
        assertThat(answer.status()).isEqualTo(400);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("\"field\":\"time\"");
    }
}
