package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Beacon.Sender;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a site leaves out as bots. */
class BotsTest extends EngineFixture {
    private static final String CHROME =
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
                    + " Chrome/142.0.0.0 Safari/537.36";

    @TempDir
    private Path dir;

    private void mode(BotMode mode) {
        site = engine.updateSite(site.withBots(mode)).join();
    }

    private Counter by(String agent) {
        return put(page("/").visitorId("v" + Objects.hashCode(agent)).userAgent(agent))
                .counter();
    }

    private static List<String> agents(String file) throws IOException {
        try (var in = BotsTest.class.getResourceAsStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }

    @Test
    void crawlersAreLeftOutByAllNewSites() throws IOException {
        List<String> crawlers = agents("crawlers.txt");
        assertThat(crawlers).hasSize(300);
        assertThat(crawlers.stream()
                        .filter(agent -> !Set.of(Counter.FILTERED_BOT, Counter.FILTERED_AI)
                                .contains(by(agent))))
                .hasSizeLessThanOrEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource(BotMode.class)
    void peopleCountInEveryMode(BotMode mode) throws IOException {
        mode(mode);
        List<String> browsers = agents("browsers.txt");
        assertThat(browsers).hasSize(300);
        assertThat(browsers).allSatisfy(agent -> assertThat(by(agent)).isEqualTo(Counter.STORED));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html) | STORED | FILTERED_BOT | FILTERED_BOT",
                "SomebodysCrawler/0.1 (+https://somebody.example) | STORED | FILTERED_BOT | FILTERED_BOT",
                "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot) | STORED | FILTERED_AI | FILTERED_AI",
                "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; Claude-User/1.0; +Claude-User@anthropic.com) | STORED | FILTERED_AI | FILTERED_AI",
                "curl/8.5.0 | STORED | STORED | FILTERED_LIBRARY",
                "python-requests/2.32.3 | STORED | STORED | FILTERED_LIBRARY",
                "Java/21.0.1 | STORED | STORED | FILTERED_LIBRARY",
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/140.0.0.0 Safari/537.36 | STORED | STORED | FILTERED_HEADLESS",
                "- | STORED | STORED | FILTERED_AGENT",
                "` ` | STORED | STORED | FILTERED_AGENT",
                "Mozilla/5.0 | STORED | STORED | FILTERED_AGENT",
                "Mozilla/5.0 (Windows NT 10.0; Android 14) Chrome/140.0.0.0 | STORED | STORED | FILTERED_AGENT",
                "Mozilla/5.0 (Linux; Android 14; CUBOT KINGKONG 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36 | STORED | STORED | STORED",
                "Mozilla/5.0 (Linux; Android 9; KFMAWI) AppleWebKit/537.36 (KHTML, like Gecko) Silk/120.2.2 like Chrome/120.0.6099.232 Safari/537.36 | STORED | STORED | STORED",
            })
    void agentsTellByModeWhatIsLeftOut(String agent, Counter off, Counter basic, Counter strict) {
        mode(BotMode.OFF);
        assertThat(by(agent)).isEqualTo(off);
        mode(BotMode.BASIC);
        assertThat(by(agent)).isEqualTo(basic);
        mode(BotMode.STRICT);
        assertThat(by(agent)).isEqualTo(strict);
    }

    @Test
    void whatIsFetchedAheadCountsForNobody() {
        BeaconBuilder ahead = page("/").userAgent(CHROME).sender(Sender.PREFETCH);
        assertThat(put(ahead).counter()).isEqualTo(Counter.FILTERED_PREFETCH);
        mode(BotMode.OFF);
        assertThat(put(ahead).counter()).isEqualTo(Counter.STORED);
    }

    @ParameterizedTest
    @EnumSource(BotMode.class)
    void whatSaysItselfThatItIsAProgramIsOne(BotMode mode) {
        mode(mode);
        assertThat(put(page("/").userAgent(CHROME).sender(Sender.PROGRAM)).counter())
                .isEqualTo(Counter.FILTERED_AUTOMATION);
    }

    @Test
    void madeUpReferrersAreKnown() {
        mode(BotMode.STRICT);
        BeaconBuilder spam = page("/").userAgent(CHROME).referrer("https://www.forum.semalt.com/x");
        assertThat(put(spam).counter()).isEqualTo(Counter.FILTERED_SPAM);
        assertThat(put(page("/").userAgent(CHROME).referrer("https://notsemalt.com/"))
                        .counter())
                .isEqualTo(Counter.STORED);
    }

    @Test
    void whatTheSiteAllowsCounts() {
        site = engine.updateSite(site.withAllowedBots(Set.of(Counter.FILTERED_AI)))
                .join();
        assertThat(by("GPTBot/1.2")).isEqualTo(Counter.STORED);
        assertThat(by("Googlebot/2.1")).isEqualTo(Counter.FILTERED_BOT);
    }

    @Test
    void whoSpeaksForVisitorsWithoutTheirAgentsIsNoBot() {
        mode(BotMode.STRICT);
        assertThat(put(page("/").trusted(true)).counter()).isEqualTo(Counter.STORED);
        assertThat(put(page("/").trusted(true).userAgent("python-requests/2").sender(Sender.SERVER))
                        .counter())
                .isEqualTo(Counter.STORED);
        assertThat(put(page("/").trusted(true).userAgent("Googlebot/2.1")).counter())
                .isEqualTo(Counter.FILTERED_BOT);
    }

    @Test
    void aHostThatIsNotTheSitesIsTheFirstReason() {
        engine.updateSite(site.withHostnames(Set.of("other.example"))).join();
        assertThat(by("Googlebot/2.1")).isEqualTo(Counter.FILTERED_HOSTNAME);
    }

    @Test
    void crawlersAreKnownWhenTheTimeForAgentsIsSpent() {
        engine.close();
        settings = settings.with().agentTime(Duration.ZERO).build();
        restart();
        assertThat(by("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"))
                .isEqualTo(Counter.FILTERED_BOT);
    }

    @Test
    void dataCentersOfTheOperatorsFileAreNoVisitorsOfStrictSites() throws IOException {
        Path file =
                Files.writeString(dir.resolve("networks"), "# a comment\n192.0.2.0/24\n2001:db8::/32 # its name\nx\n");
        engine.close();
        settings = settings.with().dataCenters(file).build();
        restart();
        mode(BotMode.STRICT);
        assertThat(from("192.0.2.255")).isEqualTo(Counter.FILTERED_DATA_CENTER);
        assertThat(from("2001:db8:ffff::1")).isEqualTo(Counter.FILTERED_DATA_CENTER);
        assertThat(from("192.0.3.0")).isEqualTo(Counter.STORED);
        assertThat(from("2001:db9::")).isEqualTo(Counter.STORED);
        mode(BotMode.BASIC);
        assertThat(from("192.0.2.255")).isEqualTo(Counter.STORED);
    }

    private Counter from(String address) {
        return put(page("/").userAgent(CHROME).address(address)).counter();
    }
}
