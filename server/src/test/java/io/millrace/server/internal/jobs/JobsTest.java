package io.millrace.server.internal.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.internal.jobs.Job.MakeUp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs on a clock that the test moves. */
class JobsTest {
    private static final Instant START = Instant.parse("2026-03-01T12:34:56Z");

    @TempDir
    private Path directory;

    private final List<Instant> done = new ArrayList<>();
    private Instant now = START;
    private Exception failure;

    private Job job(Schedule schedule, MakeUp makeUp) {
        return new Job("work", "Works", schedule, makeUp, due -> {
            if (failure != null) {
                throw failure;
            }
            done.add(due);
            return "done";
        });
    }

    private Jobs jobs(Job... jobs) {
        return new Jobs(List.of(jobs), directory.resolve("jobs.json"), () -> now);
    }

    private static Instant at(String time) {
        return Instant.parse(time);
    }

    @Test
    void aMonthWithARestartInBetweenHasEachTimeOnce() {
        Job hourly = job(Schedule.every(Duration.ofHours(1)), MakeUp.EACH);
        Jobs jobs = jobs(hourly);
        int looks = 31 * 24 * 12;
        for (int i = 0; i < looks; i++) {
            if (i == looks / 2) {
                jobs.close();
                jobs = jobs(hourly);
            }
            jobs.look();
            now = now.plus(Duration.ofMinutes(5));
        }
        jobs.close();

        assertThat(done)
                .containsExactlyElementsOf(Stream.iterate(at("2026-03-01T13:00:00Z"), t -> t.plus(Duration.ofHours(1)))
                        .limit(31 * 24)
                        .toList());
    }

    @Test
    void whatWasMissedIsMadeUpForOnceOrEach() {
        try (Jobs jobs = jobs(
                job(Schedule.every(Duration.ofHours(1)), MakeUp.EACH),
                new Job("once", "Once", Schedule.every(Duration.ofHours(1)), MakeUp.LATEST, due -> "done"))) {
            jobs.look();
            assertThat(jobs.all().get(1).state().due()).as("at once").isEqualTo(at("2026-03-01T12:00:00Z"));
            now = at("2026-03-01T16:10:00Z");
            jobs.look();
            assertThat(done)
                    .containsExactly(
                            at("2026-03-01T13:00:00Z"),
                            at("2026-03-01T14:00:00Z"),
                            at("2026-03-01T15:00:00Z"),
                            at("2026-03-01T16:00:00Z"));
            now = at("2026-06-01T00:00:00Z");
            jobs.look();
            assertThat(done).as("the last five").hasSize(9).endsWith(at("2026-06-01T00:00:00Z"));
        }
    }

    @Test
    void whatFailedIsTriedAgainAfterGrowingPauses() {
        try (Jobs jobs = jobs(job(Schedule.every(Duration.ofDays(1)), MakeUp.LATEST))) {
            failure = new IOException("no room");
            List<Instant> tries = new ArrayList<>();
            for (int i = 0; i < 10 * 60; i++) {
                jobs.look();
                Instant last = jobs.all().get(0).state().began();
                if (tries.isEmpty() || !tries.get(tries.size() - 1).equals(last)) {
                    tries.add(last);
                }
                now = now.plusSeconds(60);
            }
            assertThat(jobs.all().get(0).state().result()).isEqualTo("failed");
            assertThat(jobs.all().get(0).state().said()).isEqualTo("no room");
            assertThat(Duration.between(tries.get(0), tries.get(1))).isEqualTo(Duration.ofMinutes(1));
            assertThat(Duration.between(tries.get(1), tries.get(2))).isEqualTo(Duration.ofMinutes(2));
            assertThat(tries).hasSizeBetween(12, 18);

            failure = null;
            now = now.plus(Duration.ofHours(1));
            jobs.look();
            assertThat(done).containsExactly(at("2026-03-01T00:00:00Z"));
            assertThat(jobs.all().get(0).state().result()).isEqualTo("ok");
        }
    }

    @Test
    void whatWasCutOffIsDoneAgain() throws Exception {
        Files.writeString(
                directory.resolve("jobs.json"),
                "{\"work\":{\"due\":\"2026-02-28T00:00:00Z\",\"began\":\"2026-03-01T00:00:01Z\",\"ended\":null,\"failures\":0,"
                        + "\"said\":\"done\"}}");
        try (Jobs jobs = jobs(job(Schedule.every(Duration.ofDays(1)), MakeUp.EACH))) {
            assertThat(jobs.all().get(0).state().result()).isEqualTo("running");
            jobs.look();
            jobs.look();
            assertThat(done).containsExactly(at("2026-03-01T00:00:00Z"));
        }
    }

    @Test
    void aClockThatWasFarAheadStopsNoJobForYears() {
        try (Jobs jobs = jobs(job(Schedule.every(Duration.ofHours(1)), MakeUp.LATEST))) {
            now = at("2038-01-19T03:14:08Z");
            jobs.look();
            now = START;
            jobs.look();
            now = START.plus(Duration.ofHours(1));
            jobs.look();
            assertThat(done).containsExactly(at("2038-01-19T03:00:00Z"), at("2026-03-01T13:00:00Z"));
        }
    }

    @Test
    void aFileThatCannotBeReadIsNone() throws Exception {
        Files.writeString(directory.resolve("jobs.json"), "{\"work\":");
        try (Jobs jobs = jobs(job(Schedule.every(Duration.ofDays(1)), MakeUp.LATEST))) {
            jobs.look();
            assertThat(done).hasSize(1);
        }
    }

    @Test
    void aDayWhoseClockPassesOverATimeHasItNevertheless() {
        Schedule nightly = Schedule.daily(LocalTime.of(2, 30), ZoneId.of("Europe/Berlin"));

        assertThat(nightly.next(at("2026-03-28T12:00:00Z"))).isEqualTo(at("2026-03-29T01:30:00Z"));
        assertThat(nightly.next(at("2026-03-29T01:30:00Z"))).isEqualTo(at("2026-03-30T00:30:00Z"));
        assertThat(nightly.latest(at("2026-03-29T01:29:00Z"))).isEqualTo(at("2026-03-28T01:30:00Z"));
        assertThat(nightly.next(at("2026-10-24T12:00:00Z")))
                .as("the first of two")
                .isEqualTo(at("2026-10-25T00:30:00Z"));
        assertThat(nightly.next(at("2026-10-25T00:30:00Z"))).isEqualTo(at("2026-10-26T01:30:00Z"));
    }
}
