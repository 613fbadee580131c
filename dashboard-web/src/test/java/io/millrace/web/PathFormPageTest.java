package io.millrace.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Beacon;
import io.millrace.engine.PathForm;
import org.junit.jupiter.api.Test;

/** What spells of a page are one, in a site's settings. */
class PathFormPageTest extends PageFixture {
    private void visit(String path) {
        server.engine
                .collector()
                .put(Beacon.pageview(site.id())
                        .url("https://example.com" + path)
                        .visitorId("v")
                        .build())
                .join();
    }

    @Test
    void pathsArePreviewedBeforeTheyBecomeOne() {
        visit("/user/1");
        visit("/user/2");
        server.engine.flush().join();
        open(sitePath("/settings"));
        browser.type("[name=path_patterns]", "/user/*");
        browser.click("button[name=preview]");
        browser.read("paths of the last 30 days would be");
        browser.read("/user/1 /user/2");
        assertThat(server.engine.sites().byId(site.id()).pathForm()).isEqualTo(PathForm.AS_SENT);
        browser.click("mr-settings form .primary");
        browser.until("!document.querySelector('button[name=preview] ~ [role=status]')");
        assertThat(server.engine.sites().byId(site.id()).pathForm().typed()).containsExactly("/user/*");
    }
}
