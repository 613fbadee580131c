package io.millrace.dashboard.internal.admin;

import io.millrace.dashboard.Api;
import io.millrace.dashboard.ApiResponse;
import io.millrace.dashboard.Passwords;
import io.millrace.dashboard.Secrets;
import io.millrace.dashboard.internal.access.AccountDirectory;
import io.millrace.dashboard.internal.access.Cookies;
import io.millrace.dashboard.internal.access.CrossSite;
import io.millrace.dashboard.internal.answer.SiteHead;
import io.millrace.dashboard.internal.limit.Attempts;
import io.millrace.dashboard.internal.limit.Claim;
import io.millrace.dashboard.internal.limit.Digest;
import io.millrace.dashboard.internal.limit.OpenedLinks;
import io.millrace.dashboard.internal.limit.WorkerPool;
import io.millrace.dashboard.internal.live.LiveStreams;
import io.millrace.dashboard.internal.query.FilterText;
import io.millrace.dashboard.internal.query.Filters;
import io.millrace.dashboard.internal.query.SiteGoals;
import io.millrace.dashboard.internal.query.SiteSegments;
import io.millrace.dashboard.internal.report.ReportKind;
import io.millrace.dashboard.internal.report.Reports;
import io.millrace.dashboard.internal.request.ApiAnswers;
import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.dashboard.internal.request.Call;
import io.millrace.dashboard.internal.request.Form;
import io.millrace.dashboard.internal.request.Input;
import io.millrace.dashboard.internal.request.JsonBody;
import io.millrace.dashboard.internal.request.Operation;
import io.millrace.dashboard.internal.request.Permission;
import io.millrace.dashboard.internal.request.Times;
import io.millrace.dashboard.internal.revenue.Affiliates.AffiliateHead;
import io.millrace.dashboard.internal.shape.Shape.Name;
import io.millrace.dashboard.internal.shape.Shape.Nullable;
import io.millrace.dashboard.internal.shape.Shape.Omittable;
import io.millrace.dashboard.internal.shape.Shape.SnakeCase;
import io.millrace.dashboard.internal.shape.Shape.Unwrapped;
import io.millrace.engine.Affiliate;
import io.millrace.engine.Engine;
import io.millrace.engine.Filter;
import io.millrace.engine.Site;
import io.millrace.engine.spi.AccountStore;
import io.millrace.engine.spi.AccountStore.Link;
import io.millrace.engine.spi.AccountStore.Segment;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Shared links: made and revoked by those who may edit the site, read by whoever has the token. A link of an affiliate
 * shows that affiliate's figures and nothing else; one with a filter or a segment shows nothing that cannot be filtered, and one
 * whose segment or filter cannot be read any more shows nothing. Thread-safe.
 */
public final class SharedLinks {
    private static final String PATH = "/api/sites/{siteId}/links";
    private static final String SHARED = "/api/shared/{token}";

    private static final Input AFFILIATE =
            Input.whole("affiliate_id", 1, Integer.MAX_VALUE, "The one whose figures it shows; absent: the site's");
    private static final Input SEGMENT =
            Input.whole("segment_id", 1, Integer.MAX_VALUE, "The site's segment that it is locked to; absent: none");
    private static final Form FORM = new Form(
            "NewLink",
            AccountFields.NAME,
            AFFILIATE,
            Input.text("filter", "Filters that always hold, as a query string"),
            SEGMENT,
            AccountFields.PASSWORD);
    private static final Form PASSWORD = new Form("PasswordOnly", AccountFields.PASSWORD.must());
    private static final String COOKIE = "millrace_link";
    private final Engine engine;
    private final AccountDirectory accounts;
    private final WorkerPool passwords;
    private final Reports reports;
    private final LiveStreams live;
    private final Cookies cookies;
    private final InstantSource clock;
    private final Attempts unlocking;

    private final OpenedLinks opened;

    @Name("Link")
    @SnakeCase
    record LinkHead(
            int id,
            @Nullable String name,
            @Nullable Integer affiliateId,
            @Nullable String filter,
            @Nullable Integer segmentId,
            boolean hasPassword,
            OffsetDateTime createdAt) {
        private static LinkHead of(Link l) {
            return new LinkHead(
                    l.id(),
                    l.name(),
                    l.affiliateId() == 0 ? null : l.affiliateId(),
                    l.filter(),
                    l.segmentId() == 0 ? null : l.segmentId(),
                    l.passwordHash() != null,
                    Times.at(l.createdAt(), ZoneOffset.UTC));
        }
    }

    record Links(List<LinkHead> links) {}

    record MadeLink(@Unwrapped LinkHead link, String token, String path) {}

    @Name("Shared")
    record SharedHead(boolean locked, @Unwrapped @Omittable Unlocked open) {}

    /** What a link is for, once it is open. */
    record Unlocked(
            SiteHead site,
            @Nullable AffiliateHead affiliate,
            @Nullable String filter,
            @Nullable String segment) {}

