package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.engine.Exclusion.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a site excludes does not count. */
class ExclusionTest extends EngineFixture {
    private static final String BOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";

    private Exclusion exclude(Kind kind, String pattern) {
        return engine.saveExclusion(new Exclusion(0, site.id(), kind, pattern, 0))
                .join();
    }

    private BeaconBuilder visit(String url) {
        return Beacon.pageview(site.id())
                .url(url)
                .visitorId("v1")
                .address("198.51.100.7")
                .userAgent("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0 MyMonitor/2")
                .place(new Place("DE", "DE-BY", null));
    }

    @ParameterizedTest
    @CsvSource({
        "ADDRESS, 198.51.100.7, FILTERED_ADDRESS",
        "ADDRESS, 198.51.100.0/24, FILTERED_ADDRESS",
        "ADDRESS, 198.51.100.8/29, STORED",
        "ADDRESS, ::/0, STORED",
        "HOSTNAME, *.Example.com, FILTERED_HOSTNAME",
        "HOSTNAME, example.com, STORED",
        "PATH, /a*min/*, FILTERED_PATH",
        "PATH, /admin, STORED",
        "PATH, /Admin/*, STORED",
        "COUNTRY, de, FILTERED_COUNTRY",
        "COUNTRY, FR, STORED",
        "QUERY, internal, FILTERED_QUERY",
        "QUERY, Internal=1, FILTERED_QUERY",
        "QUERY, internal=2, STORED",
        "QUERY, empty=, FILTERED_QUERY",
        "QUERY, intern, STORED",
        "AGENT, *mymonitor/*, FILTERED_USER_AGENT",
        "AGENT, mymonitor, STORED"
    })
    void aRuleCatchesWhatItIsAbout(Kind kind, String pattern, Counter expected) {
        exclude(kind, pattern);
        assertThat(put(visit("https://shop.example.com/admin/users?a=b&internal=1&empty"))
                        .counter())
                .isEqualTo(expected);
    }

    @Test
    void networksOfIpv6AreExcludedToo() {
        exclude(Kind.ADDRESS, "2001:DB8:1::/48");
        assertThat(put(visit("/").address("2001:db8:1:ffff::1")).counter()).isEqualTo(Counter.FILTERED_ADDRESS);
        assertThat(put(visit("/").address("2001:db8:2::")).counter()).isEqualTo(Counter.STORED);
        assertThat(put(visit("/").address(null)).counter()).isEqualTo(Counter.STORED);
        assertThat(put(visit("/").address("none")).counter()).isEqualTo(Counter.STORED);
    }

    @Test
    void eachRuleIsCountedByTheSitesDay() {
        Exclusion admin = exclude(Kind.PATH, "/admin/*");
        Exclusion office = exclude(Kind.ADDRESS, "198.51.100.7");
        put(visit("/admin/1"));
        put(visit("/"));
        put(visit("/"));
        int today = site.dayOf(clock.millis());
        assertThat(storage.reader().excluded(site.id(), today)).isEqualTo(Map.of(admin.id(), 1L, office.id(), 2L));
        clock.advance(Duration.ofDays(1));
        put(visit("/admin/1"));
        assertThat(storage.reader().excluded(site.id(), today + 1)).isEqualTo(Map.of(admin.id(), 1L));
        assertThat(storage.reader().ledger(site.id(), today, today + 1))
                .containsEntry(Counter.FILTERED_PATH, 2L)
                .containsEntry(Counter.FILTERED_ADDRESS, 2L);
        assertThat(storage.reader().filtered(site.id(), 10)).hasSize(4);
    }

    @Test
    void aRuleOnTrialCountsWhatItWouldCatchAndActsADayLater() {
        Exclusion rule = engine.saveExclusion(
                        new Exclusion(0, site.id(), Kind.QUERY, "internal", clock.millis() + Exclusion.TRIAL_MILLIS))
                .join();
        assertThat(put(visit("/?internal=1")).counter()).isEqualTo(Counter.STORED);
        assertThat(put(visit("/")).counter()).isEqualTo(Counter.STORED);
        assertThat(engine.onTrial(rule.id())).isEqualTo(1);
        restart();
        clock.advance(Duration.ofHours(24));
        assertThat(put(visit("/?internal=1")).counter()).isEqualTo(Counter.FILTERED_QUERY);
        assertThat(engine.onTrial(rule.id())).isZero();
    }

