package io.millrace.engine.internal.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Agent;
import io.millrace.engine.ClientHints;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HintedTest {
    private static final Agent WINDOWS = new Agent("Chrome", "Chrome 142", "Windows", "Windows 10", "desktop");
    private static final Agent MAC = new Agent("Chrome", "Chrome 142", "Mac OS X", "Mac OS X 10.15", "desktop");
    private static final Agent PHONE =
            new Agent("Chrome Mobile", "Chrome Mobile 142", "Android", "Android 10", "mobile");
    private static final String BRANDS =
            "\"Chromium\";v=\"143\", \"Google Chrome\";v=\"143\", \"Not_A Brand\";v=\"99\"";

    private static Agent hinted(Agent agent, String brands, String mobile, String platform, String version) {
        return Hinted.agent(agent, new ClientHints(brands, null, mobile, '"' + platform + '"', '"' + version + '"'));
    }

    @Test
    void theHintsKnowTheSystemThatTheAgentHides() {
        assertThat(hinted(WINDOWS, BRANDS, "?0", "Windows", "15.0.0"))
                .isEqualTo(new Agent("Chrome", "Chrome 143", "Windows", "Windows 11", "desktop"));
        assertThat(hinted(WINDOWS, BRANDS, "?0", "Windows", "10.0.0").osVersion())
                .isEqualTo("Windows 10");
        assertThat(hinted(MAC, BRANDS, "?0", "macOS", "15.1.0").osVersion()).isEqualTo("Mac OS X 15.1");
        assertThat(hinted(PHONE, BRANDS, "?1", "Android", "16.0.0"))
                .isEqualTo(new Agent("Chrome Mobile", "Chrome Mobile 143", "Android", "Android 16", "mobile"));
    }

    @Test
    void aTabletThatAsksForDesktopPagesIsOne() {
        Agent asDesktop = new Agent("Chrome", "Chrome 142", "Linux", null, "desktop");
        assertThat(hinted(asDesktop, BRANDS, "?0", "Android", "14.0.0"))
                .isEqualTo(new Agent("Chrome", "Chrome 143", "Android", "Android 14", "tablet"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "Not(A:Brand";v="8", "Chromium";v="144", "Microsoft Edge";v="144" | Edge    | Edge 144
            "Brave";v="143", "Chromium";v="143", "Not A(Brand";v="24"         | Brave   | Brave 143
            "Opera";v="120", "Not/A)Brand";v="8", "Chromium";v="135"          | Opera   | Opera 120
            "Chromium";v="143", "Not_A Brand";v="99"                          | Chrome  | Chrome 143
            nonsense                                                          | Chrome  | Chrome 142
            """)
    void theBrowserIsTheBrandBesideTheEngine(String brands, String browser, String version) {
        Agent hinted = Hinted.agent(WINDOWS, new ClientHints(brands, null, "?0", "\"Windows\"", null));
        assertThat(hinted).isEqualTo(new Agent(browser, version, "Windows", "Windows 10", "desktop"));
    }

    @Test
    void whatSaysNothingChangesNothing() {
        assertThat(Hinted.agent(MAC, null)).isSameAs(MAC);
        assertThat(Hinted.agent(MAC, new ClientHints(null, null, null, "\"Unknown\"", "\"\"")))
                .isEqualTo(MAC);
        assertThat(ClientHints.of(name -> null)).isNull();
    }

    @Test
    void headersAreCut() {
        Map<String, String> headers = Map.of("sec-ch-ua", "x".repeat(5_000), "sec-ch-ua-mobile", "?1");
        ClientHints hints = ClientHints.of(headers::get);
        assertThat(hints.brands()).hasSize(256);
        assertThat(hints.mobile()).isEqualTo("?1");
    }
}
