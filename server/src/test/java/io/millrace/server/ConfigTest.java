package io.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.http.HttpSettings;
import io.millrace.server.internal.config.Config;
import io.millrace.server.internal.config.ConfigException;
import io.millrace.server.internal.config.SampleFile;
import io.millrace.server.internal.config.Setting;
import io.millrace.server.internal.config.Settings;
import io.millrace.storage.sqlite.SqliteSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where settings come from, and which one wins. */
class ConfigTest {
    @TempDir
    private Path directory;

    @Test
    void flagBeatsEnvironmentBeatsFileBeatsDefault() throws Exception {
        Path file = file("port = 1\nhost = \"10.0.0.1\"\nack = \"accepted\"\n");
        Map<String, String> environment = Map.of("MILLRACE_PORT", "2", "MILLRACE_HOST", "10.0.0.2");

        Config config = Config.resolve(Map.of("port", "3"), environment, file);

        assertThat(config.get(Settings.PORT)).isEqualTo(3);
        assertThat(config.get(Settings.HOST)).isEqualTo("10.0.0.2");
        assertThat(config.get(Settings.ACK)).isEqualTo(HttpSettings.Ack.ACCEPTED);
        assertThat(config.get(Settings.SYNC)).isEqualTo(SqliteSettings.Sync.NORMAL);
        assertThat(config.get(Settings.ADMIN_PORT)).isNull();
    }

