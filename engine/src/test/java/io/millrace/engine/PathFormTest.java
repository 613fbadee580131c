package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages have the one form that their site gives them, before anything else looks at a path. */
class PathFormTest extends EngineFixture {
    private void form(boolean withoutSlash, boolean lowerCase, String... patterns) {
        site = engine.updateSite(site.withPathForm(PathForm.of(withoutSlash, lowerCase, List.of(patterns)))
                        .withKeepParams(Set.of("id")))
                .join();
    }

    private String entry(String url) {
        put(page(url).pathname(url.replaceAll("[?].*", "")).visitorId(url));
        Query entry = Query.totals(site.id(), new Period(0, Long.MAX_VALUE), site.zone(), Metric.SESSIONS)
                .by(Dimension.ENTRY_PAGE, 0);
        return engine.query(entry).rows().get(0).values().get(0);
    }

    @ParameterizedTest
    @CsvSource({
        "/, /",
        "//, /",
        "/Docs/, /docs",
        "/Docs//?id=A&x=1, /docs?id=A",
        "/user/7, /user/*",
        "/USER/7/, /user/*",
        "/user/7/edit?id=3, /user/*?id=3",
        "/users, /users",
        "/A/b/C, /a/*/c",
        "/#/, /#/",
        "/app#/Pricing/, /app#/pricing"
    })
    void pathsAreStoredInTheSitesForm(String sent, String stored) {
        form(true, true, "/user/*", "/a/*/c", "/a/*");
        assertThat(entry(sent)).isEqualTo(stored);
    }

    @Test
    void withoutSettingsPathsAreAsTheyAreSent() {
        assertThat(entry("/Docs/")).isEqualTo("/Docs/");
    }

    @Test
    void goalsAndExclusionsSeeTheForm() {
        form(true, false, "/user/*");
        engine.saveExclusion(new Exclusion(0, site.id(), Exclusion.Kind.PATH, "/user/\\*", 0))
                .join();
        assertThat(put(page("/user/7")).counter()).isEqualTo(Counter.FILTERED_PATH);
        put(page("/thanks/"));
        Filter[] goal = new Goal(1, site.id(), "Paid", "/thanks", null, Map.of(), 0, 0)
                .filters()
                .toArray(Filter[]::new);
        assertThat(totals(goal).get(Metric.PAGE_VIEWS)).isEqualTo(1);
    }

    @Test
    void aPreviewSaysHowManyPathsBecomeOne() {
        site = engine.updateSite(site.withKeepParams(Set.of("id", "q"))).join();
        for (String path : List.of("/user/1", "/user/2", "/user/2", "/a", "/a/", "/b?id=1&q=2", "/b?id=1&q=3", "/c")) {
            put(page(path));
        }
        PathForm form = PathForm.of(true, false, List.of("/user/*"));
        PathForm.Preview preview = form.preview(
                engine.query(PathForm.stored(site.id(), site.lastDays(30, clock.millis()), site.zone(), 100)),
                Set.of("id"));
        assertThat(preview.paths()).isEqualTo(7);
        assertThat(preview.forms()).isEqualTo(4);
        assertThat(preview.examples())
                .extracting(PathForm.Preview.Form::form)
                .containsExactlyInAnyOrder("/a", "/b?id=1", "/user/*");
        assertThat(preview.examples()).allSatisfy(e -> assertThat(e.of()).hasSize(2));
        assertThat(PathForm.AS_SENT.preview(
                        engine.query(PathForm.stored(site.id(), site.lastDays(30, clock.millis()), site.zone(), 3)),
                        Set.of("id", "q")))
                .isEqualTo(new PathForm.Preview(3, 3, List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"user/*", "/user", "/user/*?id=1", "/*a*b*c*d*e*f*g*h*i", "/\u0007*"})
    void whatIsNoPatternIsRefused(String pattern) {
        assertThat(PathForm.of(false, false, List.of(pattern)).fault()).isPresent();
    }
}
