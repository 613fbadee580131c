package io.millrace.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.dashboard.internal.report.ReportKind;
import io.millrace.engine.Beacon;
import io.millrace.engine.Funnel;
import io.millrace.engine.Goal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A link for a part of a site shows that part: no page, host, title or event beyond it, in no report and no form of one. */
class FilteredLinkTest extends ApiFixture {
    private static final String[] DIMENSIONS = {
        "page", "entry_page", "exit_page", "hostname", "event", "source", "referrer", "country", "browser", "prop.plan"
    };

    @BeforeEach
    void visitPagesOfBothParts() {
        affiliate("bob", 0.1, 60);
        engine.saveGoal(new Goal(0, site.id(), "seen", "*", null, Map.of(), 0, 0))
                .join();
        Funnel.Step any = new Funnel.Step("*", null, Map.of(), 0);
        engine.saveFunnel(new Funnel(0, site.id(), "on", List.of(any, any), false, 0))
                .join();
        Funnel.Step page = new Funnel.Step("/beyond-step", null, Map.of(), 0);
        Funnel.Step event = new Funnel.Step(null, "beyond-step", Map.of("plan", "beyond-plan"), 0);
        engine.saveFunnel(new Funnel(0, site.id(), "out", List.of(page, event), false, 0))
                .join();
        segment("wide", "page=*");
        for (String visitor : List.of("a", "b")) {
            seen(visitor, "https://example.com/beyond-first?ref=bob");
            seen(visitor, "https://example.com/r");
            seen(visitor, "https://beyond.example.com/beyond-host");
            put(Beacon.event(site.id(), "beyond-event")
                    .url("https://example.com/beyond-event-page")
                    .visitorId(visitor)
                    .address("192.0.2.7"));
            seen(visitor, "https://example.com/beyond-last");
            assertThat(convert("{\"external_id\":\"of " + visitor
                                    + "\",\"amount\":1999,\"currency\":\"eur\",\"visitor_id\":\"" + visitor + "\"}")
                            .status())
                    .isEqualTo(201);
        }
        pass(Duration.ofMinutes(1));
    }

    private void seen(String visitor, String url) {
        pass(Duration.ofMinutes(1));
        put(Beacon.pageview(site.id())
                .url(url)
                .title(url.contains("beyond") ? "beyond" : "title")
                .visitorId(visitor)
                .address("192.0.2.7"));
    }

    private String link(String body) {
        return "/api/shared/"
                + admin.send("POST", "/api/sites/" + site.id() + "/links", body).at("token") + "/";
    }

    private Client.Answer get(String target) {
        return new Client(api).get(target);
    }

    /** Every report that there is, in every form. */
    private static List<String> everything() {
        List<String> all = new ArrayList<>();
        for (ReportKind kind : ReportKind.values()) {
            all.add(kind.label() + "?");
        }
        for (String dimension : DIMENSIONS) {
            all.add("breakdown?dimension=" + dimension + "&");
            all.add("goal?id=1&dimension=" + dimension + "&");
            all.add("funnel?funnel=on&dimension=" + dimension + "&");
            all.add("funnel?funnel=out&dimension=" + dimension + "&");
        }
        for (String table : List.of("pages", "entryPages", "exitPages", "sources", "timeSeries", "affiliates")) {
            all.add("overview?format=csv&table=" + table + "&");
        }
        all.addAll(List.of(
                "breakdown?dimension=page&format=csv&",
                "breakdown?dimension=entry_page&format=csv&",
                "conversions?format=csv&",
                "conversions?status=all&",
                "visitor-journey?visitorId=a&",
                "visitor-journey?visitorId=a&format=csv&",
                "funnel?funnel=out&",
                "funnel?funnel=out&format=csv&",
                "flow?root=/r&",
                "flow?root=/beyond-first&",
                "flow?root=/r&direction=backward&",
                "flow?rootEvent=beyond-event&direction=backward&",
                "flow?format=csv&",
                "affiliate?",
                "live?"));
        return all;
    }

    private List<String> telling(String link) {
        List<String> telling = new ArrayList<>();
        for (String report : everything()) {
            for (String asked : List.of(
                    "",
                    "path=/beyond*",
                    "entry_page=*",
                    "exit_page=!/r",
                    "hostname=*",
                    "prop.plan=*",
                    "goal=seen",
                    "segment=wide")) {
                Client.Answer answer = get(link + report + "period=today&" + asked);
                assertThat(answer.status()).as(report + asked).isIn(200, 400, 404, 406);
                if (answer.status() == 200 && answer.text().replace(asked, "").contains("beyond")) {
                    telling.add(report + asked);
                }
            }
        }
        return telling;
    }

    @Test
    void showsNoPageBeyondThePagesItIsFor() {
        String link = link("{\"filter\":\"page=/r\"}");
        assertThat(telling(link)).isEmpty();
        Client.Answer conversions = get(link + "conversions?period=today");
        assertThat(conversions.at("pagination.total")).isEqualTo(2L);
        assertThat(conversions.at("conversions.0.journey.0.pathname")).isEqualTo("/r");
        assertThat((List<?>) conversions.at("conversions.0.journey")).hasSize(1);
        assertThat(conversions.at("conversions.0.entry_page")).isNull();
        assertThat(get(link + "overview?period=today").at("pages.0.views")).isEqualTo(2L);
        assertThat(reader.get(path("conversions?period=today&path=/r")).at("conversions.0.journey.0.pathname"))
                .as("whoever may read the site sees the whole journey")
                .isEqualTo("/beyond-first");
    }