    @Test
    void readsWhatCallersWithoutALogInMayTake() throws Exception {
        Config config = Config.resolve(
                Map.of(), Map.of(), file("[dashboard]\nlink_time = \"5s\"\nstreams_per_link = 8\ncache = \"16m\"\n"));

        assertThat(config.get(Settings.DASHBOARD_LINK_TIME)).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.get(Settings.DASHBOARD_NETWORK_TIME)).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.get(Settings.DASHBOARD_STREAMS_PER_LINK)).isEqualTo(8);
        assertThat(config.get(Settings.DASHBOARD_CACHE)).isEqualTo(16L << 20);
    }

    @Test
    void readsSecretsOfSitesAndShowsThemToNobody() throws Exception {
        Config config = Config.resolve(
                Map.of(), Map.of("MILLRACE_STRIPE_SECRETS", "1:whsec_new, 1: whsec_old,2:whsec_two"), file(""));
        assertThat(config.get(Settings.STRIPE_SECRETS))
                .isEqualTo(Map.of(1, List.of("whsec_new", "whsec_old"), 2, List.of("whsec_two")));
        assertThat(config.lines().toString()).contains("stripe.secrets").doesNotContain("whsec");
        for (String wrong : List.of("whsec_new", "0:whsec_new", "1:", "1:short")) {
            assertThatThrownBy(() -> Config.resolve(Map.of(), Map.of("MILLRACE_STRIPE_SECRETS", wrong), file("")))
                    .hasMessageContaining("a site's number, a colon and a secret")
                    .hasMessageNotContaining("whsec_new");
        }
    }

    @Test
    void samplesEverySettingWithItsDefault() throws Exception {
        String sample = SampleFile.text();
        assertThat(Config.resolve(Map.of(), Map.of(), file(sample)).lines()).isEmpty();

        String set = sample.replaceAll("(?m)^#(?=[a-z_.]+ = )(?!.*# not set$)", "");
        Config config = Config.resolve(Map.of(), Map.of(), file(set));

        for (Setting<?> setting : Settings.ALL) {
            assertThat(sample).contains("\n#" + setting.key() + " = ");
            assertThat(Objects.equals(
                            config.get(setting),
                            Config.resolve(Map.of(), Map.of(), null).get(setting)))
                    .as(setting.key())
                    .isTrue();
        }
        assertThat(config.lines()).hasSize((int)
                Settings.ALL.stream().filter(s -> s.fallback() != null).count());
    }

    @Test
    void takesUpWhatIsLiveAndNamesWhatNeedsARestart() throws Exception {
        Config before = Config.resolve(Map.of(), Map.of(), file("port = 1\n"));
        Config next =
                Config.resolve(Map.of(), Map.of(), file("port = 2\n[http]\nburst = 7\ngeo_database = \"/places\"\n"));

        Config both = before.takingUp(next);

        assertThat(both.get(Settings.PORT)).isEqualTo(1);
        assertThat(both.get(Settings.BURST)).isEqualTo(7);
        assertThat(both.get(Settings.GEO_DATABASE)).as("none was opened").isNull();
        assertThat(next.changedFrom(both)).containsExactly(Settings.PORT, Settings.GEO_DATABASE);
        assertThat(Settings.ALL.stream().filter(Setting::live)).hasSize(36);
    }

    @Test
    void readsTablesListsAndUnits() throws Exception {
        Path file = file("""
                [engine]
                visit_timeout = "10m"
                ring_bytes = "8m"
                [http]
                trusted_proxies = ["10.0.0.0/8", "loopback"]
                access_log = true
                """);

        Config config = Config.resolve(Map.of(), Map.of(), file);

        assertThat(config.get(Settings.VISIT_TIMEOUT)).isEqualTo(Duration.ofMinutes(10));
        assertThat(config.get(Settings.RING_BYTES)).isEqualTo(8L << 20);
        assertThat(config.get(Settings.TRUSTED_PROXIES)).containsExactly("10.0.0.0/8", "loopback");
        assertThat(config.get(Settings.ACCESS_LOG)).isTrue();
    }

    @Test
    void saysWhereEachValueComesFrom() throws Exception {
        Path file = file("host = \"10.0.0.1\"\n");

        Config config = Config.resolve(Map.of("port", "3"), Map.of("MILLRACE_ACK", "accepted"), file);

        assertThat(config.lines())
                .anyMatch(line -> line.matches("host +=  ?10.0.0.1   \\(.*millrace.toml: host\\)"))
                .anyMatch(line -> line.matches("port +=  ?3   \\(--port\\)"))
                .anyMatch(line -> line.matches("ack +=  ?accepted   \\(MILLRACE_ACK\\)"))
                .as("what is not said of has its default")
                .hasSize(3);
    }

    @Test
    void leavesAloneWhatKubernetesSetsForAServiceCalledMillrace() {
        Map<String, String> environment = new HashMap<>(Map.of(
                "MILLRACE_PORT", "tcp://10.0.0.1:80",
                "MILLRACE_PORT_80_TCP", "tcp://10.0.0.1:80",
                "MILLRACE_PORT_80_TCP_PROTO", "tcp",
                "MILLRACE_PORT_80_TCP_PORT", "80",
                "MILLRACE_PORT_80_TCP_ADDR", "10.0.0.1",
                "MILLRACE_SERVICE_HOST", "10.0.0.1",
                "MILLRACE_SERVICE_PORT", "80",
                "MILLRACE_SERVICE_PORT_HTTP", "80",
                "MILLRACE_ADMIN_SERVICE_HOST", "10.0.0.2",
                "MILLRACE_ADMIN_PORT", "tcp://10.0.0.2:9000"));
        environment.put("MILLRACE_HOST", "10.0.0.3");

        Config config = Config.resolve(Map.of(), environment, null);

        assertThat(config.get(Settings.PORT)).isEqualTo(8080);
        assertThat(config.get(Settings.ADMIN_PORT)).isNull();
        assertThat(config.get(Settings.HOST)).isEqualTo("10.0.0.3");
        assertThat(config.warnings())
                .hasSize(10)
                .contains("MILLRACE_PORT is ignored: Kubernetes sets it for a service, it is no setting");
    }

    @Test
    void takesAnEmptyVariableForNone() {
        Config config = Config.resolve(Map.of(), Map.of("MILLRACE_PORT", "", "MILLRACE_NONE", " "), null);

        assertThat(config.get(Settings.PORT)).isEqualTo(8080);
        assertThat(config.warnings())
                .containsExactly("MILLRACE_NONE is ignored: it is empty", "MILLRACE_PORT is ignored: it is empty");
    }

    @Test
    void refusesAVariableThatNobodyElseSets() {
        assertThatThrownBy(() -> Config.resolve(Map.of(), Map.of("MILLRACE_PROT", "1"), null))
                .hasMessage("environment variable MILLRACE_PROT: there is no such setting");
    }

    @Test
    void refusesWhatItDoesNotKnowInOneLine() throws Exception {
        assertRefused("prot = 1\n", "millrace.toml: prot: there is no such setting");
        assertRefused("[http]\nrate = 1\n", "millrace.toml: http.rate: there is no such setting");
        assertRefused("port = \"x\"\n", "millrace.toml: port: 'x' is not a whole number from 0 to 65535");
        assertRefused("port = = 1\n", "millrace.toml: line 1: ");
        assertRefused("\uFEFFport = \"x\"\n", "millrace.toml: port: 'x' is not a whole number from 0 to 65535");
        assertRefused(
                "[http]\nrequest_time = \"0s\"\n",
                "millrace.toml: http.request_time: '0s' is not a time such as 500ms, 30s, 10m, 24h or 60d");
        assertRefused(
                "retention = \"99999999d\"\n", "millrace.toml: retention: '99999999d' is not a time of at least 1d");
        assertRefused(
                "[http]\ncollect_paths = \"/\"\n", "millrace.toml: http.collect_paths: '/' is not paths that begin");
        for (String path : List.of("//x", "/x/../y", "/x/.", "/./x", "x")) {
            assertRefused(
                    "[http]\nscript_paths = \"" + path + "\"\n",
                    "millrace.toml: http.script_paths: '" + path + "' is not paths that begin");
        }
        assertRefused("data = \"\"\n", "millrace.toml: data: '' is not a text");
        assertThatThrownBy(() -> Config.resolve(Map.of(), Map.of(), directory.resolve("none.toml")))
                .isInstanceOf(ConfigException.class)
                .hasMessageEndingWith("none.toml: cannot be read");
    }

    private void assertRefused(String toml, String problem) throws IOException {
        Path file = file(toml);
        assertThatThrownBy(() -> Config.resolve(Map.of(), Map.of(), file))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(problem)
                .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
    }

    private Path file(String toml) throws IOException {
        return Files.writeString(directory.resolve("millrace.toml"), toml);
    }
}
