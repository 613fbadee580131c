package io.millrace.server.internal.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.millrace.engine.Engine;
import io.millrace.engine.Query;
import io.millrace.engine.Site;
import io.millrace.engine.spi.AccountStore.Channel;
import io.millrace.engine.spi.AccountStore.Subscription;
import io.millrace.engine.spi.AccountStore.Topic;
import io.millrace.server.internal.config.Config;
import io.millrace.server.internal.data.DataDirectory;
import io.millrace.server.internal.notify.Notifier;
import io.millrace.storage.sqlite.DatabaseLock;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Subscribers beside others whose targets or sites do not work. */
class NotifierTest {
    private static final Instant CREATED = Instant.parse("2026-02-20T12:00:00Z");

    private final List<String> posted = Collections.synchronizedList(new ArrayList<>());

    @TempDir
    private Path directory;

    private Instant now = Instant.parse("2026-03-02T08:00:00Z"); // a Monday: of a week, and of a month that is over
    private HttpServer receiver;
    private DatabaseLock lock;
    private Instance instance;
    private int broken = -1;

    @BeforeEach
    void open() throws Exception {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            posted.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        receiver.start();
        DataDirectory data = new DataDirectory(directory.resolve("data"));
        lock = data.tryLock();
        Config config = Config.resolve(Map.of("webhooks.private", "true", "sqlite.disk_reserve", "1m"), Map.of(), null);
        instance = Instance.open(data, lock, config, () -> now);
    }

    @AfterEach
    void close() throws Exception {
        instance.close();
        lock.close();
        receiver.stop(0);
    }

    private Notifier notifier() {
        return new Notifier(
                engine(),
                instance.keyring(),
                instance::config,
                instance::baseUrl,
                List::of,
                () -> now,
                directory.resolve("notices.json"));
    }

    /** The instance's, that fails at questions of one site. */
    private Engine engine() {
        return (Engine) Proxy.newProxyInstance(
                Engine.class.getClassLoader(), new Class<?>[] {Engine.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("query")
                            && arguments[0] instanceof Query query
                            && query.siteId() == broken) {
                        throw new IllegalStateException("took too long");
                    }
                    try {
                        return method.invoke(instance.engine(), arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private Site site(String domain) {
        return instance.engine().addSite(Site.of(domain)).join();
    }

    private String receiver() {
        return "http://127.0.0.1:" + receiver.getAddress().getPort() + "/";
    }

    private void subscribe(Site site, String target, Topic... topics) {
        instance.engine()
                .execute(w -> instance.storage()
                        .accounts()
                        .saveSubscription(new Subscription(
                                0,
                                site.id(),
                                Channel.WEBHOOK,
                                target,
                                Set.of(topics),
                                "nonce",
                                CREATED.toEpochMilli())))
                .join();
    }

    @Test
    void aTargetThatCannotBeReachedHoldsUpNobodyBehindIt() throws Exception {
        Site site = site("example.com");
        subscribe(site, "http://127.0.0.1:99999/", Topic.WEEKLY);
        subscribe(site, receiver(), Topic.WEEKLY);

        assertThat(notifier().run()).isEqualTo("4 reports, 0 alerts; 2 sent, 2 not, 2 wait");
        assertThat(posted).hasSize(2).allMatch(body -> body.contains("weekly"));
        assertThat(notifier().run()).as("a minute later at the earliest").contains("0 sent, 0 not, 2 wait");
        now = now.plusSeconds(61);
        assertThat(notifier().run()).contains("0 sent, 2 not, 2 wait");
        now = now.plusSeconds(61);
        assertThat(notifier().run()).as("two minutes after the second try").contains("0 sent, 0 not, 2 wait");
    }

    @Test
    void aSiteThatCannotBeAskedHoldsUpNoOther() throws Exception {
        Site first = site("first.example.com");
        Site second = site("second.example.com");
        subscribe(first, receiver(), Topic.WEEKLY, Topic.SPIKE);
        subscribe(second, receiver(), Topic.MONTHLY, Topic.SPIKE);
        broken = first.id();

        Notifier notifier = notifier();
        assertThatThrownBy(notifier::run).hasMessage("reports of first.example.com: took too long");
        assertThat(posted).hasSize(1).allMatch(body -> body.contains("second.example.com"));

        broken = -1;
        assertThat(notifier.run()).isEqualTo("2 reports, 0 alerts; 2 sent, 0 not, 0 wait");
        assertThat(posted).hasSize(3);
    }
}
