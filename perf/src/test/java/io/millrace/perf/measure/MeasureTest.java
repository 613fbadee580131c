package io.millrace.perf.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MeasureTest {
    private final StringWriter err = new StringWriter();

    private int measure(String line) {
        return Measure.run(new PrintWriter(err, true), line.split(" "));
    }

    static Set<String> commands() {
        return Measure.commandLine().getSubcommands().keySet();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void hasHelpForEveryCommand(String command) {
        StringWriter out = new StringWriter();
        assertThat(Measure.commandLine().setOut(new PrintWriter(out)).execute(command, "--help"))
                .isZero();
        assertThat(out.toString()).contains("Usage: perf/measure " + command, "--help");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pairs --pairs 0                          | --pairs",
                "pairs --connections 64,0                 | --connections",
                "open --rate -1                           | --rate",
                "open --budget soon                       | --budget",
                "gate                                     | --against",
                "gate --baseline no-such.jar              | --baseline",
                "gate --baseline a.jar --against HEAD     | --baseline",
                "gate --baseline a.jar --pairs 0          | --pairs",
                "gate --against no-such-commit            | --against",
                "questions --times 0                      | --times",
                "questions --clicks -1                    | --clicks",
                "hostile no-such-kind                     | no-such-kind",
                "hostile --cores 0                        | --cores",
                "start --no-such-option                   | --no-such-option"
            })
    void namesWhatIsWrongInALine(String line, String named) {
        assertThat(measure(line.strip())).isEqualTo(2);
        assertThat(err.toString()).contains(named).doesNotContain("Exception", "\tat ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-such-command", "--pairs 3"})
    void refusesOtherCommands(String line) {
        assertThat(measure(line)).isEqualTo(2);
    }
}
