package io.millrace.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.io.BaseEncoding;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Invitations, sessions and second factors, as people use them. */
class PeopleTest extends ApiFixture {
    private static final String PASSWORD = "a long password";

    private Client browser;
    private Client.Answer ann;

    @BeforeEach
    void setUp() {
        browser = new Client(api)
                .with("content-type", "application/json")
                .with("sec-fetch-site", "same-origin")
                .with("user-agent", "Firefox");
        ann = browser.send(
                "POST",
                "/api/setup",
                "{\"token\":\"" + api.setupToken() + "\",\"email\":\"ann@example.com\",\"password\":\"" + PASSWORD
                        + "\"}");
    }

    private Client with(Client.Answer answer) {
        return browser.with("cookie", answer.header("Set-Cookie").split(";")[0]);
    }

    private Client.Answer logIn(String code) {
        return browser.send(
                "POST",
                "/api/login",
                "{\"email\":\"ann@example.com\",\"password\":\"" + PASSWORD + "\""
                        + (code == null ? "}" : ",\"code\":\"" + code + "\"}"));
    }

    /** What an app shows, made by other code than the server's. */
    private String code(String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(BaseEncoding.base32().decode(secret), "HmacSHA1"));
            byte[] hash = mac.doFinal(ByteBuffer.allocate(8)
                    .putLong(now.get().getEpochSecond() / 30)
                    .array());
            int offset = hash[19] & 15;
            int number = ByteBuffer.wrap(hash, offset, 4).getInt() & 0x7fffffff;
            return "%06d".formatted(number % 1_000_000);
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String join(String token, String email) {
        return "{\"token\":\"" + token + "\",\"email\":\"" + email + "\",\"password\":\"" + PASSWORD + "\"}";
    }

    @Test
    void anInvitationMakesOneUserWithItsRoles() {
        Client.Answer invited = with(ann)
                .send(
                        "POST",
                        "/api/invitations",
                        "{\"email\":\"bob@example.com\",\"roles\":{\"" + site.id() + "\":\"viewer\"}}");
        assertThat(invited.status()).as(invited.text()).isEqualTo(201);
        String path = (String) invited.at("path");
        assertThat(path).startsWith("/setup#join-");
        String token = path.substring("/setup#".length());
        assertThat(with(ann).get("/api/invitations").text())
                .contains("bob@example.com")
                .doesNotContain(token, "path");

        assertThat(browser.send("POST", "/api/join", join(token, "eve@example.com"))
                        .status())
                .as("it is for another")
                .isEqualTo(403);
        Client.Answer bob = browser.send("POST", "/api/join", join(token, "bob@example.com"));
        assertThat(bob.status()).as(bob.text()).isEqualTo(201);
        assertThat(with(bob).get(path("overview")).status()).isEqualTo(200);
        assertThat(with(bob).get("/api/users").status()).isEqualTo(403);
        assertThat(browser.send("POST", "/api/join", join(token, "bob@example.com"))
                        .status())
                .isEqualTo(403);
        assertThat(with(ann).get("/api/invitations").text()).isEqualTo("{\"invitations\":[]}");
    }

    @Test
    void anInvitationEndsAfterAWeekOrWhenItIsTakenBack() {
        String roles = "{\"roles\":{\"all\":\"editor\"}}";
        String path =
                with(ann).send("POST", "/api/invitations", roles).at("path").toString();
        Client.Answer second = with(ann).send("POST", "/api/invitations", roles);
        Object id = second.at("id");
        assertThat(with(ann).send("DELETE", "/api/invitations/" + id, "").status())
                .isEqualTo(204);
        String gone = (String) second.at("path");
        assertThat(browser.send("POST", "/api/join", join(gone.substring(7), "a@example.com"))
                        .status())
                .isEqualTo(403);
        pass(Duration.ofDays(7));
        assertThat(browser.send("POST", "/api/join", join(path.substring(7), "a@example.com"))
                        .status())
                .isEqualTo(403);
        assertThat(with(ann).send("POST", "/api/invitations", "{\"roles\":{}}").status())
                .isEqualTo(400);
    }

