package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.spi.Enrichment;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The cases that uap-core publishes, as beacons: what comes out of the pipeline is what they say. */
class UapCoreTest extends EngineFixture {
    private final List<Agent> enriched = new ArrayList<>();

    private record Case(boolean browser, String family, String major, String minor, String agent) {
        static Case of(String line) {
            String[] cells = line.split("\t", 5);
            return new Case(cells[0].equals("browser"), cells[1], cells[2], cells[3], cells[4]);
        }

        boolean known() {
            return !family.equals("Other");
        }

        String version() {
            String number = browser || major.isEmpty() || minor.isEmpty() ? major : major + "." + minor;
            return number.isEmpty() ? null : family + " " + number;
        }

        boolean agrees(Agent found) {
            return browser
                    ? family.equals(found.browser()) && Objects.equals(version(), found.browserVersion())
                    : family.equals(found.os()) && Objects.equals(version(), found.osVersion());
        }
    }

    @Override
    Engine.Builder builder() {
        Enrichment last = (beacon, event) -> enriched.add(event.agent());
        EngineSettings patient = settings.with().agentTime(Duration.ofHours(1)).build();
        return super.builder().settings(patient).enrichment(last);
    }

    private static List<Case> cases() throws IOException {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(UapCoreTest.class.getResourceAsStream("uap-core.tsv"), StandardCharsets.UTF_8))) {
            return lines.lines().filter(l -> !l.startsWith("#")).map(Case::of).toList();
        }
    }

    @Test
    void theCasesAgree() throws IOException {
        List<String> differ = new ArrayList<>();
        int known = 0;
        for (Case c : cases()) {
            enriched.clear();
            put(page("/").userAgent(c.agent));
            if (c.known()) {
                known++;
                if (!c.agrees(enriched.get(0))) {
                    differ.add(c + " but " + enriched.get(0));
                }
            }
        }
        assertThat(known).isGreaterThan(1_000);
        // The list takes what stands in the address of a program's page for its name; here an address is none. And two
        // crawlers
        // of AI have the names that the list of those has for them.
        assertThat(differ)
                .hasSizeLessThanOrEqualTo(15)
                .allMatch(c -> c.contains("http") || c.contains("browser=iaskspider"));
    }
}
