package io.millrace.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Counter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a site leaves out: shown with its reasons, and brought back. */
class FilteredTest extends ApiFixture {
    private static final String BOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";
    private String filtered;

    @BeforeEach
    void traffic() {
        filtered = "/api/sites/" + site.id() + "/filtered";
        view("ann", "/");
        put(page("bot", "/a").id("1").userAgent(BOT));
        put(page("bot", "/b").id("2").userAgent(BOT));
        put(page("gpt", "/c").id("3").userAgent("GPTBot/1.2"));
        engine.flush().join();
    }

    private Map<?, ?> reason(String name) {
        List<?> reasons = (List<?>) reader.get(filtered).at("reasons");
        return (Map<?, ?>) reasons.stream()
                .filter(r -> ((Map<?, ?>) r).get("reason").equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Object pageViews() {
        return reader.get(path("overview?period=today")).at("current.pageViews");
    }

    @Test
    void saysWhatAndWhyByDay() {
        Client.Answer answer = reader.get(filtered + "?period=today");
        assertThat(answer.at("bots")).isEqualTo("basic");
        assertThat(answer.at("days.0.date")).isEqualTo("2026-03-10");
        assertThat(answer.at("days.0.people").toString()).isEqualTo("1");
        assertThat(answer.at("days.0.bots").toString()).isEqualTo("3");
        assertThat(answer.at("days.0.all").toString()).isEqualTo("4");
        assertThat(reason("bot").get("count").toString()).isEqualTo("2");
        assertThat(reason("bot").get("active")).isEqualTo(true);
        assertThat(reason("library").get("active")).isEqualTo(false);
        assertThat(answer.at("samples.0.reason")).isEqualTo("ai");
        assertThat(answer.at("samples.0.path")).isEqualTo("/c");
        assertThat(answer.text()).doesNotContain("192.0.2.7").doesNotContain("google.com/bot.html");
    }

    @Test
    void saysHowWhatArrivedHasEndedAndTheLastOfEach() {
        Client.Answer answer = reader.get("/api/sites/" + site.id() + "/arrivals");
        assertThat(answer.at("arrivals.0.outcome")).isEqualTo("stored");
        assertThat(answer.at("arrivals.0.last.path")).isEqualTo("/");
        assertThat(answer.at("arrivals.1.outcome")).isEqualTo("filtered_bot");
        assertThat(answer.at("arrivals.1.today")).isEqualTo(2L);
        assertThat(answer.at("arrivals.1.last.path")).isEqualTo("/b");
        assertThat(answer.at("arrivals.2.outcome")).isEqualTo("filtered_ai");
        assertThat(answer.text()).doesNotContain("192.0.2.7");
    }

    @Test
    void oneRequestBringsBackWhatWasLeftOutForAReason() {
        Client.Answer done = admin.send("POST", filtered, "{\"reason\":\"bot\"}");
        assertThat(done.status()).as(done.text()).isEqualTo(200);
        assertThat(done.at("restored").toString()).isEqualTo("2");
        assertThat(engine.sites().byId(site.id()).allowedBots()).containsExactly(Counter.FILTERED_BOT);
        assertThat(reason("bot").get("count").toString()).isEqualTo("0");
        assertThat(reason("bot").get("active")).isEqualTo(false);
        assertThat(reason("ai").get("count").toString()).isEqualTo("1");
        assertThat(pageViews().toString()).isEqualTo("3");
        put(page("bot", "/d").userAgent(BOT));
        assertThat(reader.get(filtered).at("days.29.people").toString()).isEqualTo("4");
        assertThat(admin.send("POST", filtered, "{\"reason\":\"bot\"}")
                        .at("restored")
                        .toString())
                .isEqualTo("0");
    }

    @Test
    void agentsOfAiAreToldByOperatorAndPurposeWithWhatTheyRead() {
        put(page("gpt", "/c").id("4").userAgent("GPTBot/1.3"));
        put(page("claude", "/a")
                .userAgent("Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; Claude-User/1.0;"
                        + " +Claude-User@anthropic.com)"));
        put(page("person", "/").referrer("https://chatgpt.com/"));
        Client.Answer answer = reader.get(path("agents?period=7d"));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.at("agents.0.name")).isEqualTo("GPTBot");
        assertThat(answer.at("agents.0.operator")).isEqualTo("OpenAI");
        assertThat(answer.at("agents.0.purpose")).isEqualTo("training");
        assertThat(answer.at("agents.0.days.0.date")).isEqualTo("2026-03-10");
        assertThat(answer.at("agents.0.days.0.pageViews").toString()).isEqualTo("2");
        assertThat(answer.at("agents.1.operator")).isEqualTo("Anthropic");
        assertThat(answer.at("agents.1.purpose")).isEqualTo("user");
        assertThat(answer.at("pages.0.path")).isEqualTo("/c");
        assertThat(answer.at("pages.0.pageViews").toString()).isEqualTo("2");
        assertThat(answer.at("assistants.0.source")).isEqualTo("ChatGPT");
        assertThat(answer.at("assistants.0.sessions").toString()).isEqualTo("1");
        assertThat(answer.text()).doesNotContain("Googlebot");
    }

    @Test
    void onlyReasonsOfBotsComeBack() {
        assertThat(admin.send("POST", filtered, "{\"reason\":\"hostname\"}").status())
                .isEqualTo(400);
        assertThat(reader.send("POST", filtered, "{\"reason\":\"bot\"}").status())
                .isEqualTo(403);
    }

    @Test
    void aVisitorIsToldWhatOfHimDoesNotCount() {
        Client.Answer me = reader.get("/api/me?site=" + site.id() + "&visitor_id=bot");
        assertThat(me.at("filtered.0.path")).isEqualTo("/b");
        assertThat(me.at("filtered.1.reason")).isEqualTo("bot");
        assertThat((List<?>) me.at("sessions")).isEmpty();
        assertThat(VisitorExport.json(engine.storage().reader(), site, "bot").orElseThrow())
                .contains("\"reason\":\"bot\"", "\"path\":\"/a\"", "\"path\":\"/b\"")
                .doesNotContain("/c");
        assertThat(VisitorExport.json(engine.storage().reader(), site, "nobody"))
                .isEmpty();
    }
}
