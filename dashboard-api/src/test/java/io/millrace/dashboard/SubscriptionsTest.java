package io.millrace.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.io.BaseEncoding;
import io.millrace.engine.spi.AccountStore.Subscription;
import org.junit.jupiter.api.Test;

/** Who is told what, and how that ends. */
class SubscriptionsTest extends ApiFixture {
    private final Keyring keys = Keyring.of(new byte[Keyring.BYTES]);

    @Override
    DashboardSettings settings() {
        return super.settings().with().keyring(keys).build();
    }

    private String own() {
        return "/api/sites/" + site.id() + "/subscriptions";
    }

    private Client.Answer add(String channel, String target, String topic) {
        return admin.send(
                "POST",
                own(),
                "{\"channel\":\"" + channel + "\",\"target\":\"" + target + "\",\"topics\":[\"" + topic + "\"]}");
    }

    @Test
    void aWebhookHasASecretThatIsToldOnceAndLeadsNowherePrivate() {
        Client.Answer added = add("webhook", "https://example.com/hook", "spike");
        assertThat(added.status()).as(added.text()).isEqualTo(201);
        assertThat((String) added.at("secret")).matches("[0-9a-f]{64}");
        assertThat(admin.get(own()).text()).contains("https://example.com/hook").doesNotContain("secret");
        assertThat(add("webhook", "http://localhost/", "spike").text()).contains("leads into a private network");
        assertThat(reader.send("POST", own(), "{}").status()).isEqualTo(403);
    }

    @Test
    void refusesWhatIsNoTargetAndWhatIsNoTopicOfASite() {
        assertThat((String) add("mail", "nobody", "weekly").at("error.field")).isEqualTo("target");
        assertThat((String) add("mail", "a@example.com", "server").at("error.field"))
                .isEqualTo("topics");
        assertThat((String) add("mail", "a@example.com,b@example.com", "weekly").at("error.field"))
                .isEqualTo("target");
        assertThat((String) add("pigeon", "a@example.com", "weekly").at("error.field"))
                .isEqualTo("channel");
    }

    @Test
    void aTestSaysWhyItDidNotArrive() {
        Object right = add("mail", "ann@example.com", "weekly").at("id");
        Object wrong = add("webhook", "https://broken.example.com/", "goal").at("id");
        assertThat(admin.send("POST", own() + "/" + right + "/test", "").status())
                .isEqualTo(204);
        assertThat(admin.send("POST", own() + "/" + wrong + "/test", "").text()).contains("it answered 500");
        assertThat(reader.get("/api/sites/" + site.id() + "/mails/weekly").text())
                .contains("<h1>example.com WEEKLY</h1>");
        assertThat(reader.get("/api/sites/" + site.id() + "/mails/spike").status())
                .isEqualTo(404);
    }

    @Test
    void oneClickInAMailEndsThemAndALookDoesNot() {
        add("mail", "ann@example.com", "weekly");
        Subscription stored = storage.accounts().subscriptions().get(0);
        String token = BaseEncoding.base16().lowerCase().encode(keys.derive("unsubscribe", stored.nonce()));
        Client anybody = new Client(api).with("content-type", "application/x-www-form-urlencoded");
        String link = "/api/unsubscribe/" + stored.id() + "/" + token;

        assertThat(anybody.get(link).text()).contains("<form method=\"post\">");
        assertThat(storage.accounts().subscriptions()).hasSize(1);
        assertThat(anybody.send("POST", "/api/unsubscribe/" + stored.id() + "/0", "")
                        .status())
                .isEqualTo(404);
        assertThat(anybody.send("POST", link, "List-Unsubscribe=One-Click").status())
                .isEqualTo(200);
        assertThat(storage.accounts().subscriptions()).isEmpty();
        assertThat(anybody.get(link).status()).isEqualTo(404);
    }
}
