package io.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Machines as they are: a release is started by its launcher, takes one event and tells of it. */
@Timeout(60)
class EnvironmentTest {
    private static final Path SCRIPT = Path.of("").toAbsolutePath().getParent().resolve("millrace");
    private static final String QUICK = "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx256m ";

    @TempDir
    private Path directory;

    private Path launcher;
    private Path data;

    @BeforeEach
    void release() throws IOException {
        data = directory.resolve("data");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Main.class.getName());
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath());
        manifest.getMainAttributes().putValue("Enable-Native-Access", "ALL-UNNAMED");
        Path lib = Files.createDirectories(directory.resolve("release/lib"));
        new JarOutputStream(Files.newOutputStream(lib.resolve("millrace.jar")), manifest).close();
        launcher = Files.copy(
                SCRIPT,
                Files.createDirectories(directory.resolve("release/bin")).resolve("millrace"));
    }

    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(System.getProperty("path.separator")))
                .map(Path::of)
                .map(path -> path.toUri().toString())
                .collect(Collectors.joining(" "));
    }

    /** A server within what the words before it make of the environment. */
    private ServerProcess serve(Map<String, String> environment, String... before) throws IOException {
        return ServerProcess.listening(
                command(environment, before, "serve", "--data", data.toString(), "--port", "0"),
                directory.resolve("server.log"));
    }

    private ProcessBuilder command(Map<String, String> environment, String[] before, String... words) {
        List<String> line = new ArrayList<>(Arrays.asList(before));
        line.addAll(List.of("sh", launcher.toString()));
        line.addAll(Arrays.asList(words));
        ProcessBuilder command = new ProcessBuilder(line);
        command.environment().put("JAVA_HOME", System.getProperty("java.home"));
        command.environment().put("MILLRACE_JAVA_OPTS", QUICK);
        command.environment().putAll(environment);
        return command;
    }

    private Typed run(String... words) {
        List<String> line = new ArrayList<>(Arrays.asList(words));
        line.addAll(List.of("--data", data.toString()));
        Typed typed = Typed.run(line.toArray(String[]::new));
        assertThat(typed.code()).as(typed.err()).isZero();
        return typed;
    }

    /** Adds a site, sends a page view, reads figures and metrics, stops. */
    private void tellsOfOneEvent(ServerProcess server) throws Exception {
        Client client = new Client(server.url());
        assertThat(run("site", "add", "example.com").firstLine()).isEqualTo("1");
        String key = run("key", "add", "--scope", "admin").firstLine();

        assertThat(client.post(Client.pageView(1, "ann", "/INDEX")).statusCode())
                .isEqualTo(202);

        HttpResponse<String> overview = client.get("/api/analytics/1/overview?period=24h", key);
        assertThat(overview.body())
                .contains("\"visitors\":1,\"sessions\":1,\"pageViews\":1", "\"/INDEX\"")
                .matches("\\p{ASCII}+");
        assertThat(client.get("/api/analytics/1/overview?period=24h&browser=none", key)
                        .body())
                .contains("\"pageViews\":0");
        assertThat(client.get("/metrics", key).body())
                .contains("millrace_received_total 1.0\n")
                .matches("\\p{ASCII}+");
        assertThat(server.terminate()).isZero();
        assertThat(server.log()).doesNotContain("Exception", "\tat ", "ERROR").matches("\\p{ASCII}+");
    }

    @ParameterizedTest
    @CsvSource({"bn,BD,", "ar,EG,", "tr,TR,", "th,TH,TH", "de,CH,"})
    void servesInBengaliArabicTurkishThaiAndSwiss(String language, String country, String variant) throws Exception {
        String locale = "-Duser.language=" + language + " -Duser.country=" + country
                + (variant == null ? "" : " -Duser.variant=" + variant);
        String lang = language + "_" + country + ".UTF-8";
        try (ServerProcess server = serve(Map.of("MILLRACE_JAVA_OPTS", QUICK + locale, "LANG", lang))) {
            tellsOfOneEvent(server);
        }
    }

    @Test
    void servesWithTheVariablesThatKubernetesSetsAndWithEmptyOnes() throws Exception {
        Map<String, String> variables = Map.of(
                "MILLRACE_PORT", "tcp://10.0.0.1:80",
                "MILLRACE_PORT_80_TCP", "tcp://10.0.0.1:80",
                "MILLRACE_PORT_80_TCP_PROTO", "tcp",
                "MILLRACE_SERVICE_HOST", "10.0.0.1",
                "MILLRACE_SERVICE_PORT_HTTP", "80",
                "MILLRACE_DASHBOARD_SERVICE_HOST", "10.0.0.2",
                "MILLRACE_HTTP_BURST", "");
        try (ServerProcess server = serve(variables)) {
            tellsOfOneEvent(server);
            assertThat(server.log())
                    .contains("MILLRACE_PORT is ignored: Kubernetes sets it", "MILLRACE_HTTP_BURST is ignored: it is");
        }
    }

    @Test
    void servesWithoutHomeAndLangFromADirectoryWithSpacesAndUmlauts() throws Exception {
        Path script = Files.writeString(directory.resolve("script"), """
                data="$1/Daten f\\303\\274r alle"
                data=$(printf "$data")
                shift
                run() { command=$1; shift; env -i JAVA_HOME="$JAVA_HOME" MILLRACE_JAVA_OPTS="$MILLRACE_JAVA_OPTS" \\
                    sh "$launcher" $command "$@" --data "$data"; }
                name=$(printf 'Caf\\303\\251')
                run "site add" example.com --name "$name" >&2 || exit
                run "site list" >&2 || exit
                test -f "$data/millrace.db" || exit
                exec env -i JAVA_HOME="$JAVA_HOME" MILLRACE_JAVA_OPTS="$MILLRACE_JAVA_OPTS" \\
                    sh "$launcher" serve --port 0 --data "$data"
                """);
        ProcessBuilder command = command(Map.of("launcher", launcher.toString()), new String[0]);
        command.command("sh", script.toString(), directory.toString());
        try (ServerProcess server = ServerProcess.listening(command, directory.resolve("server.log"))) {
            assertThat(new Client(server.url())
                            .post(Client.pageView(1, "ann", "/"))
                            .statusCode())
                    .isEqualTo(202);
            assertThat(server.terminate()).isZero();
            assertThat(server.log())
                    .contains("1\texample.com\tCafé\tUTC", "/Daten für alle")
                    .doesNotContain("Exception");
        }
    }

    @Test
    void servesWithoutAPlaceForTemporaryFiles() throws Exception {
        String[] readOnly = within("-m", """
                mount --bind "$0" "$0" && mount --rbind /tmp /tmp && mount -o remount,bind,ro /tmp &&
                mount --bind /var/tmp /var/tmp && mount -o remount,bind,ro /var/tmp && ! touch /tmp/x 2>/dev/null || exit
                """);
        try (ServerProcess server = serve(Map.of(), readOnly)) {
            tellsOfOneEvent(server);
        }
    }

    @Test
    void servesFromADirectoryThatNoProgramMayRunIn() throws Exception {
        String[] noexec = within("-m", """
                mkdir "$0/data" && mount -t tmpfs -o size=64m,noexec tmpfs "$0/data" || exit
                """);
        ProcessBuilder command = command(Map.of(), noexec, "site", "add", "example.com", "--data", data.toString());
        Process added = command.redirectErrorStream(true).start();
        String out = new String(added.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(added.waitFor()).as(out).isZero();
        assertThat(out).startsWith("1\n").doesNotContain("Exception");
    }

    @Test
    void servesWhereThereIsNothingButIpv6() throws Exception {
        String[] ipv6 = within("-n", """
                ip link set lo up && ip -4 addr flush dev lo || exit
                """);
        String[] flags = {"serve", "--data", data.toString(), "--port", "0", "--host", "::", "--admin-port", "0"};
        try (ServerProcess server =
                ServerProcess.listening(command(Map.of(), ipv6, flags), directory.resolve("server.log"))) {
            run("site", "add", "example.com");
            String key = run("key", "add", "--scope", "admin").firstLine();
            String port = Integer.toString(URI.create(server.url()).getPort());
            Process asks = new ProcessBuilder(
                            "nsenter",
                            "-t",
                            Long.toString(server.pid()),
                            "-n",
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Neighbour.class.getName(),
                            port,
                            key)
                    .redirectErrorStream(true)
                    .start();
            assertThat(new String(asks.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("202")
                    .contains("\"pageViews\":1");
            assertThat(server.terminate()).isZero();
            assertThat(server.log()).doesNotContain("Exception");
        }
    }

    /** Sends an event and asks for a report from within the server's network. */
    static final class Neighbour {
        private Neighbour() {}

        public static void main(String[] args) throws Exception {
            Client client = new Client("http://[::1]:" + args[0]);
            System.out.println(client.post(Client.pageView(1, "ann", "/")).statusCode());
            System.out.println(
                    client.get("/api/analytics/1/overview?period=24h", args[1]).body());
        }
    }

    /** The words that run a command in a namespace of its own, once a script has changed that; skips where it may not. */
    private String[] within(String namespace, String script) throws Exception {
        String[] words = {"unshare", namespace, "sh", "-c", script + "exec \"$@\"", directory.toString()};
        assumeTrue(
                works("unshare", namespace, "true"),
                "no rights for a namespace of its own (unshare " + namespace + ")");
        return words;
    }

    private static boolean works(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