    @Test
    void whatARuleLeftOutCountsWhenItGoes() {
        Exclusion rule = exclude(Kind.QUERY, "internal");
        Exclusion other = exclude(Kind.QUERY, "test");
        put(visit("/a?internal=1").id("1"));
        put(visit("/b?test=1").id("2"));
        put(visit("/c?internal=1").id("3").userAgent(BOT));
        assertThat(engine.removeExclusion(site.id(), rule.id(), true).join()).isEqualTo(1);
        assertThat(totals().get(Metric.PAGE_VIEWS)).isEqualTo(1);
        assertThat(engine.removeExclusion(site.id(), other.id(), false).join()).isZero();
        assertThat(totals().get(Metric.PAGE_VIEWS)).isEqualTo(1);
        assertThat(put(visit("/b?test=1").id("2")).counter()).isEqualTo(Counter.STORED);
        int today = site.dayOf(clock.millis());
        assertThat(storage.reader().ledger(site.id(), today, today))
                .containsEntry(Counter.STORED, 2L)
                .containsEntry(Counter.FILTERED_QUERY, 2L);
    }

    @Test
    void whatIsExcludedDoesNotComeBackWithBots() {
        exclude(Kind.PATH, "/admin/*");
        assertThat(put(visit("/admin/").id("1").userAgent(BOT)).counter()).isEqualTo(Counter.FILTERED_PATH);
        assertThat(put(visit("/").id("2").userAgent(BOT)).counter()).isEqualTo(Counter.FILTERED_BOT);
        site = engine.updateSite(site.withAllowedBots(Set.of(Counter.FILTERED_BOT)))
                .join();
        assertThat(engine.restore(site.id(), Counter.FILTERED_BOT).join()).isEqualTo(1);
        assertThat(totals().get(Metric.PAGE_VIEWS)).isEqualTo(1);
    }

    @Test
    void theSitesListOfHostsComesFirst() {
        exclude(Kind.PATH, "/a");
        site = engine.updateSite(site.withHostnames(Set.of("example.com"))).join();
        assertThat(put(visit("https://other.example/a")).counter()).isEqualTo(Counter.FILTERED_HOSTNAME);
    }

    @Test
    void signsOfLifeWithoutAPageAreAboutNone() {
        exclude(Kind.PATH, "/");
        put(visit("/b").id("1"));
        assertThat(put(Beacon.of(site.id(), Beacon.Type.HEARTBEAT).visitorId("v1"))
                        .counter())
                .isEqualTo(Counter.STORED);
        assertThat(put(visit("/").id("2")).counter()).isEqualTo(Counter.FILTERED_PATH);
    }

    @ParameterizedTest
    @CsvSource({
        "ADDRESS, 192.0.2.0/33",
        "ADDRESS, example.com",
        "ADDRESS, ''",
        "COUNTRY, Germany",
        "COUNTRY, D*",
        "PATH, admin",
        "PATH, /*",
        "PATH, *",
        "HOSTNAME, *",
        "QUERY, =1",
        "AGENT, **",
        "PATH, /*a*b*c*d*e*f*g*h*i"
    })
    void whatIsNoRuleIsRefused(Kind kind, String pattern) {
        assertThatThrownBy(() -> exclude(kind, pattern))
                .isInstanceOf(CompletionException.class)
                .hasMessageContaining("pattern: ");
    }

    @Test
    void aSiteHasSoManyRulesAndEachOnce() {
        for (int i = 0; i < Exclusion.MOST; i++) {
            exclude(Kind.PATH, "/" + i);
        }
        assertThatThrownBy(() -> exclude(Kind.PATH, "/x")).hasMessageContaining("at most");
        assertThat(new Exclusion(0, 1, Kind.PATH, "/1", 0).fault(engine.sites().exclusions(site.id())))
                .hasValue("pattern: /1 is excluded already");
        assertThat(new Exclusion(0, 1, Kind.PATH, "/" + "x".repeat(256), 0).fault(List.of()))
                .isPresent();
    }
}
