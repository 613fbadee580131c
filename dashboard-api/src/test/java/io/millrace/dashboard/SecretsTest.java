package io.millrace.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Looks for keys, passwords, tokens and their hashes in everything that is said. */
class SecretsTest extends ApiFixture {
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final List<String> said = new ArrayList<>();
    private final List<String> secrets = new ArrayList<>(List.of("admin-key", "a long password"));
    private Level level;

    private static Logger root() {
        return ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(Logger.ROOT_LOGGER_NAME);
    }

    @BeforeEach
    void listen() {
        level = root().getLevel();
        root().setLevel(Level.TRACE);
        log.start();
        root().addAppender(log);
    }

    @AfterEach
    void stopListening() {
        root().detachAppender(log);
        root().setLevel(level);
    }

    private Client.Answer say(Client.Answer answer) {
        said.add(answer.text());
        return answer;
    }

    private void keep(Object secret) {
        secrets.add((String) secret);
        secrets.add(Secrets.hash((String) secret));
    }

    @Test
    void keepsThemToItself() {
        String setup = api.setupToken();
        keep(setup);
        Client browser =
                new Client(api).with("content-type", "application/json").with("sec-fetch-site", "same-origin");
        Client.Answer in = say(browser.send(
                "POST",
                "/api/setup",
                "{\"token\":\"" + setup + "\",\"email\":\"ann@example.com\",\"password\":\"a long password\"}"));
        String cookie = in.header("Set-Cookie").split(";")[0];
        keep(cookie.split("=")[1]);
        String own = "/api/sites/" + site.id();
        keep(admin.send("POST", own + "/keys", "{\"scope\":\"read\",\"name\":\"bi\"}")
                .at("key"));
        keep(admin.send("POST", own + "/links", "{\"password\":\"a long password\"}")
                .at("token"));
        say(browser.send("POST", "/api/login", "{\"email\":\"ann@example.com\",\"password\":\"a long password?\"}"));
        say(browser.send("POST", "/api/login", "{\"email\":\"ann@example.com\",\"password\":\"a long password\"}"));
        say(browser.send("POST", "/api/login", "{\"email\":5,\"password\":\"a long password\"}"));
        say(browser.send("POST", "/api/login", "{\"email\":\"a\",\"password\":\"a long password\",}"));
        for (String path : List.of(
                "/api/users",
                "/api/keys",
                own,
                own + "/keys",
                own + "/links",
                "/api/audit",
                "/metrics",
                "/readyz",
                "/api/session",
                "/api/overview",
                path("overview"),
                "/api/doctor/client",
                "/api/openapi.json")) {
            say(admin.get(path));
            say(browser.with("cookie", cookie).get(path));
        }
        say(new Client(api).key(secrets.get(2) + "x").get(path("overview")));
        log.list.forEach(e -> said.add(e.getFormattedMessage()
                + (e.getThrowableProxy() == null ? "" : e.getThrowableProxy().getMessage())));
        assertThat(said).hasSizeGreaterThan(30).noneMatch(s -> s.contains("$argon2"));
        secrets.remove("admin-key");
        assertThat(said).allSatisfy(s -> assertThat(s).doesNotContain(secrets));
    }
}
