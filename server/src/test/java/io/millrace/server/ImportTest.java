package io.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sites come from other trackers with their rows; the samples are made from the documented formats. */
@Timeout(120)
class ImportTest {
    private static final String PAGES = "SELECT pathname || ' ' || time_utc FROM v_page_views ORDER BY time, pathname";

    @TempDir
    private Path directory;

    private Path data;
    private Rows rows;

    @BeforeEach
    void addSite() {
        data = directory.resolve("data");
        rows = new Rows(data);
        assertThat(run("site", "add", "example.com").code()).isZero();
    }

    private Typed run(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--data", data.toString()));
        return Typed.run(all.toArray(String[]::new));
    }

    private Typed bring(String kind, Path file, String... more) {
        List<String> words = new ArrayList<>(List.of("import", kind, file.toString(), "--site", "1"));
        words.addAll(List.of(more));
        return run(words.toArray(String[]::new));
    }

    private Path file(String name, String... lines) throws Exception {
        return Files.writeString(directory.resolve(name), String.join("\n", lines) + "\n");
    }

    private static String[] umami() {
        return new String[] {
            "event_id,website_id,session_id,visit_id,created_at,url_path,url_query,utm_source,referrer_path,referrer_domain,"
                    + "page_title,event_type,event_name,hostname,browser,os,device,screen,language,country,region,city,tag",
            "5f0c2c5e-0000-4000-8000-000000000001,w,s-1,v-1,2026-10-01 22:30:00,/a,x=1,news,,,Title,1,,example.com,chrome,Windows 10,"
                    + "laptop,1920x1080,de-DE,DE,DE-BE,Berlin,",
            "5f0c2c5e-0000-4000-8000-000000000002,w,s-1,v-1,2026-10-01 22:31:00,/b,,,/q,google.com,\"A \"\"B\"\", c\",1,,example.com,"
                    + "chrome,Windows 10,laptop,1920x1080,de-DE,DE,DE-BE,Berlin,",
            "5f0c2c5e-0000-4000-8000-000000000003,w,s-1,v-1,2026-10-01 22:32:00,/b,,,,,,2,Signup,example.com,chrome,Windows 10,laptop,"
                    + "1920x1080,de-DE,DE,DE-BE,Berlin,",
            "5f0c2c5e-0000-4000-8000-000000000004,w,s-2,v-2,2026-10-02 08:00:00,/a,,,/q,google.com,,1,,example.com,ios,iOS,mobile,"
                    + "393x852,en-US,US,US-CA,San Francisco,",
        };
    }

    @Test
    void takesUmamisRowsOnceInWhateverTheyArePacked() throws Exception {
        Path file = file("website_event.csv", umami());
        Typed dry = bring("umami", file, "--dry-run", "--days");
        assertThat(dry.out())
                .isEqualTo("2026-10-01\t2\t1\n2026-10-02\t1\t0\n" + file
                        + ": 4 rows, 3 page views, 1 events from 2026-10-01 to 2026-10-02 would be imported\n");
        assertThat(rows.number("SELECT count(*) FROM sessions")).isZero();

        Typed typed = bring("umami", file);
        assertThat(typed.err()).isEmpty();
        assertThat(typed.out()).endsWith("; stored as import 1: 3 page views, 1 events\n");
        assertThat(rows.all(
                        "SELECT source || ' ' || browser || ' ' || os || ' ' || device || ' ' || country || ' ' || page_count"
                                + " FROM v_sessions ORDER BY started_at"))
                .containsExactly("news Chrome Windows desktop DE 2", "Google Mobile Safari iOS mobile US 1");
        assertThat(bring("umami", file).err()).isEqualTo("millrace: website_event.csv: is import 1 already\n");

        // Another order of columns, one more of them, a mark, both line ends, in a zip file: other bytes, the same
        // events.
        List<String> turned = new ArrayList<>();
        for (String line : umami()) {
            turned.add("more," + line.replace("event_id,website_id", "event_id,website"));
        }
        Path zip = directory.resolve("umami.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("session_data.txt"));
            out.putNextEntry(new ZipEntry("website_event.csv"));
            out.write(("\uFEFF" + String.join("\r\n", turned)).getBytes(StandardCharsets.UTF_8));
        }
        Typed again = bring("umami", zip);
        assertThat(again.out()).contains("4 rows, 3 page views, 1 events", "4 were stored before");
        assertThat(rows.number("SELECT count(*) FROM page_views")).isEqualTo(3);
        assertThat(run("verify").out()).isEmpty();
    }

