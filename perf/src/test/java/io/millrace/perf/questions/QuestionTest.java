package io.millrace.perf.questions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class QuestionTest {
    private static final long DAY = 86_400_000;

    /** An hour past midnight. */
    private static final long NOW = 20_000 * DAY + 3_600_000;

    private static Question named(String name) {
        return Question.ALL.stream()
                .filter(q -> q.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void isAskedAsThePageDoes() {
        assertThat(named("country, browser and page").path())
                .isEqualTo(
                        "overview?period=30d&country=DE&browser=Chrome&page=%2Farticles%2F5%2Fpart-5&compare=previous");
        assertThat(named("an event's property").path()).isEqualTo("overview?period=30d&prop.plan=pro&compare=previous");
        assertThat(named("paths, no filter").path()).isEqualTo("flow?period=30d");
    }

    @Test
    void countsThePeriodAndTheOneBeforeInDuckDb() {
        List<String> sql = DuckSql.of(named("one country"), NOW);
        String german = " AND country = (SELECT id FROM texts WHERE text = 'DE')";
        assertThat(sql.get(0))
                .startsWith("SELECT count(*), count(DISTINCT visitor), sum(pages)")
                .endsWith(" FROM visits WHERE started >= " + 19_971 * DAY + " AND started < " + NOW + german);
        assertThat(sql.get(2))
                .endsWith(" WHERE started >= " + 19_941 * DAY + " AND started < " + (NOW - 30 * DAY) + german);
        assertThat(sql).hasSize(4 + 9);
    }

    @Test
    void countsPagesOfSelectedVisits() {
        assertThat(DuckSql.of(named("no filter"), NOW)).last().asString().doesNotContain("visits");
        assertThat(DuckSql.of(named("one country"), NOW)).last().asString().contains("visit IN (SELECT id FROM visits");
        assertThat(DuckSql.of(named("country, browser and page"), NOW))
                .allSatisfy(sql -> assertThat(sql).contains("text = '/articles/5/part-5'"));
    }

    @Test
    void findsPropertiesByTheirValue() {
        assertThat(DuckSql.of(named("an event's property"), NOW).get(0))
                .contains("id IN (SELECT visit FROM properties WHERE key = 'plan' AND value = 'pro' AND time >= ");
    }

    @Test
    void readsTheTotalsOfAnOverview() {
        Answer ours = Answer.of(
                200, 5, "{\"site\":{},\"current\":{\"visitors\":2000,\"sessions\":3000,\"pageViews\":9000,\"x\":1}}");
        assertThat(ours.totals()).containsExactly(3000L, 2000L, 9000L);
        assertThat(ours.agrees(new Answer(200, 7, List.of(3010L, 2000L, 9020L))))
                .isTrue();
        assertThat(ours.agrees(new Answer(200, 7, List.of(3000L, 2100L, 9000L))))
                .isFalse();
        assertThat(ours.agrees(Answer.of(400, 7, "{\"error\":{}}"))).isTrue();
    }

    @Test
    void tellsMedianGreatestAndRefusals() {
        Times times = new Times();
        assertThat(times).hasToString("-");
        times.add(new Answer(503, 1, List.of()));
        assertThat(times).hasToString("1 of 1: 503");
        for (long millis : new long[] {30, 10, 2_000}) {
            times.add(new Answer(200, millis * 1_000_000, List.of()));
        }
        assertThat(times).hasToString("30 (2,000); 1 of 4: 503");
        assertThat(times.asked()).isEqualTo(4);
    }
}
