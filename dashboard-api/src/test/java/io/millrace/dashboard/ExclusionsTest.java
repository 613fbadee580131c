package io.millrace.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Exclusion;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a site excludes: tried out, on trial, counted, and back with it. */
class ExclusionsTest extends ApiFixture {
    private String exclusions;

    @BeforeEach
    void traffic() {
        exclusions = "/api/sites/" + site.id() + "/exclusions";
        view("ann", "/admin/1");
        view("bob", "/admin/2");
        view("bob", "/");
        engine.flush().join();
    }

    private Client.Answer add(String kind, String pattern, boolean trial) {
        return admin.send(
                "POST",
                exclusions,
                "{\"kind\":\"" + kind + "\",\"pattern\":\"" + pattern + "\",\"trial\":" + trial + "}");
    }

    @Test
    void aRuleIsTriedOutOnWhatIsStored() {
        String path = exclusions + "/try?kind=path&pattern=";
        assertThat(admin.get(path + "/admin/*").at("hits").toString()).isEqualTo("2");
        assertThat(admin.get(path + "/none").at("hits").toString()).isEqualTo("0");
        now.updateAndGet(at -> at.plus(Duration.ofDays(7)));
        assertThat(admin.get(path + "/admin/*").at("hits").toString()).isEqualTo("0");
        assertThat(admin.get(exclusions + "/try?kind=address&pattern=192.0.2.7").status())
                .isEqualTo(400);
        assertThat(admin.get(exclusions + "/try?kind=path&pattern=admin").at("error.message"))
                .asString()
                .contains("must begin with /");
    }

    @Test
    void aRuleActsCountsAndGoesWithWhatItLeftOut() {
        Client.Answer added = add("path", "/admin/*", false);
        assertThat(added.status()).as(added.text()).isEqualTo(201);
        assertThat(added.at("acts")).isEqualTo(true);
        assertThat(add("path", "/admin/*", false).status()).isEqualTo(409);
        put(page("ann", "/admin/3").id("3"));
        put(page("ann", "/").id("4"));
        engine.flush().join();
        assertThat(admin.get(exclusions).at("exclusions.0.today").toString()).isEqualTo("1");
        assertThat(reader.get("/api/sites/" + site.id() + "/filtered?period=today")
                        .text())
                .contains("{\"reason\":\"path\",\"bot\":false,\"active\":true,\"count\":1}");
        Client.Answer removed = admin.send("DELETE", exclusions + "/" + added.at("id") + "?restore=true", "");
        assertThat(removed.at("restored").toString()).isEqualTo("1");
        assertThat(reader.get(path("overview?period=today"))
                        .at("current.pageViews")
                        .toString())
                .isEqualTo("5");
        assertThat(engine.sites().exclusions(site.id())).isEmpty();
    }

    @Test
    void aRuleOnTrialActsADayLaterOrWhenItIsStarted() {
        Client.Answer trial = add("query", "internal=1", true);
        assertThat(trial.at("acts")).isEqualTo(false);
        put(page("ann", "/a?internal=1").id("5"));
        assertThat(admin.get(exclusions).at("exclusions.0.onTrial").toString()).isEqualTo("1");
        Client.Answer started = admin.send("POST", exclusions + "/" + trial.at("id") + "/start", "");
        assertThat(started.at("acts")).isEqualTo(true);
        put(page("ann", "/b?internal=1").id("6"));
        assertThat(admin.get(exclusions).at("exclusions.0.today").toString()).isEqualTo("1");
        add("agent", "*Monitor*", true);
        now.updateAndGet(at -> at.plus(Duration.ofMillis(Exclusion.TRIAL_MILLIS)));
        assertThat(admin.get(exclusions).at("exclusions.1.acts")).isEqualTo(true);
    }

    @Test
    void whoMayNotEditSeesNoAddressesOfTheSitesPeople() {
        add("address", "192.0.2.0/24", false);
        assertThat(reader.get(exclusions).status()).isEqualTo(403);
        assertThat(admin.get("/api/sites/" + site.id() + "/audit").text())
                .contains("exclusion.add")
                .doesNotContain("192.0.2.0");
    }
}
