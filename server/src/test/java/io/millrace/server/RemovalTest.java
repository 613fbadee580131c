package io.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is too old, or whose visitor asks for it, goes. */
@Timeout(60)
class RemovalTest {
    @TempDir
    private Path directory;

    private Path data;
    private Rows rows;

    @BeforeEach
    void bringInAnOldAndANewVisit() throws Exception {
        data = directory.resolve("data");
        rows = new Rows(data);
        long now = System.currentTimeMillis();
        run("site", "add", "example.com");
        List<String> lines = List.of(
                line(now - Duration.ofDays(400).toMillis(), "old"),
                line(now - Duration.ofDays(3).toMillis(), "ann"),
                line(now - Duration.ofDays(2).toMillis(), "ann"),
                line(now - Duration.ofDays(2).toMillis(), "bob"));
        Path file = Files.write(directory.resolve("beacons.ndjson"), lines);
        assertThat(run("replay", file.toString()).code()).isZero();
    }

    private static String line(long time, String visitor) {
        return "{\"v\":1,\"time\":" + time + ",\"beacon\":" + Client.pageView(1, visitor, "/") + "}";
    }

    private Typed run(String... args) {
        String[] all = java.util.Arrays.copyOf(args, args.length + 2);
        all[args.length] = "--data";
        all[args.length + 1] = data.toString();
        return Typed.run(all);
    }

    @Test
    void prunesOldVisitsAndKeepsTheirDaysFigures() throws Exception {
        String[] prune = {"prune", "--older-than", "365d"};
        assertThat(run("prune", "--older-than", "365d", "--dry-run").out())
                .isEqualTo("1 visitors, 1 visits, 1 page views, 0 events would be removed\n");
        assertThat(rows.number("SELECT count(*) FROM sessions")).isEqualTo(4);

        assertThat(run(prune).out()).isEqualTo("1 visitors, 1 visits, 1 page views, 0 events removed\n");

        assertThat(rows.number("SELECT count(*) FROM sessions")).isEqualTo(3);
        assertThat(rows.number("SELECT sum(page_views) FROM daily_stats")).isEqualTo(4);
        assertThat(run("verify").code()).isZero();
        assertThat(run(prune).out()).startsWith("0 visitors");
    }

    @Test
    void prunesRowsOnceTheyAreInPacksAndRefusesWhatMayBeARepeat() throws Exception {
        String[] prune = {"prune", "--older-than", "365d", "--keep", "packs"};

        assertThat(run(prune).out()).isEqualTo("0 visitors, 1 visits, 1 page views, 0 events removed\n");

        assertThat(rows.number("SELECT count(*) FROM sessions")).isEqualTo(3);
        assertThat(run("verify").code()).isZero();
        long gone = System.currentTimeMillis() - Duration.ofDays(400).toMillis();
        Path again = Files.write(data.resolveSibling("again.ndjson"), List.of(line(gone, "old")));
        Typed replay = run("replay", again.toString());
        assertThat(replay.out()).contains("1 refused");
        assertThat(replay.err()).contains("again.ndjson: line 1: time: ");

        assertThat(run("erase", "--site", "1", "--visitor", "old").out())
                .isEqualTo("1 visitors, 1 visits, 1 page views, 0 events removed\n");
        assertThat(rows.number("SELECT sum(page_views) FROM daily_stats")).isEqualTo(3);
        assertThat(run("verify").code()).isZero();
    }

    @Test
    void exportsWhatIsHeldOfAVisitor() {
        String[] export = {"export", "--site", "1", "--visitor", "ann"};

        assertThat(run(export).out())
                .startsWith("{\"site\":\"example.com\",\"visitor\":\"ann\",\"visitsFrom\":null,\"complete\":true,")
                .contains("\"pageViews\":[{\"pathname\":", "\"conversions\":[]")
                .doesNotContain("bob");

        assertThat(run("erase", "--site", "1", "--visitor", "ann").code()).isZero();
        assertThat(run(export).code()).isEqualTo(1);
        assertThat(run(export).err()).isEqualTo("millrace: nothing is held of this visitor\n");
    }

    @Test
    void erasesAVisitorAndCountsItsDaysAnew() throws Exception {
        String[] erase = {"erase", "--site", "1", "--visitor", "ann"};

        assertThat(run(erase).out()).isEqualTo("1 visitors, 2 visits, 2 page views, 0 events removed\n");

        assertThat(rows.all("SELECT visitor_id FROM v_sessions ORDER BY started_at"))
                .containsExactly("old", "bob");
        assertThat(rows.number("SELECT sum(page_views) FROM daily_stats")).isEqualTo(2);
        assertThat(run("verify").code()).isZero();
        assertThat(run(erase).out()).startsWith("0 visitors");
    }
}
