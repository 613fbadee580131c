package io.millrace.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.engine.Beacon;
import io.millrace.engine.Counter;
import io.millrace.engine.Engine;
import io.millrace.engine.MemoryStorage;
import io.millrace.engine.Metric;
import io.millrace.engine.Period;
import io.millrace.engine.Query;
import io.millrace.engine.Site;
import io.millrace.wire.Cleaned;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ReplayFrontEndTest {
    private static final long TIME = 1_763_600_000_000L;

    @TempDir
    private Path directory;

    private final MemoryStorage storage = new MemoryStorage();
    private final List<String> refused = new ArrayList<>();
    private final List<String> unreadable = new ArrayList<>();
    private Engine engine;
    private Site site;

    @BeforeEach
    void start() {
        engine = Engine.builder(storage).start();
        site = engine.addSite(Site.of("example.com")).join();
    }

    @AfterEach
    void theLawHolds() {
        engine.flush().join();
        assertThat(engine.counters().unsettled()).isZero();
        engine.close();
    }

    @Test
    void bringsInBeaconsWithTheirTimes() throws Exception {
        Path file = write("a b.ndjson", beacon("v1", "/one", TIME), beacon("v2", "/two", TIME + 1_000));

        ReplayTotals totals = replay(ReplaySettings.of(file));

        assertThat(totals.stored()).isEqualTo(2);
        assertThat(pageViews(TIME, TIME + 1_001)).isEqualTo(2);
    }

    @Test
    void addsNothingWhenAFileIsReplayedTwice() throws Exception {
        Path file = write("beacons.ndjson", beacon("v1", "/one", TIME), beacon("v2", "/two", TIME));

        replay(ReplaySettings.of(file));
        ReplayTotals second = replay(ReplaySettings.of(file));

        assertThat(second.lines()).isZero();
        assertThat(pageViews(TIME, TIME + 1)).isEqualTo(2);
    }

    @Test
    void addsNothingWhenAnArrayWhoseLastMemberIsRefusedIsReplayedTwice() throws Exception {
        long before = System.currentTimeMillis();
        String view = "{\"site_id\":1,\"visitor_id\":\"v1\",\"url\":\"http://example.com/\"}";
        Path file = write("bare.ndjson", "[" + view + "," + view + ",{\"site_id\":1},{\"site\":\"b.example\"}]");

        replay(ReplaySettings.of(file));
        replay(ReplaySettings.of(file));

        assertThat(pageViews(before, System.currentTimeMillis() + 1)).isEqualTo(2);
    }

    @Test
    void readsOnlyWhatWasAddedSince() throws Exception {
        Path file = write("beacons.ndjson", beacon("v1", "/one", TIME));
        replay(ReplaySettings.of(file));
        append(file, beacon("v2", "/two", TIME) + "\n");

        assertThat(replay(ReplaySettings.of(file)).stored()).isEqualTo(1);
    }

    @Test
    void doesNotTakeTheLastLineAgainWhenItsEndIsWrittenLater() throws Exception {
        for (String end : List.of("\n", "\r\n")) {
            Path file = directory.resolve("growing" + end.length() + ".ndjson");
            Files.writeString(file, beacon("v1", "/one", TIME) + "\n" + beacon("v2", "/two", TIME));
            assertThat(replay(ReplaySettings.of(file)).stored()).isEqualTo(2);
            append(file, end + beacon("v3", "/three", TIME) + "\n");
            assertThat(replay(ReplaySettings.of(file)).stored()).isEqualTo(1);
        }
    }

    @Test
    void takesALineThatWasNotWrittenWholeOnceItIs() throws Exception {
        String line = beacon("v2", "/two", TIME);
        Path file = directory.resolve("growing.ndjson");
        Files.writeString(file, beacon("v1", "/one", TIME) + "\n" + line.substring(0, 20));
        assertThat(replay(ReplaySettings.of(file)).refused()).isEqualTo(1);
        append(file, line.substring(20) + "\n");
        assertThat(replay(ReplaySettings.of(file)).stored()).isEqualTo(1);
    }

    @Test
    void knowsAFileAgainThatWasRenamed() throws Exception {
        Path file = write("beacons.ndjson", beacon("v1", "/one", TIME));
        replay(ReplaySettings.of(file));
        Path renamed = Files.move(file, directory.resolve("beacons.ndjson.1"));

        assertThat(replay(ReplaySettings.of(renamed)).lines()).isZero();
    }

    @Test
    void readsAllOfItWhenToldToReadAgain() throws Exception {
        Path file = write("beacons.ndjson", beacon("v1", "/one", TIME));
        replay(ReplaySettings.of(file));

        ReplaySettings again = new ReplaySettings(List.of(file), ReplaySettings.Format.REPLAY, 0, false, true);

        assertThat(replay(again).stored()).isEqualTo(1);
    }

    @Test
    void recognisesGzip() throws Exception {
        Path file = directory.resolve("beacons.ndjson.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(
                    (beacon("v1", "/one", TIME) + "\n" + beacon("v2", "/two", TIME)).getBytes(StandardCharsets.UTF_8));
        }

        assertThat(replay(ReplaySettings.of(file)).stored()).isEqualTo(2);
        assertThat(replay(ReplaySettings.of(file)).lines()).isZero();
    }

    @Test
    void namesRefusedLinesByNumberAndTakesTheRest() throws Exception {
        Path file = write(
                "mixed.ndjson",
                beacon("v1", "/one", TIME),
                "not json",
                "",
                "{\"v\":1,\"time\":1763600000000,\"beacon\":{\"site_id\":99,\"visitor_id\":\"v\",\"url\":\"http://e.com/\"}}",
                "{\"v\":1,\"time\":1763600000000,\"beacon\":{\"site_id\":1,\"url\":\"http://e.com/\"}}",
                "{\"v\":2,\"beacon\":{\"site_id\":1,\"visitor_id\":\"v\",\"url\":\"http://e.com/\"}}",
                beacon("v2", "/two", TIME));

        ReplayTotals totals = replay(ReplaySettings.of(file));

        assertThat(totals.stored()).isEqualTo(2);
        assertThat(totals.refused()).isEqualTo(4);
        assertThat(refused)
                .containsExactly(
                        "2: not JSON at byte 1",
                        "4: unknown site",
                        "5: visitor_id: or ip or session_id is required: whose is it?",
                        "6: v: must be 1");
    }

    @Test
    void takesABareCollectBodyAsReceivedNow() throws Exception {
        long before = System.currentTimeMillis();
        Path file = write(
                "bare.ndjson",
                "{\"site_id\":1,\"visitor_id\":\"v1\",\"url\":\"http://example.com/\"}",
                "[{\"site_id\":1,\"visitor_id\":\"v1\",\"url\":\"http://example.com/a\"},"
                        + "{\"site_id\":1,\"visitor_id\":\"v2\",\"url\":\"http://example.com/b\"}]");

        assertThat(replay(ReplaySettings.of(file)).stored()).isEqualTo(3);
        assertThat(pageViews(before, System.currentTimeMillis() + 1)).isEqualTo(3);
    }

    @Test
    void followsAFileAcrossRotation() throws Exception {
        Path file = write("live.ndjson", beacon("v1", "/one", TIME));
        ReplaySettings follow = new ReplaySettings(List.of(file), ReplaySettings.Format.REPLAY, 0, true, false);
        try (ReplayFrontEnd replay = new ReplayFrontEnd(follow, ReplayListener.NONE)) {
            replay.start(engine);
            awaitStored(1);
            append(
                    file,
                    beacon("v2", "/two", TIME) + "\n"
                            + beacon("v3", "/three", TIME).substring(0, 20));
            awaitStored(2);
            append(file, beacon("v3", "/three", TIME).substring(20));
            Files.move(file, directory.resolve("live.ndjson.1"));
            write("live.ndjson", beacon("v4", "/four", TIME));
            awaitStored(4);
            replay.stop();
            assertThat(replay.done().get(10, TimeUnit.SECONDS).stored()).isEqualTo(4);
        }
    }

    @Test
    void namesAFileThatIsCutOffTakesWhatItHasAndGoesOnWithTheNext() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes, true)) {
            out.write((beacon("v1", "/one", TIME) + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
            out.write((beacon("v2", "/two", TIME) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        Path cut = Files.write(directory.resolve("cut.gz"), Arrays.copyOf(bytes.toByteArray(), bytes.size() - 12));
        Path next = write("next.ndjson", beacon("v3", "/three", TIME));

        ReplayTotals totals = replay(ReplaySettings.of(cut, directory, next));

        assertThat(totals.unread()).isEqualTo(2);
        assertThat(unreadable).hasSize(2);
        assertThat(unreadable.get(0))
                .startsWith("cut.gz behind line ")
                .endsWith(": Unexpected end of ZLIB input stream");
        assertThat(unreadable.get(1)).endsWith(" behind line 0: Is a directory");
        assertThat(totals.stored()).isEqualTo(totals.lines()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void readsAPipeEachTimeItIsGivenOne() throws Exception {
        Path pipe = directory.resolve("pipe");
        assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "no named pipes here");
        Path file = write("beacons.ndjson", beacon("v1", "/one", TIME), beacon("v2", "/two", TIME));
        for (int i = 0; i < 2; i++) {
            Process cat =
                    new ProcessBuilder("sh", "-c", "cat \"$0\" >\"$1\"", file.toString(), pipe.toString()).start();
            assertThat(replay(ReplaySettings.of(pipe)).stored()).isEqualTo(2);
            assertThat(cat.waitFor()).isZero();
        }
    }

    @Test
    void followingWhatCannotGrowEnds() throws Exception {
        Path packed = directory.resolve("packed.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write(beacon("v1", "/one", TIME).getBytes(StandardCharsets.UTF_8));
        }
        assertThat(replay(new ReplaySettings(List.of(packed), ReplaySettings.Format.REPLAY, 0, true, false))
                        .stored())
                .isEqualTo(1);
    }

    @Test
    void countsAndNamesWhatWasCutOrLeftOut() throws Exception {
        String event =
                "{\"v\":1,\"time\":" + TIME + ",\"beacon\":{\"site_id\":1,\"visitor_id\":\"v\",\"type\":\"event\","
                        + "\"name\":\"Purchase\",\"url\":\"https://example.com/\",\"revenue\":\"free\",\"title\":\""
                        + "t".repeat(600) + "\"}}";
        ReplayTotals totals = replay(ReplaySettings.of(write("events.ndjson", event, event)));

        assertThat(totals.stored()).isEqualTo(2);
        assertThat(totals.cleaned())
                .isEqualTo(Map.of(
                        new Cleaned("revenue", Cleaned.Reason.UNREADABLE),
                        2L,
                        new Cleaned("title", Cleaned.Reason.CUT),
                        2L));
        assertThat(engine.counters().get(Counter.UNREADABLE, site.id())).isEqualTo(2);
        assertThat(engine.counters().get(Counter.CUT, site.id())).isEqualTo(2);
    }

    @Test
    void failsWhenAFileIsMissing() {
        assertThatThrownBy(() -> replay(ReplaySettings.of(directory.resolve("none"))))
                .hasCauseInstanceOf(java.nio.file.NoSuchFileException.class);
    }

    private void awaitStored(long n) throws InterruptedException {
        while (engine.counters().get(Counter.STORED, site.id()) < n) {
            Thread.onSpinWait();
        }
    }

    private ReplayTotals replay(ReplaySettings settings) throws Exception {
        try (ReplayFrontEnd replay = new ReplayFrontEnd(settings, listener())) {
            replay.start(engine);
            return replay.done().get(30, TimeUnit.SECONDS);
        }
    }

    private ReplayListener listener() {
        return new ReplayListener() {
            @Override
            public void refused(Path file, long line, String problem) {
                refused.add(line + ": " + problem);
            }

            @Override
            public void unreadable(Path file, long lines, IOException problem) {
                unreadable.add(file.getFileName() + " behind line " + lines + ": " + problem.getMessage());
            }

            @Override
            public void progress(Path file, long bytes, long size) {
                assertThat(bytes).isLessThanOrEqualTo(size);
            }
        };
    }

    private long pageViews(long from, long to) {
        Query query = Query.totals(site.id(), new Period(from, to), ZoneOffset.UTC, Metric.PAGE_VIEWS);
        return engine.query(query).rows().get(0).metrics().get(0);
    }

    private static String beacon(String visitor, String path, long time) {
        return "{\"v\":1,\"time\":" + time + ",\"beacon\":{\"site_id\":1,\"visitor_id\":\"" + visitor
                + "\",\"type\":\"" + Beacon.Type.PAGEVIEW.name().toLowerCase(java.util.Locale.ROOT)
                + "\",\"url\":\"http://example.com" + path + "\"},\"ip\":\"203.0.113.7\"}";
    }

    private Path write(String name, String... lines) throws IOException {
        return Files.write(directory.resolve(name), List.of(lines));
    }

    private static void append(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.APPEND);
    }
}
