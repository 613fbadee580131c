package io.millrace.server.internal.instance;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import io.millrace.engine.Beacon;
import io.millrace.engine.Site;
import io.millrace.engine.spi.AccountStore.Channel;
import io.millrace.engine.spi.AccountStore.Subscription;
import io.millrace.engine.spi.AccountStore.Topic;
import io.millrace.server.internal.config.Config;
import io.millrace.server.internal.data.DataDirectory;
import io.millrace.storage.sqlite.DatabaseLock;
import jakarta.mail.Message;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Five weeks of jobs, mails and alerts on a clock that the test moves, with restarts in between, a mail server that is away for a
 * while, and a receiver that refuses at first: nothing twice, nothing missed.
 */
@Timeout(300)
class MonthTest {
    private final GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private final List<String> posted = Collections.synchronizedList(new ArrayList<>());

    @TempDir
    private Path directory;

    private HttpServer receiver;
    private Instant now = Instant.parse("2026-02-20T12:00:00Z");
    private DatabaseLock lock;
    private Instance instance;
    private Duties duties;
    private int refusals = 3;

    @BeforeEach
    void start() throws Exception {
        mail.start();
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            boolean refused = refusals-- > 0;
            if (!refused) {
                posted.add(body);
            }
            exchange.sendResponseHeaders(refused ? 503 : 200, -1);
            exchange.close();
        });
        receiver.start();
        open();
    }

    private void open() throws Exception {
        DataDirectory data = new DataDirectory(directory.resolve("data"));
        lock = data.tryLock();
        Config config = Config.resolve(
                Map.of(
                        "backup.directory", directory.resolve("copies").toString(),
                        "backup.keep", "5",
                        "sqlite.disk_reserve", "1m",
                        "smtp.host", "127.0.0.1",
                        "smtp.port", Integer.toString(mail.getSmtp().getPort()),
                        "smtp.security", "none",
                        "webhooks.private", "true",
                        "public_url", "https://stats.example.com"),
                Map.of(),
                null);
        instance = Instance.open(data, lock, config, () -> now);
        duties = new Duties(instance);
    }

    @AfterEach
    void close() throws Exception {
        duties.close();
        instance.close();
        lock.close();
        receiver.stop(0);
        mail.stop();
    }

    private void subscribe(int site, Channel channel, String target, Topic... topics) {
        instance.engine()
                .execute(w -> instance.engine()
                        .storage()
                        .accounts()
                        .saveSubscription(new Subscription(
                                0, site, channel, target, Set.of(topics), "nonce", now.toEpochMilli())))
                .join();
    }

    private void visits(Site site, int visitors) {
        for (int i = 0; i < visitors; i++) {
            instance.engine()
                    .collector()
                    .put(Beacon.pageview(site.id())
                            .url("https://example.com/page" + i % 3)
                            .visitorId("v" + now.getEpochSecond() + "-" + i)
                            .build());
        }
        instance.engine().flush().join();
    }

    @Test
    void hasEachMailAlertAndCopyOnce() throws Exception {
        Site site = instance.engine()
                .addSite(Site.of("example.com").withZone(ZoneId.of("Europe/Berlin")))
                .join();
        subscribe(site.id(), Channel.MAIL, "ann@example.com", Topic.WEEKLY, Topic.MONTHLY);
        subscribe(
                site.id(),
                Channel.WEBHOOK,
                "http://127.0.0.1:" + receiver.getAddress().getPort() + "/",
                Topic.SPIKE);
        Instant end = Instant.parse("2026-03-27T12:00:00Z");
        Instant spike = Instant.parse("2026-03-25T10:00:00Z");
        List<String> copies = new ArrayList<>();
        List<String> subjects = new ArrayList<>();
        for (int step = 0; now.isBefore(end); step++) {
            if (step % 97 == 96) {
                close0();
                open();
            }
            if (now.equals(Instant.parse("2026-03-02T04:00:00Z"))) {
                subjects.addAll(subjects());
                mail.stop(); // away when the weekly mail is due, for some hours
            }
            if (now.equals(Instant.parse("2026-03-02T11:00:00Z"))) {
                mail.start();
                close0();
                open();
            }
            if (now.getEpochSecond() % 86_400 == 43_200) {
                visits(site, 4);
            }
            if (now.equals(spike)) {
                visits(site, 80);
            }
            duties.jobs().look();
            copies.addAll(instance.backups().all().stream()
                    .map(p -> p.getFileName().toString())
                    .filter(name -> !copies.contains(name))
                    .toList());
            now = now.plus(Duration.ofHours(1));
        }

        subjects.addAll(subjects());
        assertThat(subjects)
                .containsExactly(
                        "example.com: the week from 2026-02-16",
                        "example.com: 2026-02",
                        "example.com: the week from 2026-02-23",
                        "example.com: the week from 2026-03-02",
                        "example.com: the week from 2026-03-09",
                        "example.com: the week from 2026-03-16");
        assertThat(posted).hasSize(1);
        assertThat(posted.get(0)).contains("\"type\":\"spike\"", "\"visitors\":80", "2026-03-25T11:00:00Z");
        assertThat(copies).hasSize(35 + 1).isSorted();
        assertThat(instance.backups().all()).hasSize(5);
        assertThat(duties.jobs().all()).extracting(job -> job.state().result()).containsOnly("ok", "off");

        MimeMessage last = mail.getReceivedMessages()[3];
        Multipart parts = (Multipart) last.getContent();
        assertThat((String) parts.getBodyPart(0).getContent())
                .contains(
                        "Visitors",
                        "28",
                        "/page0",
                        "https://stats.example.com/sites/" + site.id() + "?from=2026-03-16");
        assertThat((String) parts.getBodyPart(1).getContent()).contains("<td>Visitors</td><td align=\"right\">28</td>");
        assertThat(last.getHeader("List-Unsubscribe")[0]).startsWith("<https://stats.example.com/api/unsubscribe/1/");
        assertThat(last.getMessageID()).isEqualTo("<weekly-" + site.id() + "-1-1774245600@millrace>");
    }

    private void close0() throws Exception {
        duties.close();
        instance.close();
        lock.close();
    }

    private List<String> subjects() {
        return Arrays.stream(mail.getReceivedMessages()).map(MonthTest::subject).toList();
    }

    private static String subject(Message message) {
        try {
            return message.getSubject();
        } catch (jakarta.mail.MessagingException e) {
            throw new IllegalStateException(e);
        }
    }
}
