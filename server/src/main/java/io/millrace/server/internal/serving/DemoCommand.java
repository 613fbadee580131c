package io.millrace.server.internal.serving;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import io.millrace.dashboard.Secrets;
import io.millrace.engine.spi.AccountStore;
import io.millrace.engine.spi.AccountStore.Link;
import io.millrace.server.internal.command.DataCommand;
import io.millrace.server.internal.command.Failure;
import io.millrace.server.internal.command.Progress;
import io.millrace.server.internal.command.RootCommand;
import io.millrace.server.internal.command.Session;
import io.millrace.server.internal.config.Config;
import io.millrace.server.internal.config.Settings;
import io.millrace.server.internal.demo.DemoFeed;
import io.millrace.server.internal.instance.Instance;
import io.millrace.server.internal.instance.Server;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code millrace demo}. */
@Command(
        name = "demo",
        description = "Makes up a site with two months of traffic and serves it; the traffic goes on. Uses ./demo-data"
                + " unless --data says otherwise, and no database that it did not make.")
public final class DemoCommand extends DataCommand {
    private static final long EVERY_SECONDS = 5;

    @Mixin
    private ListenOptions listen;

    @Override
    public Integer call() throws Exception {
        Map<String, String> flags = listen.flags();
        flags.put("data", "./demo-data");
        return new Demo(root(), () -> data().config(root().typedHere(), flags)).run();
    }

    private static final class Demo extends Serving {
        private final ScheduledExecutorService traffic =
                Executors.newSingleThreadScheduledExecutor(new ThreadFactoryBuilder()
                        .setNameFormat("millrace-demo")
                        .setDaemon(true)
                        .build());
        private DemoFeed feed;

        Demo(RootCommand millrace, Supplier<Config> settings) {
            super(millrace, settings);
        }

        @Override
        void prepare(Instance instance) throws IOException {
            refuseTakenPort(
                    instance.config().get(Settings.HOST), instance.config().get(Settings.PORT));
            if (!DemoFeed.mayUse(instance.engine())) {
                throw new Failure(
                        directory().path() + " holds a database that the demo did not make; give another --data");
            }
            feed = DemoFeed.of(instance.engine(), now());
            Progress progress = new Progress(invocation(), "making up two months of traffic");
            long beacons = feed.feed(now(), progress::show);
            progress.end();
            say("millrace: " + beacons + " beacons brought in");
        }

        /** Before two months are made up, not after. */
        private static void refuseTakenPort(String host, int port) throws IOException {
            try (ServerSocket probe = new ServerSocket()) {
                probe.setReuseAddress(true);
                probe.bind(new InetSocketAddress(host, port));
            } catch (BindException e) {
                throw new BindException(host + ":" + port + ": " + e.getMessage());
            }
        }

        @Override
        void started(Instance instance, Server server) {
            traffic.scheduleWithFixedDelay(this::goOn, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
            int siteId = feed.site().id();
            String dashboard = instance.baseUrl() + "/share/" + sharedLink(instance, siteId);
            String report = instance.baseUrl() + "/api/analytics/" + siteId + "/overview?period=30d";
            NextSteps.printDemo(invocation(), directory(), server, dashboard, report);
        }

        /** Makes a link with which anybody may look at the site, in the place of those before; answers its token. */
        private static String sharedLink(Instance instance, int siteId) {
            AccountStore accounts = instance.engine().storage().accounts();
            String token = Secrets.random();
            Link link = new Link(0, Secrets.hash(token), siteId, 0, "demo", null, 0, null, System.currentTimeMillis());
            Session.await(instance.engine().execute(writer -> {
                accounts.links().stream()
                        .filter(old -> old.siteId() == siteId && link.name().equals(old.name()))
                        .forEach(old -> accounts.removeLink(old.id()));
                return accounts.saveLink(link);
            }));
            instance.accountsChanged();
            return token;
        }

        private void goOn() {
            feed.feed(now(), done -> {});
        }

        @Override
        void stopping() {
            traffic.shutdownNow();
        }

        private static long now() {
            return System.currentTimeMillis();
        }
    }
}