    public SharedLinks(
            Engine engine,
            AccountDirectory accounts,
            WorkerPool passwords,
            Reports reports,
            LiveStreams live,
            Cookies cookies,
            InstantSource clock) {
        this.engine = engine;
        this.accounts = accounts;
        this.passwords = passwords;
        this.reports = reports;
        this.live = live;
        this.cookies = cookies;
        this.clock = clock;
        unlocking = new Attempts("unlock", clock, engine.bounds());
        opened = new OpenedLinks(clock, engine.bounds());
    }

    public List<Operation> operations() {
        return List.of(
                Operation.get(PATH, Permission.EDIT, "The shared links of a site")
                        .answers(Links.class)
                        .by(this::list),
                Operation.post(PATH, Permission.EDIT, "Make a link; its token is shown once")
                        .takes(FORM)
                        .answers(201, null, MadeLink.class)
                        .by(this::add),
                Operation.delete(PATH + "/{linkId}", Permission.EDIT, "Revoke a link")
                        .by(this::remove),
                Operation.get(SHARED, Permission.NOTHING, "What a shared link is for")
                        .answers(SharedHead.class)
                        .by(call -> shared(call, this::describe)),
                Operation.post(SHARED + "/unlock", Permission.NOTHING, "Open a link that has a password")
                        .takes(PASSWORD)
                        .answersNothing()
                        .by(this::unlock),
                Operation.get(SHARED + "/live", Permission.NOTHING, "Who is on the site now, as a stream of events")
                        .withAny()
                        .opens(this::watch)
                        .by(call -> {
                            watched(token(call), browser(call));
                            throw LiveStreams.onlyAStream();
                        }),
                ReportKind.byLink(SHARED + "/{report}").by(call -> shared(call, this::report)));
    }

    /**
     * Whether a path is the page of a link that is there.
     *
     * @param path not decoded: the page in the browser reads it like that too
     */
    public boolean has(String path) {
        String[] segments = path.split("/", -1);
        boolean shared = segments.length >= 3 && segments[0].isEmpty() && segments[1].equals("share");
        return shared && accounts.link(segments[2]) != null;
    }

    private CompletableFuture<ApiResponse> list(Call call) {
        List<LinkHead> links =
                accounts.links(call.site().id()).stream().map(LinkHead::of).toList();
        return ApiAnswers.done(ApiAnswers.json(200, new Links(links)));
    }

    private CompletableFuture<ApiResponse> add(Call call) {
        JsonBody body = JsonBody.of(call.request(), FORM);
        int affiliate = body.number(AFFILIATE);
        if (affiliate != 0 && engine.sites().affiliate(call.site().id(), affiliate) == null) {
            throw ApiException.field("affiliate_id", "no such affiliate");
        }
        String filter = body.text("filter");
        Filters.refuseCostly(FilterText.read(filter, goals(call.site().id())), null, true);
        int segment = body.number(SEGMENT);
        String name = body.text("name", 120);
        String password = body.has("password") ? AccountFields.newPassword(body, "password") : null;
        String token = Secrets.random();
        return passwords
                .submit(Claim.USER, () -> password == null ? "" : Passwords.hash(password))
                .thenCompose(hash -> accounts.change(
                        call,
                        "link.add",
                        name,
                        store -> save(
                                store,
                                new Link(
                                        0,
                                        Secrets.hash(token),
                                        call.site().id(),
                                        affiliate,
                                        name,
                                        filter,
                                        segment,
                                        password == null ? null : hash,
                                        clock.millis()))))
                .thenApply(link -> ApiAnswers.json(201, new MadeLink(LinkHead.of(link), token, "/share/" + token)));
    }

    private static Link save(AccountStore store, Link link) {
        boolean there = store.segments().stream()
                .anyMatch(s -> s.id() == link.segmentId() && s.siteId() == link.siteId() && s.userId() == 0);
        if (link.segmentId() != 0 && !there) {
            throw ApiException.field("segment_id", "the site has no such segment; somebody's own is none of the site");
        }
        return store.saveLink(link);
    }

    private CompletableFuture<ApiResponse> remove(Call call) {
        Link link = AccountDirectory.find(accounts.links(call.site().id()), Link::id, call.id("linkId"), "link");
        return accounts.remove(call, "link.remove", link.name(), store -> store.removeLink(link.id()));
    }

    /** What a reader with a valid link is answered. */
    @FunctionalInterface
    private interface Shared {
        CompletableFuture<ApiResponse> answer(Call call, Link link, Site site);
    }

    private CompletableFuture<ApiResponse> shared(Call call, Shared shared) {
        Link link = link(call);
        return shared.answer(call, link, engine.sites().byId(link.siteId()))
                .thenApply(a -> ApiAnswers.with(a, "Referrer-Policy", "no-referrer"));
    }

    private Link link(Call call) {
        return link(token(call));
    }

