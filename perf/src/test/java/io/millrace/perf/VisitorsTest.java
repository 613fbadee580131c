package io.millrace.perf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.millrace.perf.load.Plan;
import io.millrace.perf.load.Probe;
import io.millrace.perf.load.Run;
import io.millrace.perf.net.Endpoint;
import io.millrace.perf.process.Millrace;
import io.millrace.perf.traffic.Format;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** As many visitors as were drawn are counted by a real server, whichever tracker is imitated. */
class VisitorsTest {
    private static final Path JAR =
            Path.of("../server/target/millrace/millrace.jar").toAbsolutePath().normalize();
    private static final String UUID = "11111111-2222-4333-8444-555555555555";

    @ParameterizedTest
    @CsvSource({"MILLRACE, 1", "PLAUSIBLE, example.com", "UMAMI, " + UUID, "STORY, 1"})
    @Timeout(60)
    void areAsManyAsWereDrawn(Format.Name format, String site) throws Exception {
        assumeThat(JAR)
                .as("the server is packaged before this runs, as in `mvnw verify`")
                .exists();
        Millrace server = new Millrace(Millrace.Setup.of(JAR));
        try {
            server.site();
            String key = server.command("key", "add", "--scope", "admin").firstLine();
            server.start();
            try (Probe probe = new Probe(server.port())) {
                assertThat(probe.put("/api/sites/1", key, "{\"umami_id\":\"" + UUID + "\"}")
                                .status())
                        .isEqualTo(200);
            }
            Run.Result result = Run.of(
                    Plan.to(Endpoint.local(server.port()), site)
                            .format(format)
                            .connections(4)
                            .count(300)
                            .build(),
                    second -> {});
            assertThat(result.okPercent()).as("%s", result.load().samples()).isEqualTo(100);
            assertThat(result.visitors()).isBetween(100, 300);
            assertThat(visitors(server)).isEqualTo(result.visitors());
        } finally {
            server.delete();
        }
    }

    private static int visitors(Millrace server) throws Exception {
        try (Connection c = DriverManager.getConnection(
                        "jdbc:sqlite:" + server.data().resolve("millrace.db"));
                Statement s = c.createStatement();
                ResultSet row = s.executeQuery("SELECT count(DISTINCT visitor_id) FROM v_page_views")) {
            return row.next() ? row.getInt(1) : -1;
        }
    }
}
