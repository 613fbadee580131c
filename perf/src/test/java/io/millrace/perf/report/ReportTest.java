package io.millrace.perf.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class ReportTest {

    @Test
    void writesJson() {
        TreeMap<String, Object> map = new TreeMap<>();
        map.put("a", List.of(1, "x\"\n", 2.5));
        map.put("b", null);
        map.put("c", new TreeMap<>());
        assertThat(Json.of(map)).isEqualTo("{\"a\":[1,\"x\\\"\\u000a\",2.500],\"b\":null,\"c\":{}}");
    }

    @Test
    void drawsAChartThatIsWellFormed() throws Exception {
        String svg = new Chart("p99 < 5 & more", "s", "ms")
                .line("p50", new double[] {0, 1, 2}, new double[] {0, 0.5, 12})
                .line("p99", new double[] {0, 1, 2}, new double[] {1, 50, 1200})
                .logarithmic()
                .svg();
        assertThat(parse(svg)).isEqualTo(2);
    }

    @Test
    void drawsAChartOfNothingButZeros() throws Exception {
        double[] zeros = new double[5];
        Arrays.fill(zeros, 0);
        assertThat(parse(new Chart("t", "x", "y").line("l", zeros, zeros).svg()))
                .isEqualTo(1);
        assertThat(parse(new Chart("t", "x", "y")
                        .line("l", zeros, zeros)
                        .logarithmic()
                        .svg()))
                .isEqualTo(1);
    }

    private static int parse(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(svg)))
                .getElementsByTagName("polyline")
                .getLength();
    }
}
