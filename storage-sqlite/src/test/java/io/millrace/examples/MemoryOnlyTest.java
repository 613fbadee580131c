package io.millrace.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Beacon;
import io.millrace.engine.Engine;
import io.millrace.engine.LiveVisitor;
import io.millrace.engine.MemoryStorage;
import io.millrace.engine.Site;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The engine alone: who is here now, with nothing kept on disk. */
@Timeout(60)
class MemoryOnlyTest {

    @Test
    void knowsWhoIsLive() {
        try (Engine engine = Engine.builder(new MemoryStorage()).start()) {
            Site site = engine.addSite(Site.of("example.com")).join();
            engine.collector()
                    .put(Beacon.pageview(site.id())
                            .url("https://example.com/chat")
                            .visitorId("v1")
                            .build())
                    .join();
            assertThat(engine.live(site.id())).extracting(LiveVisitor::page).containsExactly("/chat");
        }
    }
}
