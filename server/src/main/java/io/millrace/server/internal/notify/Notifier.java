package io.millrace.server.internal.notify;

import com.google.common.io.BaseEncoding;
import io.millrace.dashboard.Keyring;
import io.millrace.dashboard.Operator.Finding;
import io.millrace.dashboard.Operator.Severity;
import io.millrace.engine.Engine;
import io.millrace.engine.Site;
import io.millrace.engine.spi.AccountStore.Channel;
import io.millrace.engine.spi.AccountStore.Subscription;
import io.millrace.engine.spi.AccountStore.Topic;
import io.millrace.server.internal.config.Config;
import io.millrace.server.internal.config.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells subscribers what they want to know: finds what there is to tell, notes that it was told and is to be sent in one write, and sends
 * it until it is taken. One thread's, but for what says otherwise.
 *
 * @param baseUrl where pages are
 * @param findings what was found of the server
 */
public record Notifier(
        Engine engine,
        Keyring keyring,
        Supplier<Config> config,
        Supplier<String> baseUrl,
        Supplier<List<Finding>> findings,
        InstantSource clock,
        NoticeFile file) {
    private static final Logger LOG = LoggerFactory.getLogger(Notifier.class);
    private static final LocalTime MORNING = LocalTime.of(7, 0);

    /** So often it is tried to send a notice, with pauses that double from a minute on: for about a day. */
    private static final int TRIES = 11;

    /** At a time, so that a server that does not answer holds up nothing for long. */
    private static final int AT_ONCE = 20;

    /** An alert of a kind is not told of a site again within this. */
    private static final Duration QUIET = Duration.ofHours(12);

    /** Of weeks and months that were missed, so many are made up for. */
    private static final int MADE_UP = 5;

    /** @param path where it keeps what was told and what waits */
    public Notifier(
            Engine engine,
            Keyring keyring,
            Supplier<Config> config,
            Supplier<String> baseUrl,
            Supplier<List<Finding>> findings,
            InstantSource clock,
            Path path) {
        this(engine, keyring, config, baseUrl, findings, clock, new NoticeFile(path));
    }

    private List<Subscription> subscriptions() {
        return engine.storage().accounts().subscriptions();
    }

    /**
     * Notes what there is to tell and sends what is due; answers what was done. What fails for one subscription or site holds up no
     * other.
     *
     * @throws IOException when something could not be found out; what was not taken is no failure, for it is tried again by itself
     */
    public String run() throws IOException {
        Independently steps = new Independently();
        int reports = reports(steps);
        int alerts = alerts(steps);
        String sent = deliver(steps);
        steps.end();
        return reports + " reports, " + alerts + " alerts; " + sent;
    }

    private int reports(Independently steps) {
        int count = 0;
        for (Subscription subscription : subscriptions()) {
            Site site = engine.sites().byId(subscription.siteId());
            if (site != null) {
                count += steps.count("reports of " + site.domain(), () -> reports(subscription, site));
            }
        }
        return count;
    }

    private int reports(Subscription subscription, Site site) throws IOException {
        NoticeFile.Change change = file.new Change();
        int count = 0;
        for (Topic topic : List.of(Topic.WEEKLY, Topic.MONTHLY)) {
            if (subscription.topics().contains(topic)) {
                count += reports(change, subscription, site, topic);
            }
        }
        change.commit();
        return count;
    }

    private int reports(NoticeFile.Change change, Subscription subscription, Site site, Topic topic) {
        Instant latest = due(topic, site, clock.instant());
        String name = topic + " " + subscription.id();
        Instant since = file.told(name) == null
                ? due(topic, site, Instant.ofEpochMilli(subscription.createdAt()))
                : Instant.parse(file.told(name));
        List<Instant> missed = new ArrayList<>();
        for (Instant at = latest;
                at.isAfter(since) && missed.size() < MADE_UP;
                at = due(topic, site, at.minusMillis(1))) {
            missed.add(0, at);
        }
        for (Instant at : missed) {
            change.send(subscription.id(), report(site, topic, at, subscription.id()));
        }
        change.tell(name, (latest.isAfter(since) ? latest : since).toString());
        return missed.size();
    }

    private Notice report(Site site, Topic topic, Instant at, int subscription) {
        String id = topic.name().toLowerCase(Locale.ROOT) + "-" + site.id() + "-" + subscription + "-"
                + at.getEpochSecond();
        return new SiteFigures(engine, site, baseUrl.get()).of(topic, at, id);
    }

    /** The latest moment at which a week or a month is told of: Monday or the first, in the morning there. */
    private static Instant due(Topic topic, Site site, Instant now) {
        LocalDate today = now.atZone(site.zone()).toLocalDate();
        LocalDate day = first(topic, today);
        Instant at = day.atTime(MORNING).atZone(site.zone()).toInstant();
        return at.isAfter(now)
                ? first(topic, day.minusDays(1))
                        .atTime(MORNING)
                        .atZone(site.zone())
                        .toInstant()
                : at;
    }

    private static LocalDate first(Topic topic, LocalDate day) {
        return topic == Topic.WEEKLY
                ? day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
                : day.withDayOfMonth(1);
    }

    /** Looks at the last full hour of each site that somebody wants to be alerted of, and at the server. */
    private int alerts(Independently steps) {
        Instant hour = clock.instant().truncatedTo(ChronoUnit.HOURS);
        Map<Integer, List<Subscription>> bySite =
                subscriptions().stream().collect(Collectors.groupingBy(Subscription::siteId));
        int count = 0;
        for (Map.Entry<Integer, List<Subscription>> each : bySite.entrySet()) {
            Site site = engine.sites().byId(each.getKey());
            String last = file.told("hour " + each.getKey());
            if (site != null && (last == null || Instant.parse(last).isBefore(hour))) {
                count += steps.count("alerts of " + site.domain(), () -> alerts(site, each.getValue(), hour));
            }
        }
        return count + steps.count("alerts of the server", () -> server(bySite.getOrDefault(0, List.of())));
    }

    private int alerts(Site site, List<Subscription> all, Instant hour) throws IOException {
        NoticeFile.Change change = file.new Change();
        change.tell("hour " + site.id(), hour.toString());
        int count = 0;
        if (!all.stream().flatMap(s -> s.topics().stream()).allMatch(Notifier::isReport)) {
            for (Notice notice : new Alerts(engine, site).of(hour)) {
                count += tell(change, all, notice, "alert " + site.id() + " " + notice.topic());
            }
        }
        change.commit();
        return count;
    }

    private static boolean isReport(Topic topic) {
        return topic == Topic.WEEKLY || topic == Topic.MONTHLY;
    }

    private int tell(NoticeFile.Change change, List<Subscription> all, Notice notice, String name) {
        String last = notice.topic() == Topic.GOAL ? null : file.told(name);
        if (last != null && Instant.parse(last).plus(QUIET).isAfter(notice.at())) {
            return 0;
        }
        change.tell(name, notice.at().toString());
        List<Subscription> who =
                all.stream().filter(s -> s.topics().contains(notice.topic())).toList();
        who.forEach(s -> change.send(s.id(), notice));
        return who.size();
    }

    /** What is found of the server and was not there before. */
    private int server(List<Subscription> all) throws IOException {
        if (all.isEmpty()) {
            return 0;
        }
        NoticeFile.Change change = file.new Change();
        List<Finding> now = findings.get().stream()
                .filter(f -> f.severity() != Severity.INFO)
                .toList();
        Instant at = clock.instant();
        int count = 0;
        for (Finding finding : now) {
            String name = "server " + finding.id();
            if (file.told(name) == null) {
                change.tell(name, at.toString());
                Notice notice = new Notice(
                        "server-" + finding.id() + "-" + at.getEpochSecond(),
                        Topic.SERVER,
                        null,
                        at,
                        "Millrace: " + finding.what(),
                        finding.what() + "\n" + finding.action() + "\n",
                        "<h1>" + Html.escape(finding.what()) + "</h1><p>" + Html.escape(finding.action()) + "</p>",
                        Map.of());
                for (Subscription s : all) {
                    if (s.topics().contains(Topic.SERVER)) {
                        change.send(s.id(), notice);
                        count++;
                    }
                }
            }
        }
        List<String> ids = now.stream().map(f -> "server " + f.id()).toList();
        file.names("server ").stream().filter(name -> !ids.contains(name)).forEach(change::forget);
        change.commit();
        return count;
    }

    /** Sends what waits and is due; says what was done. */
    private String deliver(Independently steps) {
        Map<Integer, Subscription> by = subscriptions().stream().collect(Collectors.toMap(Subscription::id, s -> s));
        int sent = 0;
        int tried = 0;
        for (NoticeFile.Waiting waiting : file.waiting()) {
            Subscription to = by.get(waiting.subscription());
            if (to == null || tried < AT_ONCE && !waiting.next().isAfter(clock.instant())) {
                tried += to == null ? 0 : 1;
                sent += steps.count("notice " + waiting.notice().id(), () -> deliver(to, waiting));
            }
        }
        return sent + " sent, " + (tried - sent) + " not, " + file.waiting().size() + " wait";
    }

    /**
     * @param to null: is no more
     * @return how many were sent
     */
    private int deliver(Subscription to, NoticeFile.Waiting waiting) throws IOException {
        NoticeFile.Change change = file.new Change();
        boolean sent = to != null && sent(to, waiting.notice());
        if (sent || to == null) {
            change.remove(waiting);
        } else {
            retry(change, waiting);
        }
        change.commit();
        return sent ? 1 : 0;
    }

    private boolean sent(Subscription to, Notice notice) {
        try {
            send(to, notice);
            return true;
        } catch (IOException | RuntimeException e) { // whatever a target does, the others have theirs
            LOG.warn("{} was not taken by subscription {}: {}", notice.id(), to.id(), e.toString());
            return false;
        }
    }

    private void retry(NoticeFile.Change change, NoticeFile.Waiting waiting) {
        int tries = waiting.tries() + 1;
        if (tries >= TRIES) {
            change.remove(waiting);
        } else {
            Instant next = clock.instant().plus(Duration.ofMinutes(1L << (tries - 1)));
            change.replace(waiting, new NoticeFile.Waiting(waiting.subscription(), waiting.notice(), tries, next));
        }
    }

    private void send(Subscription subscription, Notice notice) throws IOException {
        if (subscription.channel() == Channel.MAIL) {
            Mailer mailer = Mailer.of(config.get());
            if (mailer == null) {
                throw new IOException("smtp.host is not set");
            }
            mailer.send(subscription.target(), notice, baseUrl.get() + unsubscribePath(subscription));
        } else {
            byte[] body = subscription.channel() == Channel.SLACK ? Webhook.slack(notice) : Webhook.json(notice);
            webhook().post(subscription.target(), body, notice.id(), secret(subscription), clock.instant());
        }
    }

    private Webhook webhook() {
        return new Webhook(config.get().get(Settings.WEBHOOKS_PRIVATE));
    }

    private byte[] secret(Subscription subscription) {
        return signingSecret(keyring, subscription).getBytes(StandardCharsets.US_ASCII);
    }

    /** What signs what is posted for a subscription, as its receiver knows it. */
    static String signingSecret(Keyring keyring, Subscription subscription) {
        return BaseEncoding.base16().lowerCase().encode(keyring.derive("webhook", subscription.nonce()));
    }

    private String unsubscribePath(Subscription subscription) {
        String token = BaseEncoding.base16().lowerCase().encode(keyring.derive("unsubscribe", subscription.nonce()));
        return "/api/unsubscribe/" + subscription.id() + "/" + token;
    }

    /** Why nothing can be sent there, for people; or null. Any thread; may ask for names of hosts. */
    public String refusal(Channel channel, String target) {
        return channel != Channel.MAIL
                ? webhook().refusal(target)
                : Mailer.of(config.get()) == null ? "no mail can be sent: smtp.host is not set" : null;
    }

    /** Sends the latest report to a subscriber, whether it was sent or not. Any thread; waits for the other side. */
    public void test(Subscription subscription) throws IOException {
        Site site = engine.sites().byId(subscription.siteId());
        Instant now = clock.instant();
        send(
                subscription,
                site == null
                        ? new Notice(
                                "test-" + subscription.id() + "-" + now.getEpochSecond(),
                                Topic.SERVER,
                                null,
                                now,
                                "Millrace: a test",
                                "This is a test.\n",
                                "<p>This is a test.</p>",
                                Map.of())
                        : report(site, Topic.WEEKLY, due(Topic.WEEKLY, site, now), subscription.id()));
    }

    /** The page of the latest report. Any thread; asks the database. */
    public String preview(Site site, Topic topic) {
        return report(site, topic, due(topic, site, clock.instant()), 0).html();
    }
}
