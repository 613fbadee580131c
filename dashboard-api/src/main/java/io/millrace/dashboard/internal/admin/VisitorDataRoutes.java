package io.millrace.dashboard.internal.admin;

import io.millrace.dashboard.ApiRequest;
import io.millrace.dashboard.ApiResponse;
import io.millrace.dashboard.internal.access.FirstParty;
import io.millrace.dashboard.internal.answer.ReportContext;
import io.millrace.dashboard.internal.answer.ReportFormat;
import io.millrace.dashboard.internal.cache.ReportCache;
import io.millrace.dashboard.internal.cache.ReportStore.Body;
import io.millrace.dashboard.internal.limit.Claim;
import io.millrace.dashboard.internal.limit.Throttle;
import io.millrace.dashboard.internal.report.FilteredSample;
import io.millrace.dashboard.internal.report.Reports;
import io.millrace.dashboard.internal.report.VisitorJourney;
import io.millrace.dashboard.internal.report.VisitorJourney.Visitor;
import io.millrace.dashboard.internal.request.ApiAnswers;
import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.dashboard.internal.request.Call;
import io.millrace.dashboard.internal.request.Input;
import io.millrace.dashboard.internal.request.Operation;
import io.millrace.dashboard.internal.request.Permission;
import io.millrace.dashboard.internal.shape.Shape.Nullable;
import io.millrace.dashboard.internal.shape.Shape.Omittable;
import io.millrace.dashboard.internal.shape.Shape.SnakeCase;
import io.millrace.engine.Agent;
import io.millrace.engine.Counter;
import io.millrace.engine.Engine;
import io.millrace.engine.Journey;
import io.millrace.engine.Place;
import io.millrace.engine.Site;
import io.millrace.engine.spi.StorageReader;
import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What the server knows of whoever asks. Thread-safe. */
public final class VisitorDataRoutes {
    private static final Input SITE =
            Input.whole("site", 1, Integer.MAX_VALUE, "Its id").must();
    private static final Input VISITOR =
            Input.text("visitor_id", "As the caller's browser keeps it; absent: told by address and agent");
    private static final int VISITS = 20;
    private static final int PAGES = 100;
    private static final int EVENTS = 100;
    private static final List<String> FORWARDING =
            List.of("forwarded", "x-forwarded-for", "x-forwarded-proto", "x-real-ip", "cf-connecting-ip");
    private static final Duration KEPT = Duration.ofSeconds(30);
    private final Engine engine;
    private final Reports reports;
    private final ReportCache cache;
    private final boolean places;
    private final Throttle throttle;

    /**
     * @param visitsFrom visits that ended before it are not told one by one; null: all are
     * @param filtered what does not count and is kept, the latest
     */
    record Me(
            String site,
            boolean cookieless,
            @Nullable OffsetDateTime visitsFrom,
            @Nullable Visitor visitor,
            List<VisitorJourney.Session> sessions,
            List<FilteredSample> filtered) {
        /** What a site holds of a visitor: nothing when there is no journey. */
        private static Me of(StorageReader reader, Site site, String visitor, Journey journey) {
            return new Me(
                    site.domain(),
                    site.cookieless(),
                    ReportContext.visitsFrom(reader, site),
                    journey == null ? null : Visitor.of(visitor, journey, site),
                    journey == null ? List.of() : VisitorJourney.sessions(journey, site),
                    visitor == null ? List.of() : FilteredSample.of(reader, site, visitor, EVENTS));
        }
    }

    /** What the server sees of the caller. */
    @SnakeCase
    record Client(
            @Nullable String address,
            boolean behindTrustedProxy,
            @Nullable String country,
            @Nullable String region,
            @Nullable String city,
            @Nullable String device,
            @Nullable String userAgent,
            @Nullable String host,
            List<String> forwardingHeaders,
            @Omittable List<String> warnings) {}

    /** @param places whether something tells where visitors are */
    public VisitorDataRoutes(Engine engine, Reports reports, boolean places, InstantSource clock) {
        this.engine = engine;
        this.reports = reports;
        this.places = places;
        cache = reports.cache("me", KEPT);
        throttle = new Throttle("me", 30, Duration.ofMinutes(1), clock, engine.bounds());
    }

