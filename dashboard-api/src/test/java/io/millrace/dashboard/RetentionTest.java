package io.millrace.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Beacon;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Retention: who comes back, by the time of the first visit. */
class RetentionTest extends ApiFixture {
    private static final String DAYS = "from=2026-03-14&to=2026-03-16";

    @BeforeEach
    void comeAndComeBack() {
        put(page("old", "/"));
        pass(Duration.ofDays(4));
        put(page("ann", "/"));
        put(page("bob", "/pricing"));
        put(page("old", "/"));
        cookieless();
        pass(Duration.ofDays(1));
        put(page("ann", "/"));
        put(page("cat", "/"));
        pass(Duration.ofDays(1));
        put(page("ann", "/pricing"));
        put(page("bob", "/"));
        cookieless();
    }

    private void cookieless() {
        put(Beacon.pageview(site.id())
                .url("https://example.com/")
                .address("192.0.2.9")
                .userAgent("Mozilla/5.0"));
    }

    private Client.Answer get(String more) {
        Client.Answer answer = reader.get(path("retention?" + more));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer;
    }

    private String figures(String more) {
        return String.join(
                " ",
                get("format=csv&" + more)
                        .text()
                        .lines()
                        .skip(1)
                        .map(line -> line.substring(line.indexOf(',') + 1))
                        .toList());
    }

    @Test
    void countsWhoOfEachDaysNewVisitorsCameBack() {
        assertThat(figures("unit=day&" + DAYS))
                .isEqualTo("2,0,2,100.0 2,1,1,50.0 2,2,2,100.0 1,0,1,100.0 1,1,0,0.0 0,0,0,0.0");
    }

    @Test
    void knowsWhoCameBeforeThePeriod() {
        assertThat(get("unit=day&period=7d").at("rows.0.visitors")).isEqualTo(1L);
        assertThat(get("unit=day&" + DAYS).at("rows.0.visitors")).isEqualTo(2L);
    }

    @Test
    void leavesOutWhoHasNoIdAndTellsTheirShare() {
        Client.Answer answer = get("unit=day&" + DAYS);
        assertThat(answer.at("visitors")).isEqualTo(6L);
        assertThat(answer.at("cookieless")).isEqualTo(2L);
        assertThat(answer.at("cookielessShare")).hasToString("33.33");
    }

    @Test
    void looksAtTheVisitsThatFiltersSelectAsThoughThereWereNoOthers() {
        assertThat(figures("unit=day&" + DAYS + "&page=/pricing"))
                .isEqualTo("1,0,1,100.0 1,1,0,0.0 1,2,0,0.0 0,0,0,0.0 0,1,0,0.0 1,0,1,100.0");
    }

    @Test
    void takesWholeWeeksAndMonths() {
        assertThat(get("period=90d").at("unit")).isEqualTo("week");
        assertThat(get("format=csv&unit=month&period=all").text())
                .startsWith("cohort,visitors,after,returned,rate\r\n")
                .contains(",4,0,4,100.0");
    }

    @Test
    void refusesTooManySpans() {
        Client.Answer answer = reader.get(path("retention?unit=day&period=12m"));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.at("error.field")).isEqualTo("unit");
    }
}
