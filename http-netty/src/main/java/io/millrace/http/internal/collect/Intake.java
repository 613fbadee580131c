package io.millrace.http.internal.collect;

import io.millrace.engine.Beacon;
import io.millrace.engine.Counter;
import io.millrace.engine.HostNames;
import io.millrace.engine.Outcome;
import io.millrace.engine.Receipt;
import io.millrace.engine.Site;
import io.millrace.engine.UrlText;
import io.millrace.engine.spi.AccountStore;
import io.millrace.http.HttpSettings;
import io.millrace.http.internal.client.Client;
import io.millrace.http.internal.connection.LoopState;
import io.millrace.http.internal.connection.PendingResponse;
import io.millrace.http.internal.message.Answers;
import io.millrace.http.internal.message.Browser;
import io.millrace.http.internal.message.HeadCheck;
import io.millrace.http.internal.message.Reply;
import io.millrace.http.internal.message.Request;
import io.millrace.http.internal.message.Response;
import io.millrace.wire.Body;
import io.millrace.wire.Cleaned;
import io.millrace.wire.Draft;
import io.millrace.wire.FieldError;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Takes what routes have read into the engine: finds the site, counts, offers, and answers by what became of it.
 * Belongs to one event loop.
 */
public final class Intake {
    private static final FieldError UNKNOWN_SITE = new FieldError("unknown_site", "site: not known", "site_id");

    /** So many plain bytes count as one request more of an address, and as one beacon more of a site. */
    static final int BYTES_OF_ONE = 4096;

    private final ServerContext context;
    private final LoopState loop;
    private final ProxyWarning proxyWarning;
    private final boolean accepted;

    public Intake(ServerContext context, LoopState loop) {
        this.context = context;
        this.loop = loop;
        this.proxyWarning = new ProxyWarning(loop::suspect);
        this.accepted = context.settings().ack() == HttpSettings.Ack.ACCEPTED;
    }

    /** The key with which a sender may say more, or null; looked up once for each request. */
    AccountStore.Key key(Request request) {
        if (context.keys() == null) {
            return null;
        }
        return request.key(this::ingestKey);
    }

    private AccountStore.Key ingestKey(String authorization) {
        AccountStore.Key key = context.keys().find(authorization);
        return key != null && key.scope() == AccountStore.Scope.INGEST ? key : null;
    }

    /** Whether a key is for every site that a body names. */
    boolean covers(AccountStore.Key key, Body body) {
        if (key.siteId() == 0) {
            return true;
        }
        for (Draft draft : body.members()) {
            Site site = draft.error() == null ? site(draft) : null;
            if (site != null && site.id() != key.siteId()) {
                return false;
            }
        }
        return true;
    }

    /** The answer to a client that sends too often, or null. A sender with a key speaks for many and is exempt. */
    Response overRate(Request request) {
        return overRate(request, 1);
    }

    /** The same for what counts as so many requests; 0 or fewer: nothing. */
    Response overRate(Request request, int requests) {
        Client client = request.client();
        if (requests <= 0 || client.exempt() || context.addressRates().off() || key(request) != null) {
            return null;
        }
        long wait = context.addressRates().take(client.rateKey(), requests, loop.now() * 1_000_000);
        if (wait == 0) {
            return null;
        }
        count(Counter.LIMITED, 0, 1);
        return Answers.limited(wait);
    }

    /** Whether a stranger should come later with so many beacons; local senders and those with a key need not. */
    boolean crowded(Request request, int members) {
        return context.collector().crowded(members) && !request.client().exempt() && key(request) == null;
    }

    /** Counts what is refused before anybody knows of what site it is. */
    Response refuse(Counter counter, Response answer) {
        count(counter, 0, 1);
        return answer;
    }

    /** The answer to what may have been a beacon and could not be read to its end. */
    public Response unreadable(HeadCheck.Problem problem) {
        return unreadable(problem.status(), new FieldError(problem.code(), problem.message(), null));
    }

    Response unreadable(int status, FieldError error) {
        return switch (status) {
            case 503 -> refuse(Counter.SHED, Answers.notAdmitted());
            case 413, 414, 431 -> refuse(Counter.REJECTED_TOO_LARGE, Answers.collectError(status, error));
            default -> refuse(Counter.REJECTED_MALFORMED, Answers.collectError(status, error));
        };
    }

    /** The site with this Umami UUID, or null. */
    Site umamiSite(String uuid) {
        return first(site -> uuid.equalsIgnoreCase(site.umamiId()));
    }

    /** The site that GoatCounter's tracker reaches by this host, or null. */
    Site goatcounterSite(String host) {
        return first(site -> host.equalsIgnoreCase(site.goatcounterHost()));
    }

    private Site first(Predicate<Site> wanted) {
        for (Site site : context.sites().all()) {
            if (wanted.test(site)) {
                return site;
            }
        }
        return null;
    }

    /** Counts {@code n} as received and as ended so. */
    void count(Counter counter, int siteId, long n) {
        context.counters().add(Counter.RECEIVED, siteId, n);
        context.counters().add(counter, siteId, n);
    }

    /** The site that a draft speaks of, or null. */
    Site site(Draft draft) {
        return draft.siteId() != 0
                ? context.sites().byId(draft.siteId())
                : context.sites().byDomain(draft.site());
    }