    public List<Operation> operations() {
        return List.of(
                Operation.get("/api/me", Permission.NOTHING, "What a site holds of the caller")
                        .with(SITE, VISITOR)
                        .answers(Me.class)
                        .kept()
                        .by(this::me),
                Operation.get("/api/doctor/client", Permission.NOTHING, "What the server sees of the caller")
                        .answers(Client.class)
                        .by(this::doctor));
    }

    /** What a site holds of a visitor, for the visitor himself: his browser alone knows his id, or he is at his address. */
    private CompletableFuture<ApiResponse> me(Call call) {
        throttle.count(Claim.network(call));
        if (!call.params().has("site")) {
            throw ApiException.parameter("site", "missing");
        }
        Site site = engine.sites().byId(call.params().number(SITE));
        if (site == null) {
            throw ApiException.notFound("site");
        }
        String page = FirstParty.origin(call.request(), site);
        String visitor = visitor(call, site);
        if (visitor == null) {
            return ApiAnswers.done(
                    FirstParty.only(ApiAnswers.json(200, Me.of(engine.storage().reader(), site, visitor, null)), page));
        }
        ReportCache.Load held = new ReportCache.Load(
                List.of(site, visitor), () -> "", () -> engine.generation(site.id()), false, () -> held(site, visitor));
        return reports.answer(cache, call, held).thenApply(answer -> FirstParty.only(answer, page));
    }

    private Body held(Site site, String visitor) {
        StorageReader reader = engine.storage().reader();
        Journey journey = reader.journeys(site.id(), List.of(visitor), List.of(), VISITS, PAGES, EVENTS)
                .get(visitor);
        return ReportFormat.JSON.body(Me.of(reader, site, visitor, journey));
    }

    /** By the id that is given, where the site keeps ids; else by address and agent. */
    private String visitor(Call call, Site site) {
        String id = call.params().one("visitor_id");
        if (id != null && (id.isEmpty() || id.length() > 64)) {
            throw ApiException.parameter("visitor_id", "must have 1 to 64 characters");
        }
        return id == null || site.cookieless()
                ? engine.visitor(
                        site.id(), call.request().address(), call.request().header("user-agent"))
                : id;
    }

    /** What a proxy in front makes of a client; for those who may do anything also what looks wrong. */
    private CompletableFuture<ApiResponse> doctor(Call call) {
        throttle.count(Claim.network(call));
        ApiRequest request = call.request();
        Place said = request.place();
        Place place = said.country() == null ? engine.place(request.address()) : said;
        Client client = new Client(
                request.address(),
                request.behindTrusted(),
                place.country(),
                place.region(),
                place.city(),
                Agent.deviceOf(request.header("user-agent")),
                request.header("user-agent"),
                request.header("host"),
                FORWARDING.stream().filter(h -> request.header(h) != null).toList(),
                call.principal().may(Permission.OWN, 0) ? warnings() : null);
        return ApiAnswers.done(ApiAnswers.json(200, client));
    }

    private List<String> warnings() {
        List<String> warnings = new ArrayList<>(engine.faults());
        if (!places) {
            warnings.add("nothing tells where visitors are: set http.geo_database or http.geo_headers");
        }
        warn(warnings, Counter.REJECTED_SITE, "beacons named a site that does not exist");
        warn(warnings, Counter.FILTERED_HOSTNAME, "beacons came from hosts that their site does not count");
        warn(warnings, Counter.LATE_IDENTITY, "events came so late that their visitor is not known");
        warn(warnings, Counter.SHED, "beacons were refused because there was no room");
        warn(warnings, Counter.UNSTORABLE, "events could not be stored and were set aside");
        warn(warnings, Counter.DEAD_LETTER_DROPPED, "events could be neither stored nor set aside");
        return warnings;
    }

    private void warn(List<String> warnings, Counter counter, String what) {
        long n = engine.counters().total(counter);
        if (n > 0) {
            warnings.add(n + " " + what);
        }
    }
}
