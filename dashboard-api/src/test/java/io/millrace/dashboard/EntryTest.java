package io.millrace.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EntryTest extends ApiFixture {
    private static final String PASSWORD = "correct horse battery";
    private static final String LOGIN = "{\"email\":\"Ann@Example.com\",\"password\":\"%s\"}";
    private Client browser;

    @BeforeEach
    void openBrowser() {
        browser = new Client(api)
                .with("content-type", "application/json")
                .with("host", "stats.example.com")
                .with("sec-fetch-site", "same-origin");
    }

    private Client.Answer setUp(String token) {
        return browser.send(
                "POST",
                "/api/setup",
                "{\"token\":\"%s\",\"email\":\"ann@example.com\",\"password\":\"%s\",\"name\":\"Ann\"}"
                        .formatted(token, PASSWORD));
    }

    private Client.Answer logIn(String password) {
        return browser.send("POST", "/api/login", LOGIN.formatted(password));
    }

    private Client with(Client.Answer answer) {
        return browser.with("cookie", answer.header("Set-Cookie").split(";")[0]);
    }

    @Test
    void makesTheFirstUserOnceByTheLink() {
        String token = api.setupToken();
        assertThat(browser.get("/api/session").at("setupNeeded")).isEqualTo(true);
        assertThat(setUp("another").status()).isEqualTo(403);
        Client.Answer first = setUp(token);
        assertThat(first.status()).as(first.text()).isEqualTo(201);
        assertThat(first.header("Set-Cookie"))
                .startsWith("millrace_session=")
                .contains("; HttpOnly; SameSite=Lax")
                .contains("Path=/");
        assertThat(setUp(token).status()).isEqualTo(403);
        assertThat(api.setupToken()).isNull();
        assertThat(with(first).get("/api/session").at("user.email")).isEqualTo("ann@example.com");
        assertThat(with(first).get(path("overview")).status()).isEqualTo(200);
    }

    @Test
    void forgetsTheLinkAfterHalfAnHour() {
        String token = api.setupToken();
        pass(Duration.ofMinutes(30));
        assertThat(setUp(token).status()).isEqualTo(403);
    }

    @Test
    void forgetsTheLinkBeforeTheLastOne() {
        String token = api.setupToken();
        api.setupToken();
        assertThat(setUp(token).status()).isEqualTo(403);
    }

    @Test
    void logsInWithANewSessionAndOutAgain() {
        setUp(api.setupToken());
        Client.Answer first = logIn(PASSWORD);
        assertThat(first.status()).isEqualTo(200);
        Client.Answer second = with(first).send("POST", "/api/login", LOGIN.formatted(PASSWORD));
        assertThat(second.header("Set-Cookie")).isNotEqualTo(first.header("Set-Cookie"));
        assertThat(with(first).get("/api/sites").status())
                .as("the session before ends")
                .isEqualTo(401);
        assertThat(with(second).get("/api/sites").status()).isEqualTo(200);
        assertThat(with(second).send("POST", "/api/logout", "{}").status()).isEqualTo(204);
        assertThat(with(second).get("/api/sites").status()).isEqualTo(401);
    }

    @Test
    void doesNotTakeASessionThatTheServerDidNotMake() {
        setUp(api.setupToken());
        assertThat(browser.with("cookie", "millrace_session=fixed")
                        .get("/api/sites")
                        .status())
                .isEqualTo(401);
        Client.Answer answer =
                browser.with("cookie", "millrace_session=fixed").send("POST", "/api/login", LOGIN.formatted(PASSWORD));
        assertThat(answer.header("Set-Cookie")).doesNotContain("fixed");
    }

    @Test
    void logsOutEverywhere() {
        Client.Answer one = setUp(api.setupToken());
        Client.Answer two = logIn(PASSWORD);
        with(two).send("POST", "/api/logout", "{\"everywhere\":true}");
        assertThat(with(one).get("/api/sites").status()).isEqualTo(401);
        assertThat(with(two).get("/api/sites").status()).isEqualTo(401);
    }

    @Test
    void aClockSetBackAnHourEndsNoSessionAndOneSetBackAYearKeepsNone() {
        Client.Answer in = setUp(api.setupToken());
        pass(Duration.ofHours(-1));
        assertThat(with(in).get("/api/sites").status()).isEqualTo(200);
        pass(Duration.ofDays(-365));
        assertThat(with(in).get("/api/sites").status()).isEqualTo(401);
    }

    @Test
    void endsASessionAfterThirtyDays() {
        Client.Answer in = setUp(api.setupToken());
        pass(Duration.ofDays(30));
        assertThat(with(in).get("/api/sites").status()).isEqualTo(401);
    }

    @Test
    void saysTheSameOfAWrongPasswordAndOfNobody() {
        setUp(api.setupToken());
        Client.Answer wrong = logIn("not the password");
        Client.Answer nobody =
                browser.send("POST", "/api/login", LOGIN.formatted("x").replace("Ann@", "Bob@"));
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(nobody.status()).isEqualTo(401);
        assertThat(nobody.text()).isEqualTo(wrong.text());
    }

    @Test
    void slowsDownWhoGuesses() {
        setUp(api.setupToken());
        for (int i = 0; i < 9; i++) {
            logIn("guess");
        }
        Client.Answer limited = logIn(PASSWORD);
        assertThat(limited.status()).isEqualTo(429);
        assertThat(limited.header("Retry-After")).isNotNull();
        pass(Duration.ofMinutes(5));
        assertThat(logIn(PASSWORD).status()).isEqualTo(200);
    }

    @Test
    void letsTheRightPasswordInFromAKnownBrowserWhateverStrangersTry() {
        Client known = browser.with("cookie", setUp(api.setupToken()).cookies());
        known.send("POST", "/api/logout", "{}");
        Client device = known.with("cookie", known.header("cookie").replaceAll("millrace_session=[^;]*", "x=y"));
        for (int i = 0; i < 60; i++) {
            logIn("guess");
        }
        assertThat(logIn(PASSWORD).status()).as("a browser that nobody knows").isEqualTo(429);
        assertThat(device.send("POST", "/api/login", LOGIN.formatted(PASSWORD)).status())
                .isEqualTo(200);
        String forged = device.header("cookie").replaceAll("millrace_device=\\d+", "millrace_device=7");
        assertThat(device.with("cookie", forged)
                        .send("POST", "/api/login", LOGIN.formatted(PASSWORD))
                        .status())
                .as("somebody else's")
                .isEqualTo(429);
        pass(Duration.ofDays(365));
        for (int i = 0; i < 60; i++) {
            logIn("guess");
        }
        assertThat(device.send("POST", "/api/login", LOGIN.formatted(PASSWORD)).status())
                .as("a year later")
                .isEqualTo(429);
    }

    @Test
    void limitsWhatIsTriedFromAKnownBrowserToo() {
        Client device = browser.with("cookie", setUp(api.setupToken()).cookies());
        for (int i = 0; i < 20; i++) {
            assertThat(device.send("POST", "/api/login", LOGIN.formatted("guess"))
                            .status())
                    .isEqualTo(401);
        }
        assertThat(device.send("POST", "/api/login", LOGIN.formatted(PASSWORD)).status())
                .isEqualTo(429);
    }

    @Test
    void forgetsBrowsersWithANewPassword() {
        Client device = browser.with("cookie", setUp(api.setupToken()).cookies());
        String change = "{\"old\":\"%s\",\"new\":\"another long password\"}";
        device.send("POST", "/api/password", change.formatted(PASSWORD));
        for (int i = 0; i < 10; i++) {
            logIn("guess");
        }
        assertThat(device.send("POST", "/api/login", LOGIN.formatted("another long password"))
                        .status())
                .isEqualTo(429);
    }

    @Test
    void keepsTheNewestSixtyFourSessionsOfAUser() {
        Client.Answer first = setUp(api.setupToken());
        for (int i = 0; i < 64; i++) {
            pass(Duration.ofSeconds(1));
            assertThat(logIn(PASSWORD).status()).isEqualTo(200);
        }
        assertThat(storage.accounts().sessions()).hasSize(64);
        assertThat(with(first).get("/api/sites").status()).isEqualTo(401);
    }

    @Test
    void changesThePasswordAndEndsTheOtherSessions() {
        Client.Answer one = setUp(api.setupToken());
        Client.Answer two = logIn(PASSWORD);
        String change = "{\"old\":\"%s\",\"new\":\"another long password\"}";
        assertThat(with(two)
                        .send("POST", "/api/password", change.formatted("wrong"))
                        .at("error.field"))
                .isEqualTo("old");
        assertThat(with(two)
                        .send("POST", "/api/password", change.formatted(PASSWORD))
                        .status())
                .isEqualTo(200);
        assertThat(with(one).get("/api/sites").status()).isEqualTo(401);
        assertThat(logIn(PASSWORD).status()).isEqualTo(401);
        assertThat(logIn("another long password").status()).isEqualTo(200);
    }

    @Test
    void refusesChangesThatAnotherSiteMakesABrowserSend() {
        Client in = with(setUp(api.setupToken()));
        String site = "{\"domain\":\"other.example\"}";
        assertThat(in.with("sec-fetch-site", "cross-site")
                        .send("POST", "/api/sites", site)
                        .status())
                .isEqualTo(403);
        assertThat(in.with("sec-fetch-site", "same-site")
                        .send("POST", "/api/sites", site)
                        .status())
                .isEqualTo(403);
        Client old = in.with("sec-fetch-site", null);
        assertThat(old.send("POST", "/api/sites", site).status()).isEqualTo(403);
        assertThat(old.with("origin", "https://evil.example")
                        .send("POST", "/api/sites", site)
                        .status())
                .isEqualTo(403);
        assertThat(old.with("origin", "null").send("POST", "/api/sites", site).status())
                .isEqualTo(403);
        assertThat(in.with("content-type", "application/x-www-form-urlencoded")
                        .send("POST", "/api/sites", site)
                        .status())
                .isEqualTo(403);
        assertThat(in.with("content-type", "text/plain")
                        .send("POST", "/api/sites", site)
                        .status())
                .isEqualTo(403);
        assertThat(in.with("sec-fetch-site", "cross-site")
                        .send("DELETE", "/api/sites/" + site().id(), "")
                        .status())
                .isEqualTo(403);
        assertThat(engine.sites().all()).hasSize(1);
        assertThat(old.with("origin", "https://stats.example.com")
                        .send("POST", "/api/sites", site)
                        .status())
                .isEqualTo(201);
        assertThat(browser.with("sec-fetch-site", "cross-site")
                        .send("POST", "/api/login", LOGIN.formatted(PASSWORD))
                        .status())
                .isEqualTo(403);
    }

    private io.millrace.engine.Site site() {
        return site;
    }

    @Test
    void letsPagesOfLinksBeFramedAsLongAsTheLinkIsThere() {
        Client.Answer link = admin.send("POST", "/api/sites/" + site.id() + "/links", "{}");
        String page = (String) link.at("path");
        assertThat(api.frames(page)).isTrue();
        assertThat(api.frames(page + "/flow")).isTrue();
        for (String other : new String[] {
            "/", "/share", "/share/", "/share//", "/share/none", "/x" + page, "/" + page, page + "x", "share/none"
        }) {
            assertThat(api.frames(other)).as(other).isFalse();
        }
        admin.send("DELETE", "/api/sites/" + site.id() + "/links/" + link.at("id"), "");
        assertThat(api.frames(page)).isFalse();
    }

    @Test
    void doesNotReadKeysFromTheUrl() {
        Client anybody = new Client(api);
        assertThat(anybody.get(path("overview?key=reader-key")).status()).isEqualTo(401);
        assertThat(anybody.get(path("overview?access_token=reader-key")).status())
                .isEqualTo(401);
    }
}
