package io.millrace.dashboard.internal.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tables as people download them. */
class CsvTest {
    record Row(String name, long visitors, List<String> nested) {}

    record Answer(List<Row> rows, long total) {}

    private static String csv(int offset, int rows, long total) {
        return csv(offset, rows, total, true);
    }

    private static String csv(int offset, int rows, long total, boolean limited) {
        Answer answer = new Answer(Collections.nCopies(rows, new Row("/a", 1, List.of())), total);
        return new String(new ReportFormat("rows", offset, limited).body(answer).bytes(), StandardCharsets.UTF_8);
    }

    @Test
    void anEmptyTableHasItsHeadersStill() {
        assertThat(csv(0, 0, 0)).isEqualTo("name,visitors\r\n");
    }

    @Test
    void aTableThatIsCutSaysWhere() {
        assertThat(csv(0, 10_000, 12_000).lines())
                .hasSize(10_002)
                .last()
                .isEqualTo("(cut here: rows 1 to 10000 of 12000; more with offset=10000)");
    }

    @Test
    void aTableOfWhichNobodySaidHowManyRowsAreWantedIsCutToo() {
        assertThat(csv(0, 100, 12_000, false).lines())
                .hasSize(102)
                .last()
                .isEqualTo("(cut here: rows 1 to 100 of 12000; more with a larger limit)");
        assertThat(csv(0, 100, 100, false).lines()).hasSize(101);
    }

    @Test
    void itsRestAndATableOfWhichFewerRowsWereWantedAreNotCut() {
        assertThat(csv(10_000, 2_000, 12_000).lines()).hasSize(2_001);
        assertThat(csv(2_000, 10_000, 12_000).lines()).hasSize(10_001);
        assertThat(csv(0, 100, 12_000).lines()).hasSize(101);
    }

    private record Values(List<Row> rows, long total) implements WithRest {
        private record Row(String name, long events, long visitors) {}
    }

    @Test
    void aTableOfPropertiesEndsWithTheRestAndIsNotCut() {
        List<Values.Row> rows = List.of(new Values.Row("pro", 3, 2), new Values.Row("(other)", 40, 20));
        Values answer = new Values(rows, 30);
        assertThat(new String(new ReportFormat("rows", 0, false).body(answer).bytes(), StandardCharsets.UTF_8))
                .isEqualTo("name,events,visitors\r\npro,3,2\r\n(other),40,20\r\n");
    }
}
