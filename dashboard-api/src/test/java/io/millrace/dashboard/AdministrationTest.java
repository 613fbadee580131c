package io.millrace.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdministrationTest extends ApiFixture {

    @Test
    void addsChangesAndRemovesASite() {
        Client.Answer added = admin.send(
                "POST",
                "/api/sites",
                "{\"domain\":\"WWW.Shop.example\",\"timezone\":\"Asia/Kolkata\",\"hostnames\":[\"Shop.example\"]}");
        assertThat(added.status()).as(added.text()).isEqualTo(201);
        assertThat(added.at("domain")).isEqualTo("shop.example");
        assertThat(added.at("hostnames.0")).isEqualTo("shop.example");
        String path = "/api/sites/" + added.at("id");
        assertThat(admin.send("PUT", path, "{\"cookieless\":true}").at("timezone"))
                .isEqualTo("Asia/Kolkata");
        assertThat(admin.get(path).at("cookieless")).isEqualTo(true);
        assertThat(admin.send("POST", "/api/sites", "{\"domain\":\"shop.example\"}")
                        .status())
                .isEqualTo(409);
        assertThat(admin.send("DELETE", path, "").status()).isEqualTo(204);
        assertThat(admin.get(path).status()).isEqualTo(404);
        assertThat((List<?>) admin.get("/api/audit").at("entries")).hasSize(3);
        assertThat(admin.get("/api/audit").at("entries.2.action")).isEqualTo("site.add");
        assertThat(admin.get("/api/audit").at("entries.2.actor").toString()).contains("admin-key");
    }

    @Test
    void aSiteIsNamedHoweverItsDomainIsTyped() {
        Client.Answer added = admin.send(
                "POST",
                "/api/sites",
                "{\"domain\":\"WWW.Bücher.example.:443\",\"hostnames\":[\"www.BÜCHER.example\"]}");
        assertThat(added.at("domain")).isEqualTo("xn--bcher-kva.example");
        assertThat(admin.send("POST", "/api/sites", "{\"domain\":\"https://www.Größe.example:8443/x?y\"}")
                        .at("domain"))
                .isEqualTo("xn--gre-6ka8i.example");
        assertThat(added.at("hostnames.0")).isEqualTo("www.xn--bcher-kva.example");
    }

    @Test
    void whatIsCopiedIntoASettingMayHaveBlanksAndMarksAroundIt() {
        Client.Answer added = admin.send(
                "POST",
                "/api/sites",
                "{\"domain\":\"copied.example\",\"name\":\"\u200EMy site\u00A0\",\"keep_params\":[\" id \",\"\u200Epage\"],"
                        + "\"umami_id\":\" 6f1f0f3c-1d2e-4b5a-9c8d-0123456789ab\u200F\",\"timezone\":\"\\tAsia/Tokyo\u00A0\"}");
        assertThat(added.status()).as(added.text()).isEqualTo(201);
        assertThat(added.at("name")).isEqualTo("My site");
        assertThat(added.at("keep_params")).isEqualTo(List.of("id", "page"));
        assertThat(added.at("umami_id")).isEqualTo("6f1f0f3c-1d2e-4b5a-9c8d-0123456789ab");
        assertThat(added.at("timezone")).isEqualTo("Asia/Tokyo");
    }

    @Test
    void takesBackTheSettingsAsItShowsThem() {
        Client.Answer added = admin.send("POST", "/api/sites", "{\"domain\":\"plain.example\"}");
        assertThat(added.at("timezone")).isEqualTo("UTC");
        assertThat(admin.send("PUT", "/api/sites/" + added.at("id"), "{\"timezone\":\"UTC\"}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void namesTheFieldThatIsWrong() {
        assertThat(wrong("{\"domain\":\"no host\"}")).isEqualTo("domain");
        assertThat(wrong("{}")).isEqualTo("domain");
        assertThat(wrong("{\"domain\":\"a.example\",\"timezone\":\"Mars/Base\"}"))
                .isEqualTo("timezone");
        assertThat(wrong("{\"domain\":\"a.example\",\"timezone\":\"+02:00\"}")).isEqualTo("timezone");
        assertThat(wrong("{\"domain\":\"a.example\",\"timezone\":\"UTC+3\"}")).isEqualTo("timezone");
        assertThat(wrong("{\"domain\":\"a.example\",\"owner\":1}")).isEqualTo("owner");
        assertThat(wrong("{\"domain\":5}")).isEqualTo("domain");
        assertThat(wrong("{\"domain\":\"a.example\",\"umami_id\":\"1\"}")).isEqualTo("umami_id");
    }

    private Object wrong(String body) {
        Client.Answer answer = admin.send("POST", "/api/sites", body);
        assertThat(answer.status()).isEqualTo(400);
        return answer.at("error.field");
    }

    @Test
    void keepsAffiliates() {
        String path = "/api/sites/" + site.id() + "/affiliates";
        Client.Answer added = admin.send("POST", path, "{\"slug\":\"Bob\",\"rate\":0.25,\"window_days\":30}");
        assertThat(added.status()).as(added.text()).isEqualTo(201);
        assertThat(added.at("slug")).isEqualTo("bob");
        assertThat(admin.send("POST", path, "{\"slug\":\"bob\"}").status()).isEqualTo(409);
        assertThat(admin.send("POST", path, "{\"slug\":\"x\",\"rate\":2}").at("error.field"))
                .isEqualTo("rate");
        String one = path + "/" + added.at("id");
        assertThat(admin.send("PUT", one, "{\"rate\":0.5}")
                        .at("commission_rate")
                        .toString())
                .isEqualTo("0.5");
        assertThat(reader.send("PUT", one, "{\"rate\":1}").status()).isEqualTo(403);
        assertThat(reader.get(path).at("affiliates.0.window_days")).isEqualTo(30L);
        assertThat(admin.send("DELETE", one, "").status()).isEqualTo(204);
        assertThat(admin.send("DELETE", one, "").status()).isEqualTo(404);
    }

    @Test
    void showsAKeyOnceAndTakesItBack() {
        String path = "/api/sites/" + site.id() + "/keys";
        Client.Answer added = admin.send("POST", path, "{\"scope\":\"read\",\"name\":\"bi\"}");
        String key = (String) added.at("key");
        assertThat(admin.send("POST", path, "{\"scope\":\"read\"}").at("name"))
                .as("what has no name is called by its scope")
                .isEqualTo("read");
        Client with = new Client(api).key(key);
        assertThat(with.get(path("overview")).status()).isEqualTo(200);
        assertThat(admin.get(path).text()).doesNotContain(key).doesNotContain(Secrets.hash(key));
        engine.flush().join();
        assertThat(admin.get(path).text()).contains("\"last_used\":\"2026-03-10T12:00:00.000Z\"");
        assertThat(admin.send("DELETE", path + "/" + added.at("id"), "").status())
                .isEqualTo(204);
        assertThat(with.get(path("overview")).status()).isEqualTo(401);
    }

    @Test
    void givesUsersRolesPerSite() {
        Client.Answer added = admin.send("POST", "/api/users", """
                {"email":"ed@example.com","password":"a long password","roles":{"%d":"editor"}}""".formatted(site.id()));
        assertThat(added.status()).as(added.text()).isEqualTo(201);
        assertThat(added.text()).doesNotContain("argon2");
        Client browser =
                new Client(api).with("content-type", "application/json").with("sec-fetch-site", "same-origin");
        Client.Answer in =
                browser.send("POST", "/api/login", "{\"email\":\"ed@example.com\",\"password\":\"a long password\"}");
        Client ed = browser.with("cookie", in.header("Set-Cookie").split(";")[0]);
        String own = "/api/sites/" + site.id();
        assertThat(ed.send("PUT", own, "{\"name\":\"Mine\"}").status()).isEqualTo(200);
        assertThat(ed.send("POST", own + "/keys", "{\"scope\":\"admin\"}").status())
                .as("an editor does not make himself an owner")
                .isEqualTo(403);
        assertThat(ed.send("DELETE", own, "").status()).isEqualTo(403);
        int other = (int) (long) (Long) admin.send("POST", "/api/sites", "{\"domain\":\"other.example\"}")
                .at("id");
        assertThat(ed.get("/api/sites/" + other).status()).isEqualTo(404);
        assertThat((List<?>) ed.get("/api/sites").at("sites")).hasSize(1);
        String user = "/api/users/" + added.at("id");
        assertThat(admin.send("PUT", user, "{\"roles\":{\"all\":\"owner\"}}").status())
                .isEqualTo(200);
        assertThat(ed.get("/api/users").status()).isEqualTo(200);
        assertThat(admin.send("PUT", user, "{\"roles\":{}}").status())
                .as("no owner would be left")
                .isEqualTo(409);
        assertThat(ed.send("DELETE", user, "").at("error.code")).isEqualTo("conflict");
    }

    @Test
    void sharesASiteByALinkWithAFilterAndAPassword() {
        view("a", "/docs/a");
        view("b", "/blog");
        String path = "/api/sites/" + site.id() + "/links";
        Client.Answer link = admin.send(
                "POST", path, "{\"name\":\"docs\",\"filter\":\"page=/docs/*\",\"password\":\"let me in please\"}");
        assertThat(link.status()).as(link.text()).isEqualTo(201);
        String shared = "/api/shared/" + link.at("token");
        Client anybody = new Client(api).with("content-type", "application/json");
        assertThat(anybody.get(shared).text()).isEqualTo("{\"locked\":true}");
        assertThat(anybody.get(shared + "/overview").status()).isEqualTo(401);
        assertThat(anybody.send("POST", shared + "/unlock", "{\"password\":\"wrong\"}")
                        .status())
                .isEqualTo(401);
        Client.Answer open = anybody.send("POST", shared + "/unlock", "{\"password\":\"let me in please\"}");
        Client in = anybody.with("cookie", open.header("Set-Cookie").split(";")[0]);
        assertThat(in.get(shared + "/overview?period=today").at("current.pageViews"))
                .isEqualTo(1L);
        assertThat(in.get(shared + "/overview?period=today&page=/blog").at("current.pageViews"))
                .isEqualTo(0L);
        assertThat(in.get(shared + "/realtime").status()).isEqualTo(404);
        assertThat(in.get(shared).header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(in.get(path("overview")).status()).isEqualTo(401);
        admin.send("DELETE", path + "/" + link.at("id"), "");
        assertThat(in.get(shared + "/overview").status()).isEqualTo(404);
    }

    @Test
    void showsAnAffiliateHisOwnFiguresOnly() {
        int mine = affiliate("mine", 0.1, 60).id();
        affiliate("other", 0.1, 60);
        view("a", "/?ref=mine");
        view("b", "/?ref=other");
        pass(Duration.ofSeconds(1));
        convert("{\"external_id\":\"p1\",\"amount\":1000.0,\"currency\":\"EUR\",\"visitor_id\":\"a\"}");
        Client.Answer link =
                admin.send("POST", "/api/sites/" + site.id() + "/links", "{\"affiliate_id\":%d}".formatted(mine));
        String shared = "/api/shared/" + link.at("token");
        Client anybody = new Client(api);
        Client.Answer figures = anybody.get(shared + "/affiliate?period=today");
        assertThat(figures.at("stats.visits")).isEqualTo(1L);
        assertThat(figures.at("stats.commission")).isEqualTo(100L);
        assertThat(figures.text())
                .doesNotContain("other")
                .doesNotContain("visitor_id")
                .doesNotContain("p1");
        for (String report : List.of("overview", "affiliates", "conversions", "realtime", "flow", "visitor-journey")) {
            assertThat(anybody.get(shared + "/" + report).status()).as(report).isEqualTo(404);
        }
    }
}
