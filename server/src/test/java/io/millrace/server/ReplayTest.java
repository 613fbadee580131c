package io.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files brought into a database, by processes that may die. */
@Timeout(120)
class ReplayTest {
    private static final int LINES = 60_000;

    @TempDir
    private Path directory;

    private Path data;
    private Rows rows;

    @BeforeEach
    void addSite() {
        data = directory.resolve("data");
        rows = new Rows(data);
        assertThat(Typed.run("site", "add", "example.com", "--data", data.toString())
                        .code())
                .isZero();
    }

    @Test
    void goesOnWhereAKilledReplayWas() throws Exception {
        Path file = directory.resolve("big file.ndjson");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int i = 0; i < LINES; i++) {
                out.write("{\"v\":1,\"time\":" + (1_763_600_000_000L + i * 100L) + ",\"beacon\":"
                        + Client.pageView(1, "v" + i / 3, "/p" + i % 50) + "}\n");
            }
        }
        String[] replay = {"replay", file.toString(), "--data", data.toString()};
        ServerProcess killed = ServerProcess.start(replay);
        while (rows.number("SELECT count(*) FROM page_views") < 2_000) {
            Thread.onSpinWait();
        }
        killed.kill();
        long before = rows.number("SELECT count(*) FROM page_views");

        Typed second = Typed.run(replay);

        assertThat(second.code()).as(second.err()).isZero();
        assertThat(rows.number("SELECT count(*) FROM page_views")).isEqualTo(LINES);
        assertThat(second.out()).startsWith((LINES - before) + " lines: " + (LINES - before) + " stored");
        assertThat(Typed.run("verify", "--data", data.toString()).out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void readsStandardInputWhetherAServerRunsOrNot(boolean serves) throws Exception {
        Path file = directory.resolve("beacons.ndjson");
        Files.writeString(file, Client.pageView(1, "ann", "/one") + "\n" + Client.pageView(1, "ann", "/two") + "\n");
        try (ServerProcess server = serves ? ServerProcess.serve(data) : null) {
            for (String input : List.of("-", "/dev/stdin")) {
                assertThat(ServerProcess.runWithPiped(file, "replay", input, "--data", data.toString()))
                        .isEqualTo(new ServerProcess.Result(
                                0, "2 lines: 2 stored, 0 duplicate, 0 filtered, 0 skipped, 0 refused, 0 lost\n", ""));
            }
            if (server != null) {
                server.terminate();
            }
        }
        assertThat(rows.number("SELECT count(*) FROM page_views")).isEqualTo(4);
    }

    @Test
    void namesTheFileThatIsCutOffAndWhatItLeftOutOfTheNext() throws Exception {
        Path cut = Files.write(directory.resolve("cut.gz"), new byte[] {0x1f, (byte) 0x8b, 8, 0});
        Path next = Files.writeString(
                directory.resolve("next.ndjson"),
                Client.pageView(1, "ann", "/one").replace("}", ",\"title\":{}}") + "\n");

        Typed typed = Typed.run("replay", cut.toString(), next.toString(), "--data", data.toString());

        assertThat(typed.code()).isEqualTo(1);
        assertThat(typed.out()).startsWith("1 lines: 1 stored");
        assertThat(typed.err().lines())
                .containsExactly(
                        "millrace: " + cut + ": cannot be read behind line 0: it is cut off or damaged",
                        "millrace: cut or left out of what was taken: title=unreadable 1");
    }

    @Test
    void readsTheAccessLogOfAWebServer() throws Exception {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            lines.add("203.0.113." + i % 10 + " - - [20/Nov/2025:05:" + (10 + i) + ":40 +0000] \"GET /page" + i % 3
                    + " HTTP/1.1\" 200 512 \"https://news.example/\" \"Mozilla/5.0 (X11; Linux x86_64; rv:144.0)"
                    + " Gecko/20100101 Firefox/144.0\"");
            lines.add("203.0.113.1 - - [20/Nov/2025:05:10:41 +0000] \"GET /style.css HTTP/1.1\" 200 1 \"-\" \"-\"");
        }
        Path log = Files.write(directory.resolve("access.log"), lines);

        Typed typed = Typed.run("replay", log.toString(), "--format", "combined", "--data", data.toString());

        assertThat(typed.out())
                .isEqualTo("60 lines: 30 stored, 0 duplicate, 0 filtered, 30 skipped, 0 refused, 0 lost\n");
        assertThat(rows.all("SELECT visitors || '/' || page_views || ' on ' || date FROM daily_stats"))
                .containsExactly("10/30 on 2025-11-20");
        assertThat(rows.all("SELECT DISTINCT source || ' ' || browser || ' ' || os FROM v_sessions"))
                .containsExactly("news.example Firefox Linux");
    }
}
