package io.millrace.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pages of those who are not logged in: axe finds nothing serious on them, and they fit on a phone. */
class OutsideTest extends PageFixture {
    private String all;
    private String locked;
    private String partner;

    @BeforeAll
    void makeLinks() {
        all = link("{}");
        locked = link("{\"password\":\"open sesame now\"}");
        partner = link("{\"affiliate_id\":1}");
        browser.driver.manage().deleteAllCookies();
    }

    private String link(String body) {
        Object made = browser.driver.executeAsyncScript(
                "const done = arguments[2]; fetch(arguments[0], {method: 'POST', body: arguments[1],"
                        + " headers: {'Content-Type': 'application/json'}}).then(r => r.json()).then(done)",
                "/api/sites/" + site.id() + "/links",
                body);
        return (String) ((Map<?, ?>) made).get("path");
    }

    @ParameterizedTest
    @CsvSource({
        "/login, [name=password]",
        "/setup#not-a-token, .card-box a.primary",
        "ALL?period=7d, .summary .line",
        "ALL?period=7d&embed, .summary .line",
        "ALL/realtime, [data-live-count]",
        "ALL/flow?period=7d, .flow-node",
        "ALL/journey?visitor=v1, .timeline",
        "LOCKED, [name=password]",
        "PARTNER?period=7d, .stats"
    })
    void axeFindsNothingSerious(String path, String ready) {
        String address = path.replace("ALL", all).replace("LOCKED", locked).replace("PARTNER", partner);
        for (boolean dark : new boolean[] {false, true}) {
            browser.dark(dark);
            open(address);
            browser.see(ready);
            browser.gone(".skeleton");
            assertThat(Axe.findings(browser)).as("%s, dark: %s", path, dark).isEmpty();
        }
        browser.size(360, 740);
        browser.until("document.documentElement.scrollWidth <= 360");
    }
}