    private Object segment(String name, String filter) {
        Client.Answer added = admin.send(
                "POST",
                "/api/sites/" + site.id() + "/segments",
                "{\"name\":\"" + name + "\",\"filter\":\"" + filter + "\",\"type\":\"site\"}");
        assertThat(added.status()).as(added.text()).isEqualTo(201);
        return added.at("id");
    }

    @Test
    void showsNothingBeyondTheSegmentItIsLockedTo() {
        for (String filter : List.of("page=/r", "hostname=example.com&page=!/beyond*", "event=none")) {
            String link = link("{\"segment_id\":" + segment(filter, filter) + "}");
            assertThat(telling(link)).as(filter).isEmpty();
        }
        String link = link("{\"segment_id\":" + segment("r", "page=/r") + "}");
        assertThat(get(link + "overview?period=today").at("pages.0.views")).isEqualTo(2L);
        assertThat(get(link + "overview?period=today&entry_page=/beyond*").at("current.sessions"))
                .isEqualTo(0L);
        String both = link("{\"segment_id\":" + segment("home", "page=/") + ",\"filter\":\"page=/r\"}");
        assertThat(get(both + "overview?period=today").at("current.pageViews")).isEqualTo(0L);
    }

    @Test
    void numbersTheStepsOfFunnelsInsteadOfNamingThem() {
        String funnel = link("{\"filter\":\"page=/r\"}") + "funnel?period=today&funnel=out";
        assertThat(get(funnel).at("funnel.name")).isEqualTo("out");
        assertThat((List<?>) get(funnel).at("funnel.steps")).isEmpty();
        assertThat(get(funnel).at("steps.1.name")).isEqualTo("step 2");
        assertThat(get(link("{}") + "funnel?period=today&funnel=out").at("steps.0.name"))
                .as("of all of the site")
                .isEqualTo("/beyond-step");
    }

    @Test
    void takesNoSegmentAndNamesNoneThatCannotBeRead() {
        String link = link("{\"filter\":\"page=/r\"}");
        for (String named : List.of("wide", "no-such-one", "1")) {
            Client.Answer answer = get(link + "overview?period=today&segment=" + named);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.at("error.message")).isEqualTo("segment: not a parameter of this path");
        }
        Goal seen = engine.sites().goals(site.id()).iterator().next();
        String byGoal = link("{\"segment_id\":" + segment("secret", "goal=seen") + "}");
        String byFilter = link("{\"filter\":\"goal=seen\"}");
        assertThat(get(byGoal + "overview?period=today").status()).isEqualTo(200);
        engine.removeGoal(site.id(), seen.id()).join();
        for (String unreadable : List.of(byGoal, byFilter)) {
            for (String report : List.of("overview", "conversions", "live")) {
                assertThat(get(unreadable + report).status()).as(report).isEqualTo(404);
                assertThat(get(unreadable + report).text()).doesNotContain("secret", "seen");
            }
            assertThat(get(unreadable.substring(0, unreadable.length() - 1)).status())
                    .isEqualTo(404);
        }
    }

    @Test
    void answersNoGuessAtPagesBeyond() {
        String link = link("{\"filter\":\"page=/r\"}");
        for (String guess : List.of("entry_page=/beyond*", "exit_page=/beyond-last", "page=/beyond-first")) {
            assertThat(get(link + "overview?period=today&" + guess).at("current.sessions"))
                    .as(guess)
                    .isEqualTo(0L);
        }
        assertThat(get(link + "overview?period=today").at("current.sessions")).isEqualTo(2L);
    }

    @Test
    void showsNoHostAndNoEventBeyondThoseItIsFor() {
        assertThat(telling(link("{\"filter\":\"hostname=example.com&page=!/beyond*\"}")))
                .isEmpty();
        assertThat(telling(link("{\"filter\":\"event=none\"}"))).isEmpty();
        assertThat(telling(link("{\"filter\":\"prop.plan=!none\"}"))).noneMatch(r -> r.contains("_page"));
        assertThat(telling(link("{\"filter\":\"page=!/beyond*\",\"affiliate_id\":1}")))
                .isEmpty();
    }

    private void did(String visitor, String page, String plan) {
        seen(visitor, "https://example.com" + page);
        put(Beacon.event(site.id(), "sign-up")
                .url("https://example.com" + page)
                .props(Map.of("plan", plan))
                .visitorId(visitor)
                .address("192.0.2.7"));
    }

    @Test
    void showsNobodyBeyondThoseWithThePropertyItIsFor() {
        did("c", "/r", "pro");
        did("d", "/beyond-d", "beyond-plan");
        String link = link("{\"filter\":\"prop.plan=pro\"}");
        assertThat(telling(link)).isEmpty();
        assertThat(get(link + "overview?period=today").at("current.sessions")).isEqualTo(1L);
        assertThat(get(link + "conversions?period=today").at("pagination.total"))
                .as("of visitors without the property")
                .isEqualTo(0L);
        for (String guess : List.of("prop.plan=beyond*", "prop.plan=!pro", "prop.other=beyond*", "page=/beyond-d")) {
            assertThat(get(link + "overview?period=today&" + guess).at("current.sessions"))
                    .as(guess)
                    .isEqualTo(0L);
        }
    }

    @Test
    void showsWholeVisitsToALinkForVisits() {
        String link = link("{\"filter\":\"entry_page=/beyond-first\"}");
        assertThat(get(link + "conversions?period=today").at("conversions.0.journey.0.pathname"))
                .isEqualTo("/beyond-first");
        assertThat(get(link + "conversions?period=today").at("conversions.0.exit_page"))
                .isEqualTo("/beyond-last");
    }
}