    @Test
    void removesAnImportAsAWholeAndNothingElse() throws Exception {
        assertThat(bring("umami", file("website_event.csv", umami())).code()).isZero();
        Path own = file(
                "own.ndjson", "{\"v\":1,\"time\":1790900000000,\"beacon\":" + Client.pageView(1, "ann", "/own") + "}");
        assertThat(run("replay", own.toString()).code()).isZero();
        assertThat(run("import", "list").out()).contains("1\t1\tumami\twebsite_event.csv\t", "\tcomplete\t3\t1\n");

        assertThat(run("import", "remove", "1").out()).contains("2 visits, 3 page views, 1 events removed");

        assertThat(rows.all("SELECT pathname FROM v_page_views")).containsExactly("/own");
        assertThat(rows.number("SELECT sum(page_views) FROM daily_stats")).isEqualTo(1);
        assertThat(run("verify").out()).isEmpty();
        assertThat(run("import", "list").out()).isEmpty();
        assertThat(bring("umami", file("website_event.csv", umami())).out())
                .contains("stored as import 2: 3 page views, 1 events");
    }

    @Test
    void goesOnBehindWhatAKilledImportHasStored() throws Exception {
        Path file = directory.resolve("big.csv.gz");
        int count = 30_000;
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("session_id,created_at,url_path\n".getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < count; i++) {
                out.write(("v" + i / 3 + ",2026-10-" + (10 + i / 3 % 20) + " 12:00:1" + i % 3 + ",/p" + i % 50 + "\n")
                        .getBytes(StandardCharsets.UTF_8));
            }
        }
        String[] words = {"import", "umami", file.toString(), "--site", "1", "--data", data.toString()};
        ServerProcess killed = ServerProcess.start(words);
        while (rows.number("SELECT count(*) FROM page_views") < 2_000) {
            LockSupport.parkNanos(1_000_000);
        }
        killed.kill();
        assertThat(rows.number("SELECT count(*) FROM page_views")).isLessThan(count);
        Typed second = Typed.run(words);
        assertThat(second.code()).as(second.out() + second.err()).isZero();
        assertThat(rows.number("SELECT count(*) FROM page_views")).isEqualTo(count);
        assertThat(run("verify").out()).isEmpty();
    }

    @Test
    void takesGoatCountersPageViewsWithoutItsBots() throws Exception {
        Path file = file(
                "goatcounter.csv",
                "2Path,Title,Event,UserAgent,Browser,System,Session,Bot,Referrer,Referrer scheme,Screen size,Location,FirstVisit,Date",
                "/a,Home,false,,Firefox 78,Linux,17b,0,Google,g,\"1920,1080,1\",DE-BE,true,2026-06-18T15:04:05Z",
                "/b,,false,,Firefox 78,Linux,17b,0,https://example.org/x,h,\"1920,1080,1\",DE-BE,false,2026-06-18T15:05:05Z",
                "click-me,,true,,Firefox 78,Linux,17b,0,,,\"1920,1080,1\",DE,false,2026-06-18T15:06:05Z",
                "/c,,false,,Chrome,Linux,18b,150,,,,US,true,2026-06-18T16:04:05Z");
        Typed typed = bring("goatcounter", file);
        assertThat(typed.out())
                .contains("4 rows, 2 page views, 1 events", "1 rows that do not count", ": 2 page views, 1 events");
        assertThat(rows.all(PAGES)).containsExactly("/a 2026-06-18T15:04:05Z", "/b 2026-06-18T15:05:05Z");
        assertThat(rows.all("SELECT source || browser_version || region FROM v_sessions"))
                .containsExactly("GoogleFirefox 78DE-BE");
        assertThat(rows.all("SELECT name FROM v_events")).containsExactly("click-me");
    }

    @Test
    void takesMatomosVisitsInUtf16() throws Exception {
        String csv =
                "idVisit,visitorId,referrerType,referrerUrl,countryCode,browserName,operatingSystemName,deviceType,resolution,"
                        + "actionDetails_0_type,actionDetails_0_url,actionDetails_0_pageTitle,actionDetails_0_timestamp,"
                        + "actionDetails_1_type,actionDetails_1_url,actionDetails_1_timestamp,actionDetails_1_eventCategory,actionDetails_1_eventAction\n"
                        + "7,abcdef0123456789,search,https://www.bing.com/,de,Firefox,GNU/Linux,Desktop,1280x720,"
                        + "action,https://example.com/x,X,1790000000,event,https://example.com/x,1790000060,Video,play\n"
                        + "8,abcdef0123456780,direct,,fr,Chrome,Windows,Smartphone,,action,https://example.com/y,Y,1790000100,,,,,\n";
        Path file = Files.write(directory.resolve("visits.csv"), ("\uFEFF" + csv).getBytes(StandardCharsets.UTF_16LE));
        Typed typed = bring("matomo", file);
        assertThat(typed.err()).isEmpty();
        assertThat(typed.out()).contains("2 rows, 2 page views, 1 events", ": 2 page views, 1 events");
        assertThat(rows.all(
                        "SELECT source || ' ' || country || ' ' || event_count FROM v_sessions ORDER BY started_at"))
                .containsExactly("Bing DE 1", "Direct FR 0");
    }

    @Test
    void takesTheEventsOfBigQuery() throws Exception {
        String page =
                "{\"event_date\":\"20261001\",\"event_timestamp\":\"1790800000000000\",\"event_name\":\"page_view\",\"user_pseudo_id\":\"1.2\","
                        + "\"event_params\":[{\"key\":\"page_location\",\"value\":{\"string_value\":\"https://example.com/a?utm_source=news\"}},"
                        + "{\"key\":\"ga_session_id\",\"value\":{\"int_value\":\"77\"}}],\"geo\":{\"country\":\"Germany\",\"city\":\"Berlin\"},"
                        + "\"device\":{\"category\":\"mobile\",\"operating_system\":\"Android\",\"operating_system_version\":\"Android 14\","
                        + "\"web_info\":{\"browser\":\"Chrome\",\"browser_version\":\"120.0.1\"}}}";
        Path file = file(
                "ga4.ndjson",
                page,
                page.replace("page_view", "session_start"),
                page.replace("page_view", "purchase")
                        .replace(
                                "\"event_params\":[",
                                "\"event_params\":[{\"key\":\"value\",\"value\":{\"double_value\":9.99}},"
                                        + "{\"key\":\"currency\",\"value\":{\"string_value\":\"EUR\"}},"));
        Typed typed = bring("ga4", file);
        assertThat(typed.err()).isEmpty();
        assertThat(typed.out()).contains("3 rows, 1 page views, 1 events", "1 rows that do not count");
        assertThat(
                        rows.all(
                                "SELECT source || ' ' || country || ' ' || browser_version || ' ' || os_version || ' ' || device FROM v_sessions"))
                .containsExactly("news DE Chrome 120 Android 14 mobile");
        assertThat(rows.all("SELECT amount || currency FROM events")).containsExactly("999EUR");
    }

    @Test
    void takesTheFileOfTrafficSource() throws Exception {
        Path file = directory.resolve("analytics.db");
        try (Connection c = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement s = c.createStatement()) {
            for (String sql : List.of(
                    "CREATE TABLE sites (id INTEGER PRIMARY KEY, user_id INTEGER, domain TEXT, name TEXT)",
                    "CREATE TABLE sessions (id TEXT PRIMARY KEY, site_id, visitor_id, started_at, utm_source, utm_medium, utm_campaign,"
                            + " utm_term, utm_content, country, city, browser, browser_version, os, os_version, device_type,"
                            + " screen_width, screen_height)",
                    "CREATE TABLE page_views (id INTEGER PRIMARY KEY, site_id, session_id, visitor_id, pathname, hostname, querystring,"
                            + " referrer, timestamp)",
                    "CREATE TABLE affiliates (id INTEGER PRIMARY KEY, site_id, name, slug)",
                    "CREATE TABLE affiliate_visits (id INTEGER PRIMARY KEY, affiliate_id, site_id, visitor_id, session_id)",
                    "INSERT INTO sites VALUES (1, 1, 'other.example', 'x'), (2, 1, 'www.example.com', 'y')",
                    "INSERT INTO sessions VALUES ('s1', 2, 'v1', '2026-05-01 10:00:00', 'news', NULL, NULL, NULL, NULL, 'DE', 'Berlin',"
                            + " 'Chrome', '120.0', 'Mac OS', '10.15', 'desktop', 1440, 900)",
                    "INSERT INTO page_views VALUES (1, 2, 's1', 'v1', '/', 'example.com', '?a=b', NULL, '2026-05-01 10:00:00'),"
                            + " (2, 2, 's1', 'v1', '/next', 'example.com', NULL, NULL, '2026-05-01 10:01:30'),"
                            + " (3, 1, 's9', 'v9', '/not-ours', 'other.example', NULL, NULL, '2026-05-01 10:01:30')")) {
                s.execute(sql);
            }
        }
        Typed typed = bring("traffic-source", file);
        assertThat(typed.err()).isEmpty();
        assertThat(typed.out()).contains("2 rows, 2 page views, 0 events", ": 2 page views, 0 events");
        assertThat(rows.all("SELECT source || ' ' || os || ' ' || (last_activity - started_at) FROM v_sessions"))
                .containsExactly("news Mac OS X 90000");
        Path no = file(
                "no.db",
                "this is no database, but long enough to look like a file of one hundred bytes or more, or so one hopes");
        assertThat(bring("traffic-source", no).err()).contains(no + ": not such a database");
    }

    @Test
    void takesRotatedAccessLogs() throws Exception {
        String line =
                "203.0.113.1 - - [20/Nov/2025:05:10:40 +0000] \"GET /page HTTP/1.1\" 200 512 \"https://news.example/\""
                        + " \"Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0\"";
        Path old = directory.resolve("access.log.1.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(old))) {
            out.write((line + "\n" + line.replace("/page", "/style.css") + "\n").getBytes(StandardCharsets.UTF_8));
        }
        Path now = file("access.log", line.replace("05:10", "06:10"));
        Typed typed = run("import", "access-log", old.toString(), now.toString(), "--site", "1");
        assertThat(typed.err()).isEmpty();
        assertThat(typed.out())
                .contains("2 rows, 1 page views", "1 rows that do not count", "stored as import 2: 1 page views");
        assertThat(rows.number("SELECT count(*) FROM page_views")).isEqualTo(2);
    }

    @Test
    void refusesAMangledFileOfEachKindWithLineAndReason() throws Exception {
        String[] umami = umami();
        umami[3] = umami[3].replace("2026-10-01 22:32:00", "yesterday");
        refused("umami", file("a.csv", umami), "a.csv: line 4: created_at: not a time like 2026-11-01 12:00:00");
        refused(
                "umami",
                file("b.csv", umami[0], umami[1] + ",one more"),
                "b.csv: line 2: has 24 columns, and the head 23");
        refused(
                "umami",
                file("c.csv", "id,name", "1,x"),
                "c.csv: line 1: there is no column session_id, so it is another kind of file");
        refused("umami", file("d.csv", umami[0], "\"never ends"), "d.csv: line ");
        refused(
                "goatcounter",
                file("e.csv", "Path2,Event,Session,Date", "/,x,s,2026-01-01T00:00:00Z"),
                "e.csv: line 1: there is no column 2Path");
        refused(
                "goatcounter",
                file("f.csv", "2Path,Event,Session,Date", "/,maybe,s,2026-01-01T00:00:00Z"),
                "f.csv: line 2: event: neither true nor false");
        refused(
                "matomo",
                file(
                        "g.csv",
                        "idVisit,visitorId,actionDetails_0_type,actionDetails_0_url,actionDetails_0_timestamp",
                        "1,v,action,/x,soon"),
                "g.csv: line 2: actiondetails_0_timestamp: must be a whole number");
        refused("ga4", file("h.ndjson", "{\"event_name\":"), "h.ndjson: line 1: ends too early");
        refused("access-log", file("i.log", "hello"), "i.log: line 1: not in the combined log format");
        Path bytes = Files.write(directory.resolve("j.csv"), new byte[] {'a', (byte) 0xff, '\n'});
        refused("umami", bytes, "j.csv: line 1: not UTF-8");
        assertThat(rows.number("SELECT count(*) FROM page_views")).isZero();
        assertThat(run("import", "list").out()).isEmpty();

        Typed lenient = bring("umami", file("a.csv", umami), "--lenient");
        assertThat(lenient.out()).contains("4 rows, 3 page views, 0 events");
        assertThat(lenient.err()).startsWith("millrace: a.csv: line 4: created_at");
    }

    private void refused(String kind, Path file, String why) {
        Typed typed = bring(kind, file);
        assertThat(typed.code()).as(typed.out()).isEqualTo(1);
        assertThat(typed.err()).startsWith("millrace: " + why);
    }
}
