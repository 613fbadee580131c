package io.millrace.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Beacon;
import io.millrace.engine.Counter;
import org.junit.jupiter.api.Test;

/** The page of what does not count: why, and back with it. */
class BotsPageTest extends PageFixture {
    @Test
    void whatWasLeftOutIsShownAndCountsAgainAfterOneClick() {
        for (int i = 0; i < 3; i++) {
            server.engine
                    .collector()
                    .put(Beacon.pageview(site.id())
                            .id("bot" + i)
                            .url("https://example.com/crawled")
                            .visitorId("bot")
                            .userAgent("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)")
                            .build())
                    .join();
        }
        server.engine.flush().join();
        open(sitePath("/bots"));
        browser.read("example.com/crawled");
        browser.click("[data-restore=bot]");
        browser.gone("[data-restore=bot]");
        assertThat(server.engine.sites().byId(site.id()).allowedBots()).containsExactly(Counter.FILTERED_BOT);
        assertThat(server.engine.storage().reader().filtered(site.id(), 10)).isEmpty();
    }
}