    @Test
    void sessionsAreListedAndEnded() {
        Client.Answer other = logIn(null);
        @SuppressWarnings("unchecked")
        List<Map<String, Object>> sessions =
                (List<Map<String, Object>>) with(ann).get("/api/sessions").at("sessions");
        assertThat(sessions).hasSize(2).extracting(s -> s.get("agent")).containsOnly("Firefox");
        Object current = sessions.stream()
                .filter(s -> s.get("current").equals(true))
                .findFirst()
                .orElseThrow()
                .get("id");
        Object others = sessions.stream()
                .filter(s -> s.get("current").equals(false))
                .findFirst()
                .orElseThrow()
                .get("id");
        assertThat(current).isNotEqualTo(others);

        assertThat(with(ann).send("DELETE", "/api/sessions/" + others, "").status())
                .isEqualTo(204);
        assertThat(with(other).get("/api/sites").status()).isEqualTo(401);
        assertThat(with(ann).send("DELETE", "/api/sessions/" + others, "").status())
                .isEqualTo(404);

        Object id = ann.at("user.id");
        assertThat(admin.get("/api/users/" + id + "/sessions").text()).contains("\"agent\":\"Firefox\"");
        assertThat(admin.send("DELETE", "/api/users/" + id + "/sessions", "").status())
                .isEqualTo(204);
        assertThat(with(ann).get("/api/sites").status()).isEqualTo(401);
    }

    private String switchOn(Client.Answer in) {
        Client.Answer begun = with(in).send("POST", "/api/factor", "{\"password\":\"" + PASSWORD + "\"}");
        String secret = (String) begun.at("secret");
        String token = (String) begun.at("token");
        assertThat((String) begun.at("uri")).contains("secret=" + secret);
        assertThat(with(in).send("POST", "/api/factor/confirm", "{\"token\":\"" + token + "\",\"code\":\"000\"}")
                        .status())
                .isEqualTo(400);
        Client.Answer on = with(in).send(
                        "POST",
                        "/api/factor/confirm",
                        "{\"token\":\"" + token + "\",\"code\":\"" + code(secret) + "\"}");
        assertThat(on.status()).as(on.text()).isEqualTo(200);
        recovery = ((List<?>) on.at("recovery")).stream().map(Object::toString).toList();
        return secret;
    }

    private List<String> recovery;

    @Test
    void aSecondFactorIsAskedForAndTakesEachCodeOnce() {
        assertThat(with(ann)
                        .send("POST", "/api/factor", "{\"password\":\"another\"}")
                        .status())
                .isEqualTo(400);
        String secret = switchOn(ann);
        pass(Duration.ofSeconds(30));

        assertThat((String) logIn(null).at("error.code")).isEqualTo("code_needed");
        assertThat((String) logIn("123").at("error.code")).isEqualTo("wrong_code");
        String code = code(secret);
        Client.Answer in = logIn(code);
        assertThat(in.status()).as(in.text()).isEqualTo(200);
        assertThat((Boolean) in.at("user.second_factor")).isTrue();
        assertThat(logIn(code).status()).as("once").isEqualTo(401);

        assertThat(with(in).send("POST", "/api/factor/remove", "{\"password\":\"" + PASSWORD + "\"}")
                        .status())
                .isEqualTo(204);
        assertThat(logIn(null).status()).isEqualTo(200);
    }

    @Test
    void aCodeForWhoLosesTheAppIsGoodOnce() {
        switchOn(ann);
        assertThat(recovery).hasSize(8).doesNotHaveDuplicates();

        assertThat(logIn(recovery.get(3)).status()).isEqualTo(200);
        assertThat(logIn(recovery.get(3)).status()).isEqualTo(401);
        assertThat(logIn(" " + recovery.get(4).toUpperCase(java.util.Locale.ROOT))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void codesForWhoLosesTheAppAreGoodOnceAtTheSameTime() {
        switchOn(ann);
        List<String> given = List.of(recovery.get(0), recovery.get(0), recovery.get(1));
        List<Integer> answers = given.parallelStream()
                .map(code -> logIn(code).status())
                .sorted()
                .toList();

        assertThat(answers).containsExactly(200, 200, 401);
        assertThat(logIn(recovery.get(0)).status()).isEqualTo(401);
        assertThat(logIn(recovery.get(1)).status()).isEqualTo(401);
    }

    @Test
    void guessingCodesEndsAfterTenAnHour() {
        switchOn(ann);
        for (int i = 0; i < 10; i++) {
            assertThat(with(ann)
                            .send(
                                    "POST",
                                    "/api/login",
                                    "{\"email\":\"ann@example.com\",\"password\":\"" + PASSWORD + "\",\"code\":\"" + i
                                            + "\"}")
                            .status())
                    .isEqualTo(401);
        }
        assertThat(logIn("11").status()).isEqualTo(429);
        pass(Duration.ofHours(1));
        assertThat(logIn("12").status()).isEqualTo(401);
    }
}
