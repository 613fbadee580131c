package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is derived from a beacon, seen from outside. */
class EnrichmentTest extends EngineFixture {
    private static final String CHROME =
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
                    + " Chrome/142.0.0.0 Safari/537.36";
    private static final String IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15"
            + " (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1";

    private String value(Dimension dimension) {
        Report report =
                engine.query(Query.totals(site.id(), new Period(0, Long.MAX_VALUE), site.zone(), Metric.SESSIONS)
                        .by(dimension, 1));
        return report.rows().get(0).values().get(0);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "/,                       -,                                  Direct,        Direct",
                "/?utm_source=news&utm_medium=email, -,                       news,          Email",
                "/,                       https://www.google.com/search?q=x,  Google,    Organic Search",
                "/?gclid=1,               https://www.google.com/,            Google,    Paid Search",
                "/,                       https://t.co/abc,                   X,          Organic Social",
                "/?utm_source=https://www.Google.com/, -,                     Google, Organic Search",
                "/?utm_source=chatgpt.com, -,                                 ChatGPT,   AI",
                "/,                       https://blog.example.net/post,      example.net, Referral",
                "/,                       https://www.example.com/other,      Direct,        Direct",
                "/,                       https://shop.example.com/,          Direct,        Direct",
                "/?utm_source=a%20b+c&utm_medium=cpc, -,                      a b c,         Paid Other",
                "/?utm_source=x%,         -,                                  x%,            Campaign",
                "/?utm_campaign=50%+off+caf%C3%A9&utm_source=%20%0A, -,       Direct,        Direct",
                "/?utm_source=caf%E9%00,  -,                                  café,          Campaign",
                "/?utm_source=news&amp;utm_medium=email, -,                   news,          Email",
                "/?utm%5Fsource=news&utm%5fmedium=email, -,                   news,          Email",
                "/?utm_source=%E2%80%8Bnews%E2%80%8B, -,                      news,          Campaign",
                "/,                       https:\\\\www.google.com\\a,          Google,    Organic Search",
                "/?fbclid=x,              -,                                  Facebook,  Organic Social",
                "/?fbclid=x,              https://l.facebook.com/,            Facebook,  Organic Social",
                "/?fbclid=x&utm_medium=paid_social, https://m.facebook.com/,  Facebook,  Paid Social",
                "/?gclid=x,               -,                                  Google,    Paid Search",
                "/,                       https://www.google.co.uk/,          Google,  Organic Search",
                "/,                       https://google.mycompany.example/,  google.mycompany.example, Referral",
                "/,                       https://mail.google.com/mail/u/0/,  Gmail, Email",
                "/,                       https://docs.google.com/document/1, docs.google.com, Referral",
                "/,                       https://drive.google.com/,          drive.google.com, Referral",
                "/,                       https://accounts.google.com/,       accounts.google.com, Referral",
                "/,                       https://accounts.google.de/,        accounts.google.de, Referral",
                "/,                       https://mail.yahoo.com/,            Yahoo! Mail, Email",
                "/,                       https://de.search.yahoo.com/,       Yahoo!, Organic Search",
                "/,                       android-app://com.google.android.gm/, Gmail, Email",
                "/,                       android-app://com.google.android.googlequicksearchbox/, Google, Organic Search",
                "/,                       https://quora.example.net/,         example.net, Referral",
                "/,                       https://discord.mycompany.example/, discord.mycompany.example, Referral",
                "/,                       https://claude.martin.example/,     claude.martin.example, Referral",
                "/,                       https://claude.ai/chat,             Claude,     AI",
                "/,                       https://vk.com/feed,                VK,        Organic Social",
                "/,                       https://t.me/channel,               Telegram,          Organic Social",
                "/,                       https://wa.me/1,                    WhatsApp,         Organic Social",
                "/,                       https://fb.me/x,                    Facebook,         Organic Social",
                "/,                       https://duckduckgo.com./,           DuckDuckGo, Organic Search",
                "/,                       https://news.ycombinator.com/item,  Hacker News, Organic Social",
                "/?utm_source=Google&utm_medium=CPC, -,                       Google,        Paid Search",
                "/#/pricing?utm_source=news, -,                               news,          Campaign",
                "/?UTM_SOURCE=news&Utm_Medium=email, -,                       news,          Email",
                "/?a_b=c&GCLID=x,         -,                                  Google,    Paid Search",
                "/,                       https://WWW.Other.example:8443/x,   Direct,        Direct",
                "/#/pricing?gclid=x,      -,                                  Google,    Paid Search",
                "/?utm_source=google&utm_medium=display, -,                   Google,        Display",
                "/?utm_source=facebook&utm_medium=banner, -,                  Facebook,      Display",
                "/?utm_source=awin&utm_medium=affiliates, -,                  awin,          Affiliate",
                "/?utm_medium=sms,        -,                                  Direct,        Campaign",
                "/?utm_source=%C2%A0&utm_medium=%C2%A0, -,                    Direct,        Direct",
                "/?ScCid=x,               -,                                  Snapchat,  Paid Social",
                "/,                       https://ok.ru/feed,                 OK.ru,         Organic Social",
                "/,                       https://line.me/R/,                 LINE,       Organic Social",
                "/,                       https://tieba.baidu.com/p/1,        Baidu Tieba, Organic Social",
                "/,                       android-app://com.linkedin.android/, LinkedIn, Organic Social",
                "/,                       https://www.genspark.ai/,           Genspark,   AI",
                "/,                       https://chat.z.ai/c/1,              Z.ai,          AI",
                "/,                       https://m365.cloud.microsoft/chat,  Copilot, AI",
                "/,                       android-app://com.example.app/,     com.example.app, Referral",
                "/,                       https://me.github.io/,              me.github.io,  Referral",
                "/,                       https://a.blog.example.co.uk/,      example.co.uk, Referral",
                "/?utm_source=ig,         -,                                  Instagram,     Organic Social",
                "/?utm_source=openai,     -,                                  ChatGPT,       AI",
                "/?utm_source=newsletter, -,                                  newsletter,    Email",
                "/?fbclid=x&utm_source=ads, -,                                ads,           Campaign",
                "/,                       https://a b/,                       Direct,        Direct",
            })
    void sourceAndChannelComeFromCampaignAndReferrer(String path, String referrer, String source, String channel) {
        engine.updateSite(site.withHostnames(Set.of("example.com", "www.other.example")))
                .join();
        put(page(path).referrer(referrer));
        assertThat(value(Dimension.SOURCE)).isEqualTo(source);
        assertThat(value(Dimension.CHANNEL)).isEqualTo(channel);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "https://example.com,                 -,        /",
                "https://example.com/a?b=c#d,         -,        /a",
                "https://user@example.com:8443/a,     -,        /a",
                "https://example.com/a?b=c,           /other,   /other",
                "-,                                   /x?y=1,   /x",
                "https://example.com/a b[,            -,        /a b[",
                "https://example.com?x=/y,            -,        /",
                "https://example.com\\a,              -,        /a",
                "https:/example.com/a,                -,        /a",
                "https://example.com/a/../b/./c,      -,        /b/c",
                "https://example.com/a/b/..,          -,        /a/",
                "https://example.com/a/%2E%2e/b,      -,        /b",
                "https://example.com/../../a/.,       -,        /a/",
                "https://example.com/.well-known/a,   -,        /.well-known/a",
                "https://example.com//a/..b/...,      -,        //a/..b/...",
                "https://example.com/a;jsessionid=0F3A9.n1/b, -, /a/b",
                "https://example.com/a;JSESSIONID=0F3A9?b,    -, /a",
                "https://example.com/a;v=1,           -,        /a;v=1",
                "https://example.com/caf%C3%A9,       -,        /café",
                "https://example.com/caf%c3%a9,       -,        /café",
                "https://example.com/café,            -,        /café",
                "https://example.com/app,             /app#/pricing, /app#/pricing",
                "https://example.com/app,             /app#/pricing?utm_source=x, /app#/pricing",
                "https://example.com/app,             /app#section, /app",
                "https://example.com/cb,              /cb#access_token=S&id_token=T, /cb",
                "https://example.com/cb,              /cb#/done&access_token=S, /cb",
                "https://example.com/cb,              /cb#/login?code=S, /cb",
                "https://example.com/cb,              /cb#/login?state=1&auth_code=S, /cb",
                "https://example.com/app,             /app#/shop?promo_code=MAY&sort_key=price, /app#/shop",
            })
    void thePathIsThePathAlone(String url, String pathname, String path) {
        put(page("/").url(url).pathname(pathname).hostname("example.com"));
        assertThat(value(Dimension.PAGE)).isEqualTo(path);
        assertThat(value(Dimension.HOSTNAME)).isEqualTo("example.com");
    }

    @Test
    void parametersThatTheSiteKeepsStayInThePath() {
        Site s = engine.sites().byId(site.id());
        engine.updateSite(s.withKeepParams(Set.of("id", "tab", "gclid", "GCLID")))
                .join();
        put(page("/item?utm_source=x&id=7&gclid=1&tab=a"));
        assertThat(value(Dimension.PAGE)).isEqualTo("/item?id=7&tab=a");
        assertThat(value(Dimension.SOURCE)).isEqualTo("X");
        put(page("/find?id=red+shoes"));
        put(page("/find?id=red%20shoes&GCLID=1"));
        assertThat(value(Dimension.PAGE)).isEqualTo("/find?id=red shoes");
    }

    @ParameterizedTest
    @CsvSource({
        "https://user:secret@www.bing.com/x?a@b,  https://www.bing.com/x?a@b",
        "https:\\\\user@bing.com\\x,              https://bing.com/x",
        "https://www.bing.com/@user?to=a@b#c@d,   https://www.bing.com/@user?to=a@b#c@d",
    })
    void aPasswordInAReferrerIsNotKept(String sent, String stored) {
        put(page("/").referrer(sent));
        assertThat(value(Dimension.REFERRER)).isEqualTo(stored);
        assertThat(value(Dimension.SOURCE)).isEqualTo("Bing");
    }

    @Test
    void theAgentIsNamed() {
        put(page("/").address("203.0.113.7").userAgent(CHROME));
        assertThat(value(Dimension.BROWSER)).isEqualTo("Chrome");
        assertThat(value(Dimension.BROWSER_VERSION)).isEqualTo("Chrome 142");
        assertThat(value(Dimension.OS)).isEqualTo("Windows");
        assertThat(value(Dimension.OS_VERSION)).isEqualTo("Windows 10");
        assertThat(value(Dimension.DEVICE)).isEqualTo("desktop");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko); compatible; ChatGPT-User/1.0; +https://openai.com/bot | ChatGPT-User
            ChatGPT-User/1.0; +https://openai.com/bot                                                                | ChatGPT-User
            Claude-User/1.0                                                                                          | Claude-User
            our-app/3.2 (internal)                                                                                   | our-app
            nonsense                                                                                                 |
            """)
    void aProgramIsCalledByItsName(String agent, String name) {
        engine.updateSite(site.withBots(BotMode.OFF)).join();
        put(page("/").address("203.0.113.7").userAgent(agent));
        assertThat(value(Dimension.BROWSER)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Mozilla/5.0 (Linux; Android 11; BRAVIA 4K UR3 Build/RTM) AppleWebKit/537.36 Chrome/119.0 Safari/537.36",
                "Mozilla/5.0 (Linux; Android 9; AFTT Build/PS7) AppleWebKit/537.36 Chrome/108.0 Safari/537.36",
                "Mozilla/5.0 (Linux; Android 12; Android TV) AppleWebKit/537.36 Chrome/119.0 Safari/537.36",
                "Mozilla/5.0 (SMART-TV; Linux; Tizen 6.0) AppleWebKit/537.36 Version/6.0 TV Safari/537.36"
            })
    void aTelevisionIsNoTablet(String agent) {
        put(page("/").address("203.0.113.7").userAgent(agent));
        assertThat(value(Dimension.DEVICE)).isEqualTo("tv");
    }

    @Test
    void aPhoneIsMobile() {
        put(page("/").address("203.0.113.7").userAgent(IPHONE));
        assertThat(value(Dimension.DEVICE)).isEqualTo("mobile");
        assertThat(value(Dimension.OS)).isEqualTo("iOS");
        assertThat(value(Dimension.OS_VERSION)).isEqualTo("iOS 18.1");
    }

    @ParameterizedTest
    @CsvSource({"500,mobile", "800,tablet", "1024,desktop", "0,desktop"})
    void withoutAnAgentTheScreenTells(int width, String device) {
        put(page("/").screenWidth(width).screenHeight(600));
        assertThat(value(Dimension.DEVICE)).isEqualTo(device);
    }

    @Test
    void unknownAgentsBeyondTheBudgetAreNotParsed() {
        settings = settings.with().agentTime(Duration.ZERO).build();
        restart();
        for (int i = 0; i < 5; i++) {
            put(page("/").address("203.0.113.7").userAgent("agent number " + i));
        }
        assertThat(engine.counters().get(Counter.AGENT_SKIPPED, site.id())).isEqualTo(5);
    }

    @Test
    void aListedHostnameCountsWithWwwOrWithout() {
        engine.updateSite(site.withHostnames(Set.of("second.example", "www.third.example")))
                .join();
        for (String host : List.of("second.example", "www.second.example", "third.example", "www.third.example")) {
            assertThat(put(page("/").url("https://" + host + "/"))).as(host).isEqualTo(Outcome.STORED);
        }
        assertThat(put(page("/").url("https://shop.second.example/")).counter()).isEqualTo(Counter.FILTERED_HOSTNAME);
    }

    @Test
    void aHostnameThatIsNotListedIsFiltered() {
        engine.updateSite(site.withHostnames(Set.of("example.com"))).join();
        assertThat(put(page("/"))).isEqualTo(Outcome.STORED);
        assertThat(put(page("/").url("https://www.example.com/"))).isEqualTo(Outcome.STORED);
        Outcome other = put(page("/").url("https://evil.example/"));
        assertThat(other.counter()).isEqualTo(Counter.FILTERED_HOSTNAME);
        assertThat(totals()).containsEntry(Metric.PAGE_VIEWS, 2L);
    }

    @Test
    void anEnrichmentOfTheEmbedderAddsToTheEvent() {
        engine.close();
        engine = builder()
                .enrichment((beacon, event) -> event.place(new Place("DE", "BY", "Munich")))
                .start();
        put(page("/"));
        assertThat(value(Dimension.CITY)).isEqualTo("Munich");
    }
}