    /**
     * Whether one more beacon of a site may come now, the i-th of so many that share a request's plain bytes; answers
     * milliseconds to wait, 0: yes.
     */
    long siteWait(int siteId, Request request, int i, int members) {
        long now = loop.now() * 1_000_000;
        long bytes = request.body() == null ? request.query().length() : request.length();
        int n = (int) (1 + bytes * (i + 1) / members / BYTES_OF_ONE - bytes * i / members / BYTES_OF_ONE);
        long wait = context.allRates().take(0, n, now);
        return wait > 0 ? wait : context.siteRates().take(siteId, n, now);
    }

    /** Members that one array may have. */
    long mostMembers() {
        return context.ringSlots() / 4;
    }

    Beacon beacon(Draft draft, Site site, Request request) {
        if (draft.lacksHost()) {
            draft.pageHost(pageHost(request, site));
        }
        Client client = request.client();
        if (draft.address() == null) {
            proxyWarning.saw(client);
        }
        Browser browser = request.browser();
        draft.hints(browser.hints());
        if (browser.ahead() && key(request) == null) {
            draft.prefetched();
        }
        Beacon beacon = draft.toBeacon(site.id(), loop.time(), client.address(), browser.agent(), client.place())
                .build();
        for (Cleaned cleaned : draft.cleaned()) {
            context.counters().add(cleaned.reason().counter(), site.id());
        }
        return beacon;
    }

    /** The host of the page that sent a path alone: the one that its browser names, else the site's domain. */
    private static String pageHost(Request request, Site site) {
        for (CharSequence header : List.of(HttpHeaderNames.ORIGIN, HttpHeaderNames.REFERER)) {
            String url = request.header(header);
            int from = url == null ? -1 : url.indexOf("://") + 3;
            String host = from < 3 ? null : HostNames.of(url.substring(from, UrlText.first(url, "/?#", from)));
            if (host != null) {
                return host;
            }
        }
        return site.domain();
    }

    /** Takes one beacon, and answers in the tracker's dialect. */
    void take(Draft draft, Request request, Reply reply, Dialect dialect) {
        if (draft.error() != null) {
            refuse(Counter.REJECTED_FIELD, draft, reply, dialect, draft.error());
            return;
        }
        Site site = site(draft);
        if (site == null) {
            refuse(Counter.REJECTED_SITE, draft, reply, dialect, UNKNOWN_SITE);
            return;
        }
        long wait = siteWait(site.id(), request, 0, 1);
        if (wait > 0) {
            count(Counter.LIMITED, site.id(), 1);
            reply.send(Answers.limited(wait));
            return;
        }
        offer(beacon(draft, site, request), reply, naming(draft.cleaned(), dialect), dialect);
    }

    private void refuse(Counter counter, Draft draft, Reply reply, Dialect dialect, FieldError error) {
        Site site = counter == Counter.REJECTED_SITE || draft.siteId() == 0
                ? null
                : context.sites().byId(draft.siteId());
        count(counter, site == null ? 0 : site.id(), 1);
        reply.send(dialect.refused(error));
    }

    /** The same answers, naming what was cleaned. */
    private static Function<Outcome[], Response> naming(List<Cleaned> cleaned, Dialect dialect) {
        if (cleaned.isEmpty()) {
            return dialect;
        }
        String fields = cleaned.stream().map(Cleaned::toString).collect(Collectors.joining(","));
        return outcomes -> {
            Response answer = outcomes == null ? dialect.accepted() : dialect.apply(outcomes);
            return answer.status() < 300 ? answer.with("x-millrace-cleaned", fields) : answer;
        };
    }

    private void offer(Beacon beacon, Reply reply, Function<Outcome[], Response> answer, Dialect dialect) {
        context.counters().add(Counter.RECEIVED, beacon.siteId());
        boolean now = accepted || beacon.type() == Beacon.Type.HEARTBEAT;
        PendingResponse pending = now ? null : pending(1, reply, answer);
        if (loop.draining() || !context.collector().offer(beacon, now ? Receipt.NONE : pending)) {
            context.counters().add(Counter.SHED, beacon.siteId());
            reply.send(Answers.notAdmitted());
        } else if (now) {
            reply.send(answer == dialect ? dialect.accepted() : answer.apply(null));
        } else {
            loop.await(pending);
        }
    }

    /** Takes several beacons, all or none; received ones are counted by the caller. */
    boolean offer(List<Beacon> beacons, Reply reply, Function<Outcome[], Response> answer) {
        PendingResponse pending = accepted ? null : pending(beacons.size(), reply, answer);
        if (loop.draining() || !context.collector().offer(beacons, accepted ? Receipt.NONE : pending)) {
            beacons.forEach(b -> context.counters().add(Counter.SHED, b.siteId()));
            reply.send(Answers.notAdmitted());
            return false;
        }
        if (!accepted) {
            loop.await(pending);
        }
        return true;
    }

    boolean answersAtOnce() {
        return accepted;
    }

    private PendingResponse pending(int beacons, Reply reply, Function<Outcome[], Response> answer) {
        return new PendingResponse(
                beacons,
                loop.wakeUp(),
                reply,
                answer,
                loop.now() + loop.limits().confirmTime().toMillis(),
                loop.acknowledgements());
    }

    static FieldError unknownSite() {
        return UNKNOWN_SITE;
    }

    void received(int siteId) {
        context.counters().add(Counter.RECEIVED, siteId);
    }

    void counted(Counter counter, int siteId) {
        context.counters().add(counter, siteId);
    }
}
