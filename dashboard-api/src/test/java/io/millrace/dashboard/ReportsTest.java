package io.millrace.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Beacon;
import io.millrace.engine.Campaign;
import io.millrace.engine.Place;
import io.millrace.engine.Site;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportsTest extends ApiFixture {

    @Test
    void countsWhatHappened() {
        view("a", "/");
        pass(Duration.ofSeconds(40));
        view("a", "/pricing");
        view("b", "/");
        Client.Answer answer = reader.get(path("overview?period=today"));
        assertThat(answer.at("current.visitors")).isEqualTo(2L);
        assertThat(answer.at("current.sessions")).isEqualTo(2L);
        assertThat(answer.at("current.pageViews")).isEqualTo(3L);
        assertThat(answer.at("current.bounceRate").toString()).isEqualTo("50.0");
        assertThat(answer.at("current.avgDuration")).isEqualTo(20L);
        assertThat(answer.at("changes.visitors")).isNull();
        assertThat(answer.at("pages.0.name")).isEqualTo("/");
        assertThat(answer.at("pages.0.views")).isEqualTo(2L);
        assertThat(answer.at("sources.0.name")).isEqualTo("Direct");
        assertThat((List<?>) answer.at("timeSeries")).hasSize(14);
        assertThat(answer.at("timeSeries.13.date")).isEqualTo("2026-03-10T13:00");
        assertThat(answer.at("timeSeries.13.page_views")).isEqualTo(3L);
        assertThat(answer.at("site.domain")).isEqualTo("example.com");
    }

    @Test
    void comparesARunningDayWithTheSameTimeOfTheDayBefore() {
        at("2026-03-09T08:00:00Z");
        view("a", "/");
        at("2026-03-09T15:00:00Z");
        view("late", "/");
        at("2026-03-10T12:00:00Z");
        view("b", "/");
        view("c", "/");
        view("d", "/");
        Client.Answer answer = reader.get(path("overview?period=today"));
        assertThat(answer.at("previous.visitors")).isEqualTo(1L);
        assertThat(answer.at("changes.visitors").toString()).isEqualTo("200.0");
    }

    @Test
    void obeysFiltersWithOrNegationAndWildcards() {
        put(page("a", "/docs/one").campaign(new Campaign("news", "email", "spring", null, null)));
        put(page("b", "/docs/two"));
        put(page("c", "/blog"));
        assertThat(views("page=/docs/*")).isEqualTo(2L);
        assertThat(views("page=!/docs/*")).isEqualTo(1L);
        assertThat(views("page=/docs/one&page=/blog")).isEqualTo(2L);
        assertThat(views("utm_campaign=spring&page=/docs/*")).isEqualTo(1L);
        assertThat(views("utm_campaign=(none)")).isEqualTo(2L);
        assertThat(views("source=' OR 1=1 --")).isEqualTo(0L);
    }

    @Test
    void findsHostsAndCountriesHoweverTheyAreTyped() {
        put(page("a", "/").hostname("www.bücher.example").place(new Place("DE", null, null)));
        assertThat(views("hostname=WWW.B%C3%BCcher.example.")).isEqualTo(1L);
        assertThat(views("hostname=!WWW.B%C3%BCcher.example.")).isEqualTo(0L);
        assertThat(views("hostname=*bcher*")).isEqualTo(1L);
        assertThat(views("country=de")).isEqualTo(1L);
        assertThat(views("country=d*")).isEqualTo(1L);
    }

    @Test
    void findsCodesByTheirEnglishNamesAndRefusesANameOfNoCountry() {
        put(page("a", "/").language("de").place(new Place("DE", null, null)));
        put(page("b", "/").language("fr").place(new Place("CI", null, null)));
        assertThat(views("country=Germany")).isEqualTo(1L);
        assertThat(views("country=!germany")).isEqualTo(1L);
        assertThat(views("country=cote%20d'ivoire")).isEqualTo(1L);
        assertThat(views("language=German")).isEqualTo(1L);
        Client.Answer refused = reader.get(path("overview?period=7d&country=Germny"));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.at("error.message")).asString().contains("country: must be a code such as DE");
    }

    private Object views(String filter) {
        return reader.get(path("overview?period=7d&" + filter)).at("current.pageViews");
    }

    @Test
    void showsAllFromTheFirstDayWithAnything() {
        at("2026-02-20T12:00:00Z");
        view("a", "/");
        at("2026-03-10T12:00:00Z");
        Client.Answer answer = reader.get(path("overview?period=all"));
        assertThat(answer.at("timeSeries.0.date")).isEqualTo("2026-02-01");
        assertThat((List<?>) answer.at("timeSeries")).hasSize(28 + 10);
        assertThat(answer.at("current.visitors")).isEqualTo(1L);
        assertThat(answer.at("period.previous")).isNull();
    }

    @Test
    void creditsConversionsToTheLatestAffiliateWithinItsWindow() {
        affiliate("short", 0.5, 1);
        affiliate("long", 0.2, 60);
        put(page("a", "/?ref=long"));
        pass(Duration.ofHours(2));
        put(page("a", "/?ref=short"));
        pass(Duration.ofDays(2));
        view("a", "/buy");
        Client.Answer recorded = convert(conversion("p1", "a"));
        assertThat(recorded.status()).as(recorded.text()).isEqualTo(201);
        assertThat(recorded.at("affiliate")).isEqualTo("long");
        Client.Answer answer = reader.get(path("affiliates?period=7d"));
        assertThat(answer.at("affiliates.0.slug")).isEqualTo("long");
        assertThat(answer.at("affiliates.0.revenue")).isEqualTo(1999L);
        assertThat(answer.at("affiliates.0.commission")).isEqualTo(400L);
        assertThat(answer.at("affiliates.1.visits")).isEqualTo(1L);
        assertThat(answer.at("totals.visits")).isEqualTo(2L);
        assertThat(answer.at("totals.unique_visitors")).isEqualTo(1L);
        Client.Answer one = reader.get(path("affiliates/" + answer.at("affiliates.0.id") + "?period=7d"));
        assertThat(one.at("stats.conversions")).isEqualTo(1L);
        assertThat(one.at("landingPages.0.name")).isEqualTo("/");
        assertThat(one.at("conversions.0.affiliate_name")).isEqualTo("long");
    }

    private static String conversion(String id, String visitor) {
        return "{\"external_id\":\"" + id + "\",\"amount\":1999,\"currency\":\"eur\",\"visitor_id\":\"" + visitor
                + "\"}";
    }

    @Test
    void recordsAConversionOnceAndTakesItBackWhenRefunded() {
        view("a", "/");
        assertThat(convert(conversion("p1", "a")).status()).isEqualTo(201);
        assertThat(convert(conversion("p1", "a")).status()).isEqualTo(200);
        pass(Duration.ofMinutes(2));
        assertThat(reader.get(path("overview?period=today")).at("conversions.totals.revenue"))
                .isEqualTo(1999L);
        Client.Answer refund = convert(conversion("p1", "a").replace("{", "{\"status\":\"refunded\","));
        assertThat(refund.at("status")).isEqualTo("refunded");
        assertThat(convert(conversion("p1", "a")).at("status")).isEqualTo("refunded");
        pass(Duration.ofMinutes(2));
        assertThat(reader.get(path("overview?period=today")).at("conversions.totals.revenue"))
                .isEqualTo(0L);
    }

    @Test
    void listsConversionsWithTheirVisitAndJourney() {
        put(page("a", "/landing?utm_source=news"));
        pass(Duration.ofSeconds(90));
        view("a", "/buy");
        pass(Duration.ofSeconds(30));
        convert(conversion("p1", "a"));
        convert(conversion("p2", "nobody"));
        Client.Answer answer = reader.get(path("conversions?limit=1&search=P1"));
        assertThat(answer.at("pagination.total")).isEqualTo(1L);
        assertThat(answer.at("conversions.0.timeToComplete")).isEqualTo(120L);
        assertThat(answer.at("conversions.0.source")).isEqualTo("news");
        assertThat(answer.at("conversions.0.journey.1.pathname")).isEqualTo("/buy");
        assertThat(reader.get(path("conversions?page=2&limit=1")).at("conversions.0.journey.0.pathname"))
                .isEqualTo("/landing");
    }

    @Test
    void tellsAVisitorsJourney() {
        view("a", "/one");
        pass(Duration.ofHours(3));
        view("a", "/two");
        convert(conversion("p1", "a"));
        Client.Answer answer = reader.get(path("visitor-journey?visitorId=a"));
        assertThat(answer.at("visitor.totalSessions")).isEqualTo(2L);
        assertThat(answer.at("visitor.firstVisit")).isEqualTo("2026-03-10T13:00:00.000+01:00");
        assertThat(answer.at("sessions.1.pageViews.0.pathname")).isEqualTo("/two");
        assertThat(answer.at("conversion.external_id")).isEqualTo("p1");
        assertThat(answer.at("timeToComplete")).isEqualTo(3 * 3600L);
        assertThat(answer.at("conversions.0.external_id")).isEqualTo("p1");
        assertThat((List<?>) answer.at("sessions.1.events")).isEmpty();
        assertThat(reader.get(path("visitor-journey")).at("error.field")).isEqualTo("visitorId");
        assertThat(reader.get(path("visitor-journey?visitorId=x")).status()).isEqualTo(404);
    }

    @Test
    void tellsTheEventsAndPaymentsOfAJourney() {
        view("a", "/one");
        put(Beacon.event(site.id(), "Signup")
                .url("https://example.com/one")
                .props(Map.of("plan", "pro"))
                .visitorId("a")
                .address("192.0.2.7"));
        convert(conversion("p1", "a"));
        pass(Duration.ofHours(3));
        view("a", "/two");
        convert(conversion("p2", "a"));
        convert(conversion("of another", "b"));
        Client.Answer answer = reader.get(path("visitor-journey?visitorId=a"));
        assertThat(answer.at("sessions.0.events.0.name")).isEqualTo("Signup");
        assertThat(answer.at("sessions.0.events.0.pathname")).isEqualTo("/one");
        assertThat(answer.at("sessions.0.events.0.props.plan")).isEqualTo("pro");
        assertThat(answer.at("sessions.0.events.0.timestamp")).isEqualTo("2026-03-10T13:00:00.000+01:00");
        assertThat((List<?>) answer.at("sessions.1.events")).isEmpty();
        assertThat((List<?>) answer.at("conversions")).hasSize(2);
        assertThat(answer.at("conversions.0.external_id")).isEqualTo("p1");
        assertThat(answer.at("conversions.1.external_id")).isEqualTo("p2");
    }

    @Test
    void drawsTheTreeOfPaths() {
        for (String visitor : List.of("a", "b", "c")) {
            view(visitor, "/");
            view(visitor, "/");
            view(visitor, visitor.equals("c") ? "/blog" : "/docs");
        }
        view("a", "/docs/x");
        view("d", "/docs");
        Client.Answer answer = reader.get(path("flow?period=today"));
        assertThat(answer.at("totalVisitors")).isEqualTo(4L);
        assertThat(answer.at("root.pathname")).isEqualTo("/");
        assertThat(answer.at("root.visitors")).isEqualTo(3L);
        assertThat(answer.at("root.children.0.pathname")).isEqualTo("/docs");
        assertThat(answer.at("root.children.0.visitors")).isEqualTo(2L);
        assertThat(answer.at("root.children.0.children.0.pathname")).isEqualTo("/docs/x");
        assertThat(answer.at("root.exits")).isEqualTo(0L);
        assertThat(answer.at("root.children.0.exits")).isEqualTo(1L);
        assertThat(reader.get(path("flow?root=/docs&depth=1&topN=1")).at("root.exits"))
                .as("d, who began there, and b; a went on")
                .isEqualTo(2L);
        assertThat(reader.get(path("flow?root=/docs&depth=1")).at("root.visitors"))
                .isEqualTo(3L);
        assertThat(reader.get(path("flow?root=/nowhere")).at("root")).isNull();
    }

    @Test
    void tellsThoseWhoLeaveFromThoseWhoGoOnElsewhere() {
        for (String[] journey : new String[][] {
            {"a", "/", "/x", "/end"},
            {"b", "/", "/x"},
            {"c", "/", "/y", "/z"},
            {"d", "/", "/w"},
            {"e", "/"},
            {"f", "/new", "/"}
        }) {
            for (int i = 1; i < journey.length; i++) {
                view(journey[0], journey[i]);
                pass(Duration.ofMinutes(1));
            }
        }
        Client.Answer flow = reader.get(path("flow?period=today&topN=1&depth=2"));
        assertThat(flow.at("root.visitors")).isEqualTo(6L);
        assertThat(flow.at("root.exits")).as("e, f").isEqualTo(2L);
        assertThat(flow.at("root.others")).as("c, d").isEqualTo(2L);
        assertThat(flow.at("root.children.0.pathname")).isEqualTo("/x");
        assertThat(flow.at("root.children.0.exits")).as("b").isEqualTo(1L);
        assertThat(flow.at("root.children.0.others")).as("a, beyond the depth").isEqualTo(1L);
    }

    @Test
    void showsWhatFollowsAnEventAndWhatCameBeforeIt() {
        view("a", "/");
        view("a", "/pricing");
        signUp("a");
        view("a", "/pricing");
        view("a", "/welcome");
        view("b", "/pricing");
        signUp("b");
        signUp("c");
        view("d", "/");
        Client.Answer after = reader.get(path("flow?period=today&rootEvent=Signup"));
        assertThat(after.at("event")).isEqualTo(true);
        assertThat(after.at("root.pathname")).isEqualTo("Signup");
        assertThat(after.at("root.visitors")).isEqualTo(3L);
        assertThat(after.at("root.exits")).as("b, c").isEqualTo(2L);
        assertThat(after.at("root.children.0.pathname"))
                .as("the same page again is no step")
                .isEqualTo("/welcome");
        Client.Answer before = reader.get(path("flow?period=today&rootEvent=Signup&direction=backward"));
        assertThat(before.at("root.exits")).as("c, who came from nowhere").isEqualTo(1L);
        assertThat(before.at("root.children.0.pathname")).isEqualTo("/pricing");
        assertThat(before.at("root.children.0.visitors")).isEqualTo(2L);
        assertThat(before.at("root.children.0.exits")).as("b").isEqualTo(1L);
        assertThat(before.at("root.children.0.children.0.pathname")).isEqualTo("/");
        assertThat(before.at("totalVisitors")).as("c saw no page").isEqualTo(3L);
        Client.Answer last = reader.get(path("flow?period=today&direction=backward"));
        assertThat(last.at("entryOptions.0.pathname")).isEqualTo("/");
        Client.Answer end = reader.get(path("flow?period=today&direction=backward&root=/welcome"));
        assertThat(end.at("root.visitors")).isEqualTo(1L);
        assertThat(end.at("root.children.0.children.0.pathname")).isEqualTo("/");
        assertThat(reader.get(path("flow?root=/&rootEvent=Signup")).at("error.field"))
                .isEqualTo("rootEvent");
        assertThat(reader.get(path("flow?direction=sideways")).at("error.field"))
                .isEqualTo("direction");
    }

    /** At a time of its own: of the same time, page views stand before events. */
    private void signUp(String visitor) {
        pass(Duration.ofSeconds(1));
        put(Beacon.event(site.id(), "Signup")
                .url("https://example.com/pricing")
                .visitorId(visitor)
                .address("192.0.2.7"));
        pass(Duration.ofSeconds(1));
    }

    @Test
    void showsAllSitesOfTheCaller() {
        view("a", "/");
        assertThat(reader.get("/api/overview").at("sites.0.visitors")).isEqualTo(1L);
        assertThat(reader.get("/api/overview").at("live")).isEqualTo(1L);
        assertThat((List<?>) reader.get("/api/overview").at("sites.0.sparkline"))
                .hasSize(24);
        assertThat((List<?>) ingest.get("/api/overview").at("sites")).isEmpty();
    }

    @Test
    void answersAnyQueryAndEchoesItResolved() {
        put(page("a", "/x?utm_source=news"));
        put(page("b", "/x"));
        put(page("b", "/y"));
        Client.Answer answer = reader.send("POST", "/api/query", """
                {"site_id":%d,"metrics":["visitors","bounce_rate"],"dimensions":["source","page"],"period":"7d",
                 "filters":{"page":["/x","/y"],"source":"!nowhere"},"sort":"visitors","limit":2.0}""".formatted(site.id()));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.at("total")).isEqualTo(3L);
        assertThat((List<?>) answer.at("rows")).hasSize(2);
        assertThat(answer.at("rows.0.source")).isEqualTo("Direct");
        assertThat(answer.at("rows.0.page")).isEqualTo("/x");
        assertThat(answer.at("query.filters.source.0")).isEqualTo("!nowhere");
        assertThat(answer.at("query.from")).isEqualTo("2026-03-04T00:00:00.000+01:00");
    }

    @Test
    void sortsByAnyColumnBothWays() {
        put(page("a", "/x"));
        put(page("b", "/x"));
        put(page("b", "/y"));
        put(page("c", "/z"));
        Map<String, String> orders = Map.of(
                "visitors", "/x /y /z",
                "visitors:asc", "/y /z /x",
                "bounce_rate:asc", "/y /x /z",
                "name", "/x /y /z",
                "name:desc", "/z /y /x",
                "time_on_page:asc", "/x /y /z");
        orders.forEach((sort, names) -> {
            Client.Answer csv = reader.get(path("breakdown?dimension=page&format=csv&sort=" + sort));
            assertThat(csv.text().lines().skip(1).map(line -> line.split(",")[0]))
                    .as(sort)
                    .containsExactly(names.split(" "));
        });
        Client.Answer second = reader.get(path("breakdown?dimension=page&limit=1&offset=1&sort=visitors:asc"));
        assertThat(second.at("rows.0.name")).isEqualTo("/z");
        assertThat(second.at("rows.0.time_on_page")).isNull();
    }

    @Test
    void rowsSayTheirVisitorsInThePeriodBefore() {
        view("a", "/x");
        view("b", "/x");
        put(page("c", "/y").place(new Place("DE", null, null)));
        pass(Duration.ofHours(26));
        view("a", "/x");
        view("a", "/new");
        put(page("d", "/y").place(new Place("DE", null, null)));
        String pages = "breakdown?period=today&dimension=page&sort=name";
        Client.Answer compared = reader.get(path(pages + "&compare=previous"));
        assertThat(compared.text()).contains("\"previous\":2", "\"previous\":1", "\"previous\":0");
        assertThat(compared.at("rows.0.name")).isEqualTo("/new");
        assertThat(compared.at("rows.0.previous")).isEqualTo(0L);
        assertThat(compared.at("rows.1.previous")).isEqualTo(2L);
        assertThat(reader.get(path(pages + "&compare=previous&country=DE")).at("rows.0.previous"))
                .isEqualTo(1L);
        Client.Answer places = reader.get(path("breakdown?period=today&dimension=country&sort=name&compare=previous"));
        assertThat(places.at("rows.0.name")).isEqualTo("(none)");
        assertThat(places.at("rows.0.previous")).as("of who is nowhere").isEqualTo(2L);
        assertThat(reader.get(path(pages)).text()).doesNotContain("\"previous\":2");
    }

    @Test
    void refusesToSortByWhatIsNoColumn() {
        for (String query : List.of(
                "dimension=page&sort=x", "dimension=page&sort=visitors:up", "dimension=country&sort=time_on_page")) {
            Client.Answer refused = reader.get(path("breakdown?" + query));
            assertThat(refused.status()).as(query).isEqualTo(400);
            assertThat(refused.at("error.field")).isEqualTo("sort");
        }
        for (String sort : List.of("events", "page", "")) {
            Client.Answer refused = reader.send("POST", "/api/query", """
                    {"site_id":%d,"metrics":["visitors"],"dimensions":["source"],"sort":"%s"}""".formatted(site.id(), sort));
            assertThat(refused.status()).as(sort).isEqualTo(400);
            assertThat(refused.at("error.field")).isEqualTo("sort");
        }
    }

    @Test
    void showsThePublicOnlyWhatTheSiteShows() {
        view("a", "/");
        Client anybody = new Client(api);
        assertThat(anybody.get("/api/public/example.com/live").status()).isEqualTo(404);
        engine.updateSite(site.withPublicLive(true)).join();
        Client.Answer live = anybody.get("/api/public/example.com/live?path=/");
        assertThat(live.at("count")).isEqualTo(1L);
        assertThat(live.at("page")).isEqualTo(1L);
        assertThat(live.header("Access-Control-Allow-Origin")).isEqualTo("*");
        Client.Answer popular = anybody.get("/api/public/" + site.id() + "/popular");
        assertThat(popular.at("pages.0.name")).isEqualTo("/");
        assertThat(popular.text()).doesNotContain("visitor_id");
        assertThat(anybody.get("/api/public/WWW.Example.com./popular").text()).isEqualTo(popular.text());
        assertThat(anybody.get("/api/public/no%20host/popular").status()).isEqualTo(404);
    }

    @Test
    void tellsWhoIsThereNow() {
        view("a", "/");
        view("b", "/docs");
        Client.Answer answer = reader.get(path("realtime"));
        assertThat(answer.at("count")).isEqualTo(2L);
        assertThat(answer.at("users.0.visitor_id")).isIn("a", "b");
        assertThat(answer.at("users.0.last_activity")).isEqualTo("2026-03-10T13:00:00.000+01:00");
        assertThat(answer.at("sources.0.visitors")).isEqualTo(2L);
    }

    @Test
    void writesEveryTableAsCsvWithoutFormulas() {
        put(page("a", "/x?utm_source==cmd|calc"));
        Client.Answer answer = reader.get(path("overview?period=7d&format=csv&table=sources"));
        assertThat(answer.header("Content-Type")).startsWith("text/csv");
        assertThat(answer.text()).isEqualTo("name,sessions,visitors,bounce_rate\r\n'=cmd|calc,1,1,100.0\r\n");
        assertThat(reader.get(path("overview?format=csv&table=conversions.bySource"))
                        .status())
                .isEqualTo(200);
        assertThat(reader.get(path("breakdown?dimension=page&from=2020-01-01&to=2020-01-01&format=csv"))
                        .text())
                .isEqualTo("name,visitors,sessions,page_views,events,bounce_rate,avg_duration\r\n");
        assertThat(reader.get(path("conversions?format=csv")).text())
                .startsWith("id,external_id,visitor_id,session_id,amount,currency,")
                .endsWith("\r\n");
        assertThat(reader.get(path("overview?format=csv&table=current")).at("error.field"))
                .isEqualTo("table");
    }

    @Test
    void namesAPeriodAsItWasAskedForWhoeverAskedForTheSameDaysBefore() {
        view("a", "/");
        Client.Answer week = reader.get(path("overview?period=7d"));
        String from = week.at("period.from").toString().substring(0, 10);

        Client.Answer days = reader.get(path("overview?from=" + from + "&to=2026-03-10"));
        assertThat(days.at("current")).isEqualTo(week.at("current"));
        assertThat(days.at("period.period")).isEqualTo("custom");
        assertThat(reader.get(path("overview?period=7d")).at("period.period")).isEqualTo("7d");
    }

    @Test
    void showsEverythingByDaysOrHoursWhereThatIsNotTooFine() {
        view("a", "/");
        assertThat(reader.get(path("overview?period=all&interval=day")).at("timeSeries.0.date"))
                .isEqualTo("2026-03-01");
        assertThat(reader.get(path("overview?period=all&interval=hour")).at("timeSeries.0.date"))
                .isEqualTo("2026-03-01T00:00");
        pass(Duration.ofDays(40));
        Client.Answer hours = reader.get(path("overview?period=all&interval=hour"));
        assertThat(hours.status()).isEqualTo(400);
        assertThat(hours.at("error.field")).isEqualTo("interval");
        assertThat(reader.get(path("affiliates?period=all&interval=hour")).at("error.field"))
                .isEqualTo("interval");
    }

    @Test
    void writesTheRowsOfAQueryAsCsv() {
        put(page("a", "/x?utm_source=news"));
        view("b", "/");
        String body = """
                {"site_id":%d,"metrics":["visitors","bounce_rate"],"dimensions":["source"],"period":"7d"}""".formatted(site.id());
        Client.Answer answer = reader.send("POST", "/api/query?format=csv", body);
        assertThat(answer.header("Content-Type")).startsWith("text/csv");
        assertThat(answer.text()).isEqualTo("source,visitors,bounce_rate\r\nDirect,1,100.0\r\nnews,1,100.0\r\n");
        assertThat(reader.send("POST", "/api/query", body).at("total")).isEqualTo(2L);
        assertThat(reader.send("POST", "/api/query?format=xml", body).at("error.field"))
                .isEqualTo("format");
        assertThat(reader.send("POST", "/api/query?format=csv&table=query", body)
                        .at("error.field"))
                .isEqualTo("table");
    }

    @Test
    void comparesWithAYearBeforeAndWithTheSameDayOfTheWeek() {
        at("2025-03-10T09:00:00Z");
        view("a", "/");
        at("2026-03-03T09:00:00Z");
        view("b", "/");
        view("c", "/");
        at("2026-03-10T12:00:00Z");
        view("d", "/");
        Client.Answer year = reader.get(path("overview?period=today&compare=year"));
        assertThat(year.at("previous.visitors")).isEqualTo(1L);
        assertThat(year.at("previousTimeSeries.10.date")).isEqualTo("2025-03-10T10:00");
        assertThat(year.at("previousTimeSeries.10.visitors")).isEqualTo(1L);
        assertThat(reader.get(path("overview?period=today&compare=weekday")).at("previous.visitors"))
                .isEqualTo(2L);
        assertThat(reader.get(path("overview?period=today&compare=x")).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin, 2024-02-28, 2024-02-28, 2023-02-28, 2023-02-28",
        "Europe/Berlin, 2025-02-28, 2025-02-28, 2024-02-28, 2024-02-28",
        "Europe/Berlin, 2024-02-29, 2024-02-29, 2023-02-28, 2023-02-28",
        "Europe/Berlin, 2024-02-01, 2024-02-29, 2023-02-01, 2023-02-28",
        "Europe/Berlin, 2024-02-29, 2024-03-31, 2023-02-28, 2023-03-31",
        "Europe/Berlin, 2025-03-30, 2025-03-31, 2024-03-30, 2024-03-31",
        "America/Santiago, 2024-09-07, 2024-09-08, 2023-09-07, 2023-09-08",
        "America/Santiago, 2025-09-07, 2025-09-07, 2024-09-07, 2024-09-07",
        "America/Sao_Paulo, 2018-11-04, 2018-11-04, 2017-11-04, 2017-11-04"
    })
    void comparesWithTheSameDatesAYearBefore(String zone, String from, String to, String first, String last) {
        engine.updateSite(site.withZone(ZoneId.of(zone))).join();
        Client.Answer answer = reader.get(path("overview?compare=year&from=" + from + "&to=" + to));
        assertThat(answer.status()).isEqualTo(200);
        List<?> previous = (List<?>) answer.at("period.previous");
        assertThat(previous.get(0).toString()).startsWith(first);
        assertThat(ZonedDateTime.parse(previous.get(1).toString())
                        .toInstant()
                        .minusMillis(1)
                        .atZone(ZoneId.of(zone))
                        .toLocalDate())
                .hasToString(last);
    }

    @Test
    void comparesTheLast24HoursOnALeapDayWithAsManyOfTheYearBefore() {
        at("2024-02-29T13:30:00Z");
        Client.Answer answer = reader.get(path("overview?period=24h&compare=year"));
        assertThat(answer.at("period.previous.0")).isEqualTo("2023-02-28T15:00:00.000+01:00");
        assertThat(answer.at("period.previous.1")).isEqualTo("2023-03-01T14:30:00.000+01:00");
    }

    @Test
    void showsThePagesOfThoseWhoSignedUp() {
        view("a", "/");
        view("a", "/pricing");
        put(Beacon.event(site.id(), "Signup").url("https://example.com/done").visitorId("a"));
        put(Beacon.event(site.id(), "Other").url("https://example.com/done").visitorId("a"));
        view("b", "/blog");
        Client.Answer signedUp = reader.get(path("overview?period=today&event=Signup"));
        assertThat(signedUp.at("current.pageViews")).isEqualTo(2L);
        assertThat(signedUp.at("current.visitors")).isEqualTo(1L);
        assertThat(pages(signedUp)).containsExactlyInAnyOrder("/", "/pricing");
        assertThat(pages(reader.get(path("overview?period=today&event=!Signup"))))
                .containsExactly("/blog");
        Client.Answer events = reader.get(path("breakdown?period=today&dimension=event&event=Signup"));
        assertThat(events.at("rows.0.name")).isEqualTo("Signup");
        assertThat(events.at("total")).isEqualTo(1L);
        assertThat(reader.get(path("flow?period=today&event=Signup")).at("root.children.0.pathname"))
                .isEqualTo("/pricing");
    }

    private static List<String> pages(Client.Answer overview) {
        List<?> rows = (List<?>) overview.at("pages");
        return rows.stream()
                .map(row -> String.valueOf(((Map<?, ?>) row).get("name")))
                .toList();
    }

    @Test
    void saysOfHowManyEventsTheRowsAreShares() {
        for (int i = 0; i < 20; i++) {
            put(Beacon.event(site.id(), "event " + i)
                    .url("https://example.com/")
                    .visitorId("a"));
        }
        Client.Answer few = reader.get(path("breakdown?period=today&dimension=event&limit=9&search=event"));
        assertThat((List<?>) few.at("rows")).hasSize(9);
        assertThat(few.at("events")).isEqualTo(20L);
        assertThat(reader.get(path("breakdown?period=today&dimension=page")).at("events"))
                .isNull();
    }

    @Test
    void leafsThroughAHundredSitesAndMore() {
        for (int i = 0; i < 125; i++) {
            engine.addSite(Site.of("site-" + i + ".example")).join();
        }
        Site last = engine.addSite(Site.of("zebra.test")).join();
        put(Beacon.pageview(last.id()).url("https://zebra.test/").visitorId("a"));
        Client.Answer first = admin.get("/api/overview");
        assertThat((List<?>) first.at("sites")).hasSize(100);
        assertThat(first.at("pagination.total")).isEqualTo(127L);
        assertThat(first.at("live")).as("on all sites").isEqualTo(1L);
        assertThat((List<?>) admin.get("/api/overview?page=2").at("sites")).hasSize(27);
        Client.Answer found = admin.get("/api/overview?search=Zebra");
        assertThat(found.at("pagination.total")).isEqualTo(1L);
        assertThat(found.at("sites.0.domain")).isEqualTo("zebra.test");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/caf%C3%A9", "/caf%c3%a9", "/café"})
    void findsAPathHoweverItIsSpelt(String sent) {
        view("a", sent);
        view("b", "/other");
        for (String asked : List.of("/café", "/caf%C3%A9", "/caf%c3%a9", "/caf*")) {
            String page = URLEncoder.encode(asked, UTF_8);
            assertThat(views("page=" + page)).as(asked).isEqualTo(1L);
            assertThat(views("page=!" + page)).as(asked).isEqualTo(1L);
        }
        assertThat(reader.get(path("breakdown?period=today&dimension=page&search=" + URLEncoder.encode("café", UTF_8)))
                        .at("total"))
                .isEqualTo(1L);
    }

    @Test
    void findsValuesWhoseLettersMeanSomething() {
        for (String source : List.of("*", "!x", "(none)", "a*b", "a-b", "C:\\dir", "plain")) {
            put(page(source, "/").campaign(new Campaign(source, null, null, null, null)));
        }
        put(page("nobody", "/"));
        assertThat(views("utm_source=" + URLEncoder.encode("\\*", UTF_8))).isEqualTo(1L);
        assertThat(views("utm_source=" + URLEncoder.encode("\\!x", UTF_8))).isEqualTo(1L);
        assertThat(views("utm_source=" + URLEncoder.encode("a\\*b", UTF_8))).isEqualTo(1L);
        assertThat(views("utm_source=a*b")).isEqualTo(2L);
        assertThat(views("utm_source=" + URLEncoder.encode("C:\\dir", UTF_8))).isEqualTo(1L);
        assertThat(views("utm_source=" + URLEncoder.encode("*\\**", UTF_8))).isEqualTo(2L);
        assertThat(views("utm_source=" + URLEncoder.encode("!\\*", UTF_8))).isEqualTo(7L);
        assertThat(views("utm_source=(none)")).isEqualTo(1L);
        assertThat(views("utm_source=" + URLEncoder.encode("\\(none)", UTF_8))).isEqualTo(1L);
        assertThat(reader.get(path("breakdown?period=today&dimension=utm_source&search=*"))
                        .at("total"))
                .isEqualTo(2L);
        assertThat(reader.get(path("breakdown?period=today&dimension=utm_source&search=none"))
                        .at("rows.0.name"))
                .isEqualTo("\\(none)");
    }

    @Test
    void breaksDownByAnyDimensionWithSearchAndOrder() {
        view("a", "/one");
        view("a", "/two");
        view("b", "/two");
        Client.Answer all = reader.get(path("breakdown?period=today&dimension=page&sort=page_views"));
        assertThat(all.at("total")).isEqualTo(2L);
        assertThat(all.at("rows.0.name")).isEqualTo("/two");
        assertThat(all.at("rows.0.page_views")).isEqualTo(2L);
        Client.Answer found = reader.get(path("breakdown?period=today&dimension=page&search=ON"));
        assertThat(found.at("rows.0.name")).isEqualTo("/one");
        assertThat(found.at("total")).isEqualTo(1L);
        assertThat(reader.get(path("breakdown?period=today&dimension=day")).status())
                .isEqualTo(400);
    }
}
