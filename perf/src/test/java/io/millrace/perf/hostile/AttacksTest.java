package io.millrace.perf.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.perf.hostile.Attack.Target;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AttacksTest {
    private static final Target TARGET = new Target("127.0.0.1", 8080, "link", "locked", "/t.js");

    static Stream<Attack> attacks() {
        return Attacks.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void saysWhatItIsAndSendsSomething(Attack attack) {
        Strangers strangers = new Strangers(1, TARGET.authority());
        Supplier<Script> scripts = attack.scripts().apply(strangers, TARGET);
        assertThat(attack.what()).isNotBlank();
        assertThat(attack.connections()).isPositive();
        Script script = scripts.get();
        if (!Set.of("idle", "spin").contains(attack.name())) {
            assertThat(script.next().remaining()).isPositive();
            assertThat(scripts.get().next().remaining())
                    .as("each connection has bytes of its own")
                    .isPositive();
        }
    }

    @Test
    void knowThoseThatWereFound() {
        assertThat(Attacks.found().map(Attack::name)).startsWith("spin").contains("heads", "logins");
    }

    @Test
    void haveNamesOfTheirOwn() {
        assertThat(Attacks.ALL.stream().map(Attack::name)).doesNotHaveDuplicates();
    }

    @Test
    void collideAsTheySay() {
        Strangers strangers = new Strangers(1, TARGET.authority());
        assertThat(Stream.generate(() -> strangers.colliding(64))
                        .limit(100)
                        .distinct()
                        .map(String::hashCode)
                        .distinct())
                .hasSize(1);
    }
}
