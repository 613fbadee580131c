package io.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.internal.data.DataDirectory;
import io.millrace.storage.sqlite.DatabaseLock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the commands print, and how they end. */
@Timeout(60)
class CommandLineTest {
    @TempDir
    private Path directory;

    private Typed run(String... args) {
        return Typed.run(Map.of("MILLRACE_DATA", "my data"), directory, args);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "site",
                "no-such-command",
                "site add",
                "site add a..b",
                "site add example.com --timezone Mars/Olympus",
                "site add example.com --timezone UTC+3",
                "site add example.com --timezone +05:30",
                "key add --scope everything",
                "affiliate add --site 1 --slug a/b",
                "affiliate add --site 1 --slug a.b~c",
                "affiliate add --site 1 --slug a --rate 2",
                "affiliate pay 1 --amount 12.505 --currency EUR --reference r",
                "goal add --site 1 --name nothing",
                "goal add --site 1 --name a --event e --scroll 50",
                "exclude add --site 1",
                "exclude add --site 1 --path admin",
                "exclude add --site 1 --path /a --country DE",
                "exclude try --site 1 --address 192.0.2.0/33",
                "segment add --site 1 --name 7 --filter page=/",
                "annotation add --site 1 --text a --time soon",
                "prune --older-than soon",
                "serve --port 99999",
                "replay",
                "verify --unknown"
            })
    void saysWhatIsWrongWithACommandLineAndEndsWith2(String line) {
        Typed typed = run(line.split(" "));

        assertThat(typed.code()).isEqualTo(2);
        assertThat(typed.out()).isEmpty();
        assertThat(typed.err()).startsWith("millrace: ").doesNotContain("Exception");
    }

    @Test
    void checksSettingsWithoutStartingAnything() throws Exception {
        Path file = Files.writeString(directory.resolve("millrace.toml"), "port = 9000\n[http]\nburst = 300\n");

        Typed right = run("config", "check");
        assertThat(right.code()).isZero();
        assertThat(right.out()).contains("port", "= 9000", "http.burst", "= 300", "MILLRACE_DATA");

        Files.writeString(file, "[http]\nburst = \"many\"\n");
        Typed wrong = run("config", "check");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).contains("http.burst: 'many' is not ");
        assertThat(run("config", "sample").out()).contains("\n#http.burst = 200\n");
        assertThat(directory.resolve("my data")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "site list",
                "verify",
                "backup copy.db",
                "replay file.ndjson",
                "erase --site 1 --visitor v",
                "prune --older-than 9d"
            })
    void makesNoDatabaseWhereOneIsExpected(String line) {
        Typed typed = run(line.split(" "));

        assertThat(typed.code()).isEqualTo(1);
        assertThat(typed.err()).startsWith("millrace: there is no database in ");
        assertThat(directory.resolve("my data")).doesNotExist();
    }

    @Test
    void printsAManual() {
        Typed typed = run("--help");

        assertThat(typed.code()).isZero();
        assertThat(typed.out())
                .contains(
                        "serve",
                        "demo",
                        "site",
                        "affiliate",
                        "goal",
                        "exclude",
                        "funnel",
                        "segment",
                        "annotation",
                        "key",
                        "replay",
                        "verify",
                        "backup",
                        "restore",
                        "prune",
                        "erase",
                        "export",
                        "load");
    }

    @Test
    void saysWhereTheLoadGeneratorIsNotInstalled() {
        Typed typed = run("load", "--url", "http://127.0.0.1:9", "--help");

        assertThat(typed.code()).isEqualTo(1);
        assertThat(typed.err()).isEqualTo("millrace: the load generator is not installed here\n");
    }

    @Test
    void addsListsAndRemovesSites() {
        assertThat(run("site", "add", "https://www.Example.com/", "--name", "My site", "--timezone", "Europe/Berlin")
                        .out()
                        .lines())
                .containsExactly(
                        "1", "<script defer src=\"http://127.0.0.1:8080/t.js\" data-site=\"1\" data-dev></script>");
        assertThat(run("site", "add", "bücher.example").firstLine()).isEqualTo("2");
        assertThat(run("site", "list").out().lines())
                .containsExactly(
                        "1\texample.com\tMy site\tEurope/Berlin", "2\txn--bcher-kva.example\tbücher.example\tUTC");

        Typed again = run("site", "add", "example.com");
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.err()).isEqualTo("millrace: example.com is site 1 already\n");

        assertThat(run("site", "remove", "1").code()).isZero();
        assertThat(run("site", "remove", "1").err()).isEqualTo("millrace: there is no site 1\n");
        assertThat(run("site", "list").out().lines()).hasSize(1);
    }

    @Test
    void changesWhatIsSaidOfASiteAndLeavesTheRest() {
        run("site", "add", "example.com", "--name", "Shop", "--cookieless");

        assertThat(run(
                                "site",
                                "change",
                                "1",
                                "--timezone",
                                "Europe/Berlin",
                                "--hostnames",
                                "Shop.B\u00fccher.example:443,example.com")
                        .out())
                .isEqualTo("1\texample.com\tShop\tEurope/Berlin\n");
        assertThat(run("site", "change", "1", "--name", "Store", "--no-cookieless", "--public-live")
                        .code())
                .isZero();
        assertThat(run("site", "list").out()).isEqualTo("1\texample.com\tStore\tEurope/Berlin\n");
        assertThat(run("site", "change", "2", "--name", "x").err()).isEqualTo("millrace: there is no site 2\n");
        assertThat(run("site", "change", "1", "--hostnames", "a b").err())
                .startsWith("millrace: --hostnames: not a host: a b\n");
    }

    @Test
    void readsTheHostOfAnotherTrackerAsAllHosts() throws Exception {
        run("site", "add", "example.com", "--goatcounter-host", "https://Stats.B\u00fccher.example:8080/");

        assertThat(new Rows(directory.resolve("my data")).all("SELECT goatcounter_host FROM sites"))
                .containsExactly("stats.xn--bcher-kva.example");
        assertThat(run("site", "add", "example.org", "--goatcounter-host", "a..b")
                        .err())
                .startsWith("millrace: --goatcounter-host: not a host: a..b\n");
    }

    @Test
    void givesAUserWhoForgotItAnotherPassword() throws Exception {
        String first = run("user", "add", "ann@example.com").firstLine();
        Rows rows = new Rows(directory.resolve("my data"));
        String before = rows.all("SELECT password_hash FROM users").get(0);

        assertThat(run("user", "password", "Ann@Example.com").firstLine())
                .matches("[A-Za-z0-9_-]{32}")
                .isNotEqualTo(first);
        assertThat(rows.all("SELECT password_hash FROM users").get(0)).isNotEqualTo(before);
        assertThat(run("user", "password", "bob@example.com").err())
                .isEqualTo("millrace: there is no user bob@example.com\n");
    }

    @Test
    void addsListsAndRemovesAffiliates() {
        run("site", "add", "example.com");

        assertThat(run("affiliate", "add", "--site", "1", "--slug", "Honey-Bee")
                        .out()
                        .lines())
                .containsExactly("1", "https://example.com/?ref=honey-bee");
        assertThat(run("affiliate", "add", "--site", "1", "--slug", "honey-bee").code())
                .isEqualTo(1);
        assertThat(run("affiliate", "list").out()).isEqualTo("1\t1\thoney-bee\thoney-bee\t0.2\t60\n");
        String[] pay = {"affiliate", "pay", "1", "--amount", "12.50", "--currency", "eur", "--reference", "bank 1"};
        assertThat(run(pay).out()).isEqualTo("1\n");
        assertThat(run(pay).out()).as("the same again").isEqualTo("1\n");
        pay[8] = " bank 1 ";
        assertThat(run(pay).out())
                .as("blanks around it are none of the reference")
                .isEqualTo("1\n");
        pay[4] = "12.51";
        assertThat(run(pay).err())
                .isEqualTo("millrace: --amount: is another one than was recorded under this reference\n");
        for (String[] wrong :
                new String[][] {{"0", "x"}, {"10000000000.01", "x"}, {"1", " "}, {"1", "x".repeat(201)}, {"1", "x\ty"}
                }) {
            assertThat(run("affiliate", "pay", "1", "--amount", wrong[0], "--currency", "eur", "--reference", wrong[1])
                            .code())
                    .as(String.join(" ", wrong))
                    .isEqualTo(2);
        }
        assertThat(run("affiliate", "statement", "1").out())
                .matches("[0-9]{4}-[0-9]{2}\tEUR\t0\t0\t0\t0\t1250\t-1250\n");
        assertThat(run("affiliate", "remove", "1").code()).isZero();
        assertThat(run("affiliate", "list").out()).isEmpty();
    }

    @Test
    void givesPathsOneForm() {
        run("site", "add", "example.com");
        assertThat(run("site", "change", "1", "--without-slash", "--path-patterns", "/user/*", "--preview")
                        .out())
                .isEqualTo("0\t0\n");
        assertThat(run("site", "change", "1", "--path-patterns", "user").err())
                .startsWith("millrace: path_patterns: user: begins with /");
        assertThat(run("site", "change", "1", "--without-slash", "--path-patterns", "/user/*,/a/*")
                        .code())
                .isZero();
    }

    @Test
    void excludesAndTriesOut() {
        run("site", "add", "example.com");
        assertThat(run("exclude", "try", "--site", "1", "--path", "/admin/*").out())
                .isEqualTo("0\n");
        Typed never = run("exclude", "try", "--site", "1", "--query", "internal");
        assertThat(never.code()).isEqualTo(1);
        assertThat(never.err()).contains("add it with --trial");
        assertThat(run("exclude", "add", "--site", "1", "--path", "/admin/*").out())
                .isEqualTo("1\n");
        assertThat(run("exclude", "add", "--site", "1", "--address", "2001:DB8::/32", "--trial")
                        .out())
                .isEqualTo("2\n");
        assertThat(run("exclude", "add", "--site", "1", "--path", "/admin/*").err())
                .isEqualTo("millrace: pattern: /admin/* is excluded already\n");
        assertThat(run("exclude", "list").out().lines())
                .satisfiesExactly(
                        first -> assertThat(first).matches("1\t1\tpath\t/admin/\\*\t[-0-9T:.]+Z\t0\t0"),
                        second -> assertThat(second).startsWith("2\t1\taddress\t2001:db8::/32\t"));
        assertThat(run("exclude", "start", "2").code()).isZero();
        assertThat(run("exclude", "apply", "1").out()).isEqualTo("0\n");
        assertThat(run("exclude", "apply", "2").err()).contains("is never stored");
        assertThat(run("exclude", "remove", "1", "--restore").out()).isEqualTo("0\n");
        assertThat(run("exclude", "remove", "2").code()).isZero();
        assertThat(run("exclude", "list").out()).isEmpty();
    }

    @Test
    void addsListsChangesAndRemovesGoals() {
        run("site", "add", "example.com");

        assertThat(run("goal", "add", "--site", "1", "--name", "Read on", "--page", "/blog/*", "--scroll", "75")
                        .out())
                .isEqualTo("1\n");
        assertThat(run("goal", "add", "--site", "1", "--name", "Pro", "--event", "Signup", "--props", "plan=pro")
                        .out())
                .isEqualTo("2\n");
        Typed again = run("goal", "add", "--site", "1", "--name", "Pro", "--page", "/");
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.err()).isEqualTo("millrace: --name: Pro is a goal of this site already\n");
        assertThat(run("goal", "list", "--site", "1").out())
                .isEqualTo("1\t1\tRead on\t/blog/*\t\t\t75\t0\n2\t1\tPro\t\tSignup\tplan=pro\t0\t0\n");
        assertThat(run("goal", "change", "2", "--name", "Plus", "--page", "/plus")
                        .code())
                .isZero();
        assertThat(run("goal", "change", "2", "--name", "Read on", "--page", "/")
                        .err())
                .isEqualTo("millrace: --name: Read on is a goal of this site already\n");
        assertThat(run("goal", "change", "3", "--name", "None", "--page", "/").code())
                .isEqualTo(1);
        assertThat(run("goal", "remove", "1").code()).isZero();
        assertThat(run("goal", "list").out()).isEqualTo("2\t1\tPlus\t/plus\t\t\t0\t0\n");
    }

    @Test
    void addsListsChangesAndRemovesFunnels() {
        run("site", "add", "example.com");
        run("goal", "add", "--site", "1", "--name", "Paid", "--page", "/thanks");

        Typed added = run(
                "funnel",
                "add",
                "--site",
                "1",
                "--name",
                "Buy",
                "--days",
                "7",
                "--step",
                "page=/a%26b*",
                "--step",
                "event=Signup&prop.plan=pro+",
                "--step",
                "goal=Paid");
        assertThat(added.out()).as(added.err()).isEqualTo("1\n");
        assertThat(run("funnel", "list").out())
                .isEqualTo("1\t1\tBuy\tin order\t7\tpage=/a&b*\tevent=Signup&prop.plan=pro+\tgoal=1\n");
        assertThat(run("funnel", "add", "--site", "1", "--name", "B", "--step", "page=/", "--step", "/x")
                        .err())
                .isEqualTo("millrace: --step: /x: page=, event=, prop.KEY= or goal=\n");
        assertThat(run("funnel", "add", "--site", "1", "--name", "B", "--step", "page=/")
                        .err())
                .isEqualTo("millrace: --step: 2 to 8\n");
        assertThat(run("goal", "remove", "1").err()).contains("the funnel Buy uses this goal");
        assertThat(run("funnel", "change", "1", "--name", "Buy", "--strict", "--step", "page=/", "--step", "goal=1")
                        .code())
                .isZero();
        assertThat(run("funnel", "list").out()).isEqualTo("1\t1\tBuy\tstrict\t0\tpage=/\tgoal=1\n");
        assertThat(run("funnel", "remove", "1").code()).isZero();
        assertThat(run("funnel", "list").out()).isEmpty();
    }

    @Test
    void addsListsAndRemovesSegments() {
        run("site", "add", "example.com");

        assertThat(run("segment", "add", "--site", "1", "--name", "Docs", "--filter", "page=/docs/*&country=DE")
                        .out())
                .isEqualTo("1\n");
        Typed again = run("segment", "add", "--site", "1", "--name", "Docs", "--filter", "page=/");
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.err()).isEqualTo("millrace: --name: Docs is a segment already\n");
        assertThat(run("segment", "add", "--site", "1", "--name", "b", "--filter", "pages=/")
                        .err())
                .isEqualTo("millrace: --filter: pages: not a parameter of this path\n");
        assertThat(run("segment", "list").out()).isEqualTo("1\t1\t\tDocs\tpage=/docs/*&country=DE\n");
        assertThat(run("segment", "remove", "1").code()).isZero();
        assertThat(run("segment", "remove", "1").err()).isEqualTo("millrace: there is no segment 1\n");
        assertThat(run("segment", "list").out()).isEmpty();
    }

    @Test
    void addsListsAndRemovesAnnotations() {
        run("site", "add", "example.com");

        assertThat(run("annotation", "add", "--site", "1", "--text", "Launch", "--time", "2026-03-01T12:00:00+01:00")
                        .out())
                .isEqualTo("1\n");
        assertThat(run("annotation", "list").out()).isEqualTo("1\t1\t2026-03-01T11:00:00Z\tcommand line\tLaunch\n");
        assertThat(run("annotation", "remove", "1").code()).isZero();
        assertThat(run("annotation", "remove", "1").err()).isEqualTo("millrace: there is no annotation 1\n");
    }

    @Test
    void addsListsAndRemovesUsers() {
        assertThat(run("user", "add", "Ann@Example.com").firstLine()).matches("[A-Za-z0-9_-]{32}");
        assertThat(run("user", "add", "ann@example.com").err())
                .isEqualTo("millrace: ann@example.com is a user already\n");
        assertThat(run("user", "list").out()).isEqualTo("1\tann@example.com\tann@example.com\tall=owner\n");
        assertThat(run("user", "remove", "ann@example.com").code()).isZero();
        assertThat(run("user", "list").out()).isEmpty();
    }

    @Test
    void printsAKeyOnceAndKeepsItsHash() throws Exception {
        String key = run("key", "add", "--scope", "read", "--name", "dash").firstLine();

        assertThat(key).matches("mr_read_[A-Za-z0-9_-]{32}");
        assertThat(run("key", "list").out()).startsWith("1\tread\t0\tdash\t").doesNotContain(key);
        assertThat(Files.readString(
                        directory.resolve("my data/millrace.db"), java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain(key);
        assertThat(run("key", "remove", "1").code()).isZero();
        assertThat(run("key", "list").out()).isEmpty();
        assertThat(run("key", "add", "--scope", "read", "--site", "7").err())
                .isEqualTo("millrace: there is no site 7\n");
    }

    @Test
    void restoresWhatItBackedUp() {
        run("site", "add", "example.com");
        assertThat(run("backup", "a copy.db").code()).isZero();
        assertThat(run("backup", "a copy.db").err()).endsWith("a copy.db exists already\n");
        run("site", "add", "example.org");

        assertThat(run("restore", "a copy.db").code()).isEqualTo(1);
        assertThat(run("restore", "a copy.db", "--force").code()).isZero();

        assertThat(run("site", "list").out().lines()).hasSize(1);
        assertThat(directory.resolve("my data/millrace.db.replaced")).exists();
    }

    @Test
    void refusesToRestoreWhatIsNoDatabase() throws Exception {
        Files.writeString(directory.resolve("junk.db"), "junk");
        run("site", "add", "example.com");

        assertThat(run("restore", "junk.db", "--force").code()).isEqualTo(1);
        assertThat(run("site", "list").out().lines()).hasSize(1);
    }

    @Test
    void saysInOneLineWhyItCannotStart() throws Exception {
        Files.writeString(directory.resolve("file"), "");
        Files.writeString(Files.createDirectory(directory.resolve("junk")).resolve("millrace.db"), "junk, no database");

        assertThat(run("serve", "--data", "file/data").err()).endsWith("/file: is a file, not a directory\n");
        assertThat(run("serve", "--data", "").err()).isEqualTo("millrace: --data: '' is not a text\n");
        assertThat(run("serve", "--port", "0", "--host", "nowhere.invalid").err())
                .endsWith("nowhere.invalid: there is no such host\n");
        assertThat(run("restore", ".").err()).endsWith(": is a directory, not a backup\n");
        assertThat(run("site", "list", "--data", "junk").err()).endsWith("junk/millrace.db: not a SQLite database\n");
        assertThat(run("serve", "--port", "0", "--host", "203.0.113.9").err())
                .endsWith("203.0.113.9:0: Cannot assign requested address\n");
    }

    @Test
    void saysHowToTakeAnotherPortWhereOneIsInUse() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            assertThat(run("serve", "--port", port).err())
                    .endsWith("127.0.0.1:" + port
                            + ": Address already in use; --port (or --admin-port) takes another, 0 any free one\n");
        }
    }

    @Test
    void theDemoNoticesThatBeforeItMakesUpTwoMonths() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(run("demo", "--port", Integer.toString(taken.getLocalPort()))
                            .err())
                    .contains("Address already in use; --port")
                    .doesNotContain("two months");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void saysWhereNoDirectoryCanBe() {
        assertThat(run("serve", "--data", "/proc/nowhere").err())
                .isEqualTo("millrace: /proc/nowhere: no directory can be made there\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            key add --scope reed              | --scope: 'reed' is not one of ingest, read, admin
            site remove abc                   | ID: 'abc' is not a whole number
            site add a.example --umami-id x   | --umami-id: 'x' is no UUID
            site add a.example --goatcounter-host a..b | --goatcounter-host: not a host: a..b
            prune --older-than 5              | --older-than: not a time such as 500ms, 30s, 10m, 24h or 60d
            prune --older-than 999999999999d  | --older-than: not a time such as 500ms, 30s, 10m, 24h or 60d
            affiliate add --site 1 --slug a --rate 10% | --rate: '10%' is not a number
            replay --format csv x             | --format: 'csv' is not one of replay, combined
            """)
    void saysWhatIsWrongWithAValueInTheWordsOfTheCommandLine(String line, String problem) {
        assertThat(run(line.split(" ")).err()).startsWith("millrace: " + problem + "\n");
    }

    @Test
    void aSiteTakesAnyHostAsItIsTyped() {
        run("site", "add", "https://www.Größe.example/x", "--goatcounter-host", "https://Stats.example:443/count");
        assertThat(run("site", "list").out()).startsWith("1\txn--gre-6ka8i.example\t");
    }

    @Test
    void servesHttpsWithACertificateAndItsKeyAlone() throws IOException {
        Typed typed = Typed.run(Map.of("MILLRACE_HTTP_TLS_KEY", "key.pem"), directory, "serve", "--port", "0");
        assertThat(typed.err()).endsWith("millrace: http.tls_key: needs http.tls_certificate\n");
        Files.writeString(directory.resolve("chain.pem"), "");
        Map<String, String> certificate = Map.of(
                "MILLRACE_HTTP_TLS_CERTIFICATE", directory.resolve("chain.pem").toString());
        assertThat(Typed.run(certificate, directory, "serve", "--port", "0").err())
                .endsWith("millrace: http.tls_certificate: needs http.tls_key\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            COLLECT_PATHS | /x,/t.js          | /t.js
            COLLECT_PATHS | /t.full.js        | /t.full.js
            COLLECT_PATHS | /p.gif            | /p.gif
            COLLECT_PATHS | /count            | /count
            COLLECT_PATHS | /api/event        | /api/event
            COLLECT_PATHS | /api/login        | /api/login
            COLLECT_PATHS | /api/sites/7      | /api/sites/7
            COLLECT_PATHS | /healthz          | /healthz
            COLLECT_PATHS | /login            | /login
            COLLECT_PATHS | /sites/take       | /sites/take
            SCRIPT_PATHS  | /s.js,/api/collect | /api/collect
            SCRIPT_PATHS  | /t.full.js        | /t.full.js
            SCRIPT_PATHS  | /api/openapi.json | /api/openapi.json
            SCRIPT_PATHS  | /setup            | /setup
            """)
    void takesNoPathForBeaconsOrScriptsWhereSomethingElseIs(String setting, String paths, String taken) {
        Typed typed = Typed.run(Map.of("MILLRACE_HTTP_" + setting, paths), directory, "serve", "--port", "0");
        assertThat(typed.err())
                .endsWith("millrace: http." + setting.toLowerCase(Locale.ROOT) + ": something else is at " + taken
                        + "\n");
    }

    @Test
    void suggestsTheCommandThatWasMeant() {
        assertThat(run("serv").err())
                .startsWith("millrace: Unmatched argument at index 0: 'serv'\nDid you mean: millrace serve or ")
                .endsWith("?\nTry 'millrace --help'.\n");
    }

    @Test
    void leavesADirectoryAloneThatAnotherProcessHas() throws Exception {
        DataDirectory data = new DataDirectory(directory.resolve("my data"));
        try (DatabaseLock lock = data.tryLock()) {
            assertThat(lock).isNotNull();
            assertThat(data.tryLock()).isNull();
            assertThat(run("serve", "--port", "0").err()).endsWith("my data is in use by another process\n");
        }
        try (DatabaseLock lock = data.tryLock()) {
            assertThat(lock).isNotNull();
        }
    }

    @Test
    void directoriesLeftInTheScratchSpaceStopNoCommand() throws Exception {
        Files.createDirectories(directory.resolve("my data/tmp/left"));
        Files.createFile(directory.resolve("my data/tmp/left/file"));
        Typed typed = run("site", "add", "example.com");
        assertThat(typed.code()).as(typed.err()).isZero();
        assertThat(directory.resolve("my data/tmp/left")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            MILLRACE_PORTS   | 80    | environment variable MILLRACE_PORTS: there is no such setting
            MILLRACE_PORT    | eighty| MILLRACE_PORT: 'eighty' is not a whole number from 0 to 65535
            MILLRACE_ACK     | never | MILLRACE_ACK: 'never' is not committed or accepted
            MILLRACE_ENGINE_VISIT_TIMEOUT | 30 | MILLRACE_ENGINE_VISIT_TIMEOUT: '30' is not a time such as 500ms, 30s, 10m, 24h or 60d
            """)
    void namesTheVariableThatIsWrong(String name, String value, String problem) {
        Typed typed = Typed.run(Map.of(name, value), directory, "site", "list");

        assertThat(typed.code()).isEqualTo(2);
        assertThat(typed.err()).isEqualTo("millrace: " + problem + "\n");
    }
}
