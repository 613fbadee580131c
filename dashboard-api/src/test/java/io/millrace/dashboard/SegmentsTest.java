package io.millrace.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Site;
import io.millrace.engine.spi.AccountStore;
import io.millrace.engine.spi.AccountStore.Role;
import io.millrace.engine.spi.AccountStore.Segment;
import io.millrace.engine.spi.AccountStore.Session;
import io.millrace.engine.spi.AccountStore.User;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Segments: filters saved under a name, which reports are asked by and links are locked to. */
class SegmentsTest extends ApiFixture {
    private String segments;
    private Client ann;
    private Client bob;

    @BeforeEach
    void visit() {
        segments = "/api/sites/" + site.id() + "/segments";
        ann = user("ann", Role.VIEWER);
        bob = user("bob", Role.EDITOR);
        api.reload();
        view("v1", "/");
        view("v1", "/pricing");
        view("v2", "/pricing");
        view("v3", "/blog/1");
        view("v4", "/blog/2");
        view("v4", "/");
    }

    private Client user(String name, Role role) {
        long at = now.get().toEpochMilli();
        AccountStore accounts = storage.accounts();
        return engine.execute(w -> {
                    User user = accounts.saveUser(
                            new User(0, name + "@example.com", name, "none", Map.of(site.id(), role), at));
                    accounts.addSession(new Session(Secrets.hash(name), user.id(), at, at + 1_000_000));
                    return new Client(api)
                            .with("content-type", "application/json")
                            .with("sec-fetch-site", "same-origin")
                            .with("cookie", "millrace_session=" + name);
                })
                .join();
    }

    private Object add(Client by, String name, String filter, String type) {
        Client.Answer added = by.send(
                "POST",
                segments,
                "{\"name\":\"" + name + "\",\"filter\":\"" + filter + "\",\"type\":\"" + type + "\"}");
        assertThat(added.status()).as(added.text()).isEqualTo(201);
        return added.at("id");
    }

    private Object visitors(Client by, String query) {
        Client.Answer answer = by.get(path("overview?period=today&" + query));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.at("current.visitors");
    }

    @Test
    void selectsWhatItsFiltersDo() {
        Object id = add(admin, "Blog & more", "page=/blog/*&entry_page=!/blog/2", "site");
        for (String segment : List.of("segment=" + id, "segment=Blog%20%26%20more")) {
            assertThat(visitors(reader, segment)).isEqualTo(1L);
            assertThat(reader.get(path("overview?period=today&" + segment)).at("current.pageViews"))
                    .isEqualTo(1L);
            assertThat(reader.get(path("breakdown?dimension=page&period=today&" + segment))
                            .at("rows.0.name"))
                    .isEqualTo("/blog/1");
        }
        Client.Answer query = reader.send("POST", "/api/query", """
                {"site_id":%d,"metrics":["visitors"],"period":"today","filters":{"segment":"%s"}}""".formatted(site.id(), id));
        assertThat(query.at("rows.0.visitors")).isEqualTo(1L);
    }

    /** Repeating a parameter means "or", which must not lead out of a segment. */
    @Test
    void holdsBesideTheFiltersOfTheRequest() {
        Object id = add(admin, "Blog", "page=/blog/*", "site");
        assertThat(visitors(reader, "segment=" + id)).isEqualTo(2L);
        assertThat(visitors(reader, "page=/pricing&segment=" + id)).isEqualTo(0L);
        assertThat(visitors(reader, "page=/pricing&page=/blog/1&segment=" + id)).isEqualTo(1L);
        assertThat(reader.get(path("overview?segment=Blog&segment=" + id)).at("error.field"))
                .isEqualTo("segment");
        assertThat(reader.get(path("overview?segment=blog")).at("error.message"))
                .isEqualTo("segment: this site has no segment with this name or id: blog");
    }

    @Test
    void belongsToItsUserOrToTheSite() {
        Object ofAnn = add(ann, "Mine", "page=/", "personal");
        Object ofBob = add(bob, "Mine", "page=/blog/1", "personal");
        Object ofSite = add(bob, "Mine", "page=/pricing", "site");
        assertThat(visitors(ann, "segment=Mine")).isEqualTo(2L);
        assertThat(visitors(bob, "segment=Mine")).isEqualTo(1L);
        assertThat(visitors(reader, "segment=Mine")).as("a key").isEqualTo(2L);
        assertThat(ann.get(path("overview?segment=" + ofBob)).status()).isEqualTo(400);
        assertThat(ann.get(segments).text()).contains("page=/pricing").doesNotContain("page=/blog/1");
        assertThat(reader.get(segments).at("segments.0.id")).isEqualTo(ofSite);
        assertThat((List<?>) reader.get(segments).at("segments")).hasSize(1);
        for (Client other : List.of(ann, admin)) {
            assertThat(other.send("PUT", segments + "/" + ofBob, "{\"name\":\"a\"}")
                            .status())
                    .isEqualTo(404);
            assertThat(other.send("DELETE", segments + "/" + ofBob, "").status())
                    .isEqualTo(404);
        }
        assertThat(ann.send("PUT", segments + "/" + ofSite, "{\"name\":\"a\"}").status())
                .isEqualTo(403);
        assertThat(ann.send("DELETE", segments + "/" + ofSite, "").status()).isEqualTo(403);
        assertThat(ann.send("POST", segments, "{\"name\":\"a\",\"filter\":\"page=/\",\"type\":\"site\"}")
                        .status())
                .isEqualTo(403);
        assertThat(ann.send("DELETE", segments + "/" + ofAnn, "").status()).isEqualTo(204);
        assertThat(visitors(ann, "segment=Mine")).as("now the site's").isEqualTo(2L);
    }