    private static String token(Call call) {
        return call.variables().get("token");
    }

    private Link link(String token) {
        Link link = accounts.link(token);
        if (link == null || engine.sites().byId(link.siteId()) == null) {
            throw noLink();
        }
        always(link);
        return link;
    }

    private static ApiException noLink() {
        return ApiException.notFound("shared link");
    }

    /** The browser that asks, as far as it may have opened a link; null: it has opened none. */
    private Digest browser(Call call) {
        String cookie = cookies.read(call.request(), COOKIE);
        return cookie == null ? null : Digest.of(cookie);
    }

    private boolean locked(Digest browser, Link link) {
        return link.passwordHash() != null && !opened.has(browser, link.id());
    }

    /** What the link is for; nothing but "locked" before the password. */
    private CompletableFuture<ApiResponse> describe(Call call, Link link, Site site) {
        boolean locked = locked(browser(call), link);
        Affiliate affiliate = engine.sites().affiliate(site.id(), link.affiliateId());
        Segment segment = accounts.segment(site.id(), link.segmentId());
        Unlocked open = new Unlocked(
                SiteHead.of(site),
                affiliate == null ? null : AffiliateHead.of(affiliate),
                link.filter(),
                segment == null ? null : segment.name());
        return ApiAnswers.done(ApiAnswers.json(200, new SharedHead(locked, locked ? null : open)));
    }

    private CompletableFuture<ApiResponse> unlock(Call call) {
        CrossSite.refuseForeign(call.request());
        Link link = link(call);
        JsonBody body = JsonBody.of(call.request(), PASSWORD);
        String password = AccountFields.password(body, "password");
        Digest network = Claim.network(call);
        Digest name = Digest.of("link", link.id());
        unlocking.begin(network, name);
        return passwords
                .submit(Claim.of(call), () -> Passwords.matches(password, link.passwordHash()))
                .thenApply(right -> {
                    if (!right) {
                        throw new ApiException(401, "wrong_credentials", "another password");
                    }
                    unlocking.succeeded(network, name);
                    String value = Secrets.random();
                    opened.add(Digest.of(value), link.id());
                    return ApiAnswers.empty(204).withCookie(cookies.write(COOKIE, value, OpenedLinks.TIME.toSeconds()));
                });
    }

    private CompletableFuture<ApiResponse> report(Call call, Link link, Site site) {
        if (locked(browser(call), link)) {
            throw locked();
        }
        boolean ofAffiliate = link.affiliateId() != 0;
        List<Filter> always = always(link);
        ReportKind kind = ReportKind.shared(call.variables().get("report"), ofAffiliate, !always.isEmpty());
        if (kind == null || ofAffiliate && engine.sites().affiliate(site.id(), link.affiliateId()) == null) {
            throw ApiException.notFound("report");
        }
        Map<String, String> variables =
                ofAffiliate ? Map.of("affiliateId", Integer.toString(link.affiliateId())) : Map.of();
        Call asked = new Call(call.request(), call.principal(), site, variables, call.params());
        return reports.answer(kind, asked, site, always);
    }

    /**
     * The site whose visitors a link's holder may watch.
     *
     * @throws ApiException when the link is none, is locked, or is for a part of the site: there is no part of a live count
     */
    private Site watched(String token, Digest browser) {
        Link link = link(token);
        if (locked(browser, link)) {
            throw locked();
        }
        if (link.affiliateId() != 0 || !always(link).isEmpty()) {
            throw ApiException.notFound("report");
        }
        return engine.sites().byId(link.siteId());
    }

    private Api.Stream watch(Call call, Consumer<byte[]> send) {
        String token = token(call);
        Digest browser = browser(call);
        return live.open(call, watched(token, browser), () -> mayWatch(token, browser), send);
    }

    /** Whether a stream may go on: its link may have been revoked. */
    private boolean mayWatch(String token, Digest browser) {
        try {
            return watched(token, browser) != null;
        } catch (ApiException error) {
            return false;
        }
    }

    private static ApiException locked() {
        return new ApiException(401, "locked", "this link has a password");
    }

    /**
     * What always holds of a link.
     *
     * @throws ApiException 404 when its segment is gone, or one of its filters cannot be read any more
     */
    private List<Filter> always(Link link) {
        SiteGoals goals = goals(link.siteId());
        Segment segment = accounts.segment(link.siteId(), link.segmentId());
        if (segment == null && link.segmentId() != 0) {
            throw noLink();
        }
        try {
            List<Filter> filters = new ArrayList<>(FilterText.read(link.filter(), goals));
            filters.addAll(segment == null ? List.of() : SiteSegments.filters(segment, goals));
            return filters;
        } catch (ApiException unreadable) {
            throw noLink(); // what it names is not for those who have the link
        }
    }

    private SiteGoals goals(int siteId) {
        return new SiteGoals(engine.sites().goals(siteId), List.of());
    }
}