    @Test
    void isOfOneSite() {
        Object id = add(admin, "Home", "page=/", "site");
        Site other = engine.addSite(Site.of("example.org")).join();
        String others = "/api/sites/" + other.id() + "/segments/" + id;
        assertThat(admin.send("PUT", others, "{\"name\":\"a\"}").status()).isEqualTo(404);
        assertThat(admin.send("DELETE", others, "").status()).isEqualTo(404);
        assertThat(admin.get("/api/analytics/" + other.id() + "/overview?segment=Home")
                        .status())
                .isEqualTo(400);
        assertThat(admin.send("POST", "/api/sites/" + other.id() + "/links", "{\"segment_id\":" + id + "}")
                        .at("error.field"))
                .isEqualTo("segment_id");
    }

    @Test
    void changesAtOnceWhatReportsSay() {
        Object id = add(admin, "Home", "page=/", "site");
        assertThat(visitors(reader, "segment=" + id)).isEqualTo(2L);
        Client.Answer changed = admin.send(
                "PUT", segments + "/" + id, "{\"name\":\"Prices\",\"filter\":\"page=/pricing&page=/blog/1\"}");
        assertThat(changed.at("name")).isEqualTo("Prices");
        assertThat(visitors(reader, "segment=Prices")).isEqualTo(3L);
        assertThat(admin.send("DELETE", segments + "/" + id, "").status()).isEqualTo(204);
        assertThat(reader.get(path("overview?segment=" + id)).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"filter":"page=/"}                                      | name   | 400
        {"name":"12","filter":"page=/"}                          | name   | 400
        {"name":"taken","filter":"page=/"}                       | name   | 409
        {"name":"a"}                                             | filter | 400
        {"name":"a","filter":""}                                 | filter | 400
        {"name":"a","filter":"&"}                                | filter | 400
        {"name":"a","filter":"pages=/"}                          | filter | 400
        {"name":"a","filter":"page=%zz"}                         | filter | 400
        {"name":"a","filter":"goal=none"}                        | filter | 400
        {"name":"a","filter":"segment=taken"}                    | filter | 400
        {"name":"a","filter":"page=*a*b*c*d*e*f*g*h*i"}          | filter | 400
        {"name":"a","filter":"page=/","type":"ours"}             | type   | 400
        {"name":"a","filter":"page=/"}                           | type   | 400
        {"name":"a","filter":"page=/","type":"site","what":1}    | what   | 400
        """)
    void refusesWhatCannotBeOneAndSaysWhere(String json, String field, int status) {
        add(admin, "taken", "page=/", "site");
        String ofSite = json.contains("type") || field.equals("type") ? json : json.replace("{", "{\"type\":\"site\",");
        Client.Answer refused = admin.send("POST", segments, ofSite);
        assertThat(refused.status()).as(refused.text()).isEqualTo(status);
        assertThat(refused.at("error.field")).isEqualTo(field);
    }

    @Test
    void holdsSoManyAndNoMore() {
        for (int i = 0; i < Segment.MOST; i++) {
            add(admin, "segment " + i, "page=/", "site");
        }
        Client.Answer refused =
                admin.send("POST", segments, "{\"name\":\"one more\",\"filter\":\"page=/\",\"type\":\"site\"}");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.at("error.message")).isEqualTo("name: there are 100 segments already, and no more are kept");
        add(ann, "of her own", "page=/", "personal");
    }

    private String link(Object segment) {
        Client.Answer made = admin.send(
                "POST", "/api/sites/" + site.id() + "/links", "{\"name\":\"Agency\",\"segment_id\":" + segment + "}");
        assertThat(made.at("segment_id")).isEqualTo(segment);
        return "/api/shared/" + made.at("token");
    }

    @Test
    void locksALinkAndCannotBeWidenedOrRemovedMeanwhile() {
        Object id = add(admin, "Blog", "page=/blog/1", "site");
        String link = link(id);
        assertThat(new Client(api).get(link).at("segment")).isEqualTo("Blog");
        assertThat(new Client(api).get(link + "/overview?period=today").at("current.visitors"))
                .isEqualTo(1L);
        Client.Answer widened = admin.send("PUT", segments + "/" + id, "{\"filter\":\"page=/blog/*\"}");
        assertThat(widened.status()).isEqualTo(409);
        assertThat(widened.at("error.message"))
                .isEqualTo("filter: shared link 1 (Agency) is locked to this segment; revoke it first"
                        .replace(
                                "link 1",
                                "link "
                                        + admin.get("/api/sites/" + site.id() + "/links")
                                                .at("links.0.id")));
        assertThat(admin.send("DELETE", segments + "/" + id, "").status()).isEqualTo(409);
        assertThat(admin.send("PUT", segments + "/" + id, "{\"name\":\"Post\",\"filter\":\"page=/blog/1\"}")
                        .status())
                .isEqualTo(200);
        assertThat(new Client(api).get(link).at("segment")).isEqualTo("Post");
        Object links = admin.get("/api/sites/" + site.id() + "/links").at("links.0.id");
        assertThat(admin.send("DELETE", "/api/sites/" + site.id() + "/links/" + links, "")
                        .status())
                .isEqualTo(204);
        assertThat(admin.send("DELETE", segments + "/" + id, "").status()).isEqualTo(204);
    }

    /** A goal is the site's: what completes it is what those say who may edit the site. */
    @Test
    void followsAGoalThatIsChangedAndShowsNothingWhenItIsCalledOtherwise() {
        String goals = "/api/sites/" + site.id() + "/goals";
        Object goal = admin.send("POST", goals, "{\"name\":\"Read\",\"page\":\"/blog/1\"}")
                .at("id");
        String link = link(add(admin, "Readers", "goal=Read", "site")) + "/overview?period=today";
        assertThat(new Client(api).get(link).at("current.visitors")).isEqualTo(1L);
        assertThat(ann.send("PUT", goals + "/" + goal, "{\"page\":\"/blog/*\"}").status())
                .as("who may not edit")
                .isEqualTo(403);
        assertThat(bob.send("PUT", goals + "/" + goal, "{\"page\":\"/blog/*\"}").status())
                .isEqualTo(200);
        assertThat(new Client(api).get(link).at("current.visitors")).isEqualTo(2L);
        assertThat(new Client(api).get(link + "&goal=!Read").at("current.visitors"))
                .isEqualTo(0L);
        assertThat(bob.send("PUT", goals + "/" + goal, "{\"name\":\"Reads\"}").status())
                .isEqualTo(200);
        assertThat(new Client(api).get(link).status()).isEqualTo(404);
    }

    /** By other ways than the API: a database that somebody edited, or restored in part. */
    @Test
    void showsNothingByALinkWhoseSegmentIsGoneOrSelectsEverything() {
        Object id = add(admin, "Blog", "page=/blog/1", "site");
        String link = link(id);
        AccountStore accounts = storage.accounts();
        Segment stored = accounts.segments().get(0);
        for (String filter : List.of("", "&", "nothing=1", "goal=gone")) {
            engine.execute(w -> accounts.saveSegment(stored.withFilter(filter))).join();
            api.reload();
            assertThat(new Client(api).get(link + "/overview").status())
                    .as(filter)
                    .isEqualTo(404);
        }
        engine.execute(w -> {
                    accounts.removeSegment(stored.id());
                    return null;
                })
                .join();
        api.reload();
        for (String target : List.of("", "/overview", "/realtime", "/live")) {
            assertThat(new Client(api).get(link + target).status()).as(target).isEqualTo(404);
        }
    }

    @Test
    void locksNoLinkToSomebodysOwn() {
        Object mine = add(bob, "Mine", "page=/", "personal");
        assertThat(bob.send("POST", "/api/sites/" + site.id() + "/links", "{\"segment_id\":" + mine + "}")
                        .at("error.field"))
                .isEqualTo("segment_id");
    }

    @Test
    void takesNoSegmentByALinkButItsOwn() {
        Object mine = add(ann, "Mine", "page=/", "personal");
        String link = link(add(admin, "Blog", "page=/blog/*", "site"));
        Client anybody = new Client(api);
        for (String segment : List.of(mine.toString(), "Mine", "Blog", "gone")) {
            Client.Answer answer = anybody.get(link + "/overview?segment=" + segment);
            assertThat(answer.status()).as(segment).isEqualTo(400);
            assertThat(answer.at("error.message")).isEqualTo("segment: not a parameter of this path");
        }
        assertThat(anybody.get(link + "/overview?period=today&page=/pricing").at("current.visitors"))
                .isEqualTo(0L);
    }
}
