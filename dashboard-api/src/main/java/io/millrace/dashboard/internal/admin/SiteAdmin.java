package io.millrace.dashboard.internal.admin;

import io.millrace.dashboard.ApiResponse;
import io.millrace.dashboard.internal.access.AccountDirectory;
import io.millrace.dashboard.internal.access.StoreExecutor;
import io.millrace.dashboard.internal.limit.Claim;
import io.millrace.dashboard.internal.limit.WorkerPool;
import io.millrace.dashboard.internal.request.ApiAnswers;
import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.dashboard.internal.request.Call;
import io.millrace.dashboard.internal.request.Form;
import io.millrace.dashboard.internal.request.Input;
import io.millrace.dashboard.internal.request.JsonBody;
import io.millrace.dashboard.internal.request.Operation;
import io.millrace.dashboard.internal.request.Permission;
import io.millrace.dashboard.internal.request.Principal;
import io.millrace.dashboard.internal.request.Times;
import io.millrace.dashboard.internal.shape.Shape;
import io.millrace.dashboard.internal.shape.Shape.Name;
import io.millrace.dashboard.internal.shape.Shape.Nullable;
import io.millrace.dashboard.internal.shape.Shape.SnakeCase;
import io.millrace.engine.BotMode;
import io.millrace.engine.Counter;
import io.millrace.engine.Engine;
import io.millrace.engine.HostNames;
import io.millrace.engine.PathForm;
import io.millrace.engine.Query;
import io.millrace.engine.Site;
import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Sites: listed, added, changed, removed. Thread-safe.
 *
 * @param readers where what is stored is read
 */
public record SiteAdmin(
        Engine engine, StoreExecutor executor, AccountDirectory accounts, WorkerPool readers, InstantSource clock) {
    private static final String PATH = "/api/sites";
    private static final String ONE = PATH + "/{siteId}";
    private static final Map<String, Counter> REASONS = Counter.botReasons().stream()
            .collect(Collectors.toMap(Counter::reason, reason -> reason, (a, b) -> a, TreeMap::new));
    private static final List<Input> FORM = List.of(
            Input.texts("keep_params", List.of(), "Parameters of a query that are part of a page's address"),
            Input.flag("without_slash", "Whether a slash at the end of a path is left out"),
            Input.flag("lower_case", "Whether letters of paths become small"),
            Input.texts("path_patterns", List.of(), "Paths like the first of these, /user/*, become it"));
    private static final int LOOKED_AT = 5_000;
    private static final int DAYS = 30;
    private static final Form PREVIEW = new Form("PathFormPreview", FORM);
    private static final Input DOMAIN = Input.text("domain", null);
    private static final List<Input> OTHERS = and(
            FORM,
            Input.text("name", null).clearable(),
            Input.text("timezone", "An IANA name like Europe/Berlin"),
            Input.flag("cookieless", "Whether visitors are told apart without an id in their browser"),
            Input.texts("hostnames", List.of(), "Whose events are taken; none: any host's"),
            Input.choice("bots", BotMode.values(), "What is left out as bots; a new site begins with basic"),
            Input.texts("allowed_bots", REASONS.keySet(), "Reasons for which nothing is left out nevertheless"),
            Input.flag("public_live", "Whether anybody may see how many are there, and what is popular"),
            Input.text("umami_id", "The UUID by which Umami's tracker names it").clearable(),
            Input.text("goatcounter_host", "The host at which GoatCounter's tracker counts for it")
                    .clearable());
    private static final Form NEW = new Form("NewSite", and(OTHERS, DOMAIN.must()));
    private static final Form CHANGE = new Form("SiteChange", and(OTHERS, DOMAIN));

    @Name("Site")
    @SnakeCase
    record SiteSettings(
            int id,
            String domain,
            String name,
            String timezone,
            boolean cookieless,
            Set<String> hostnames,
            Set<String> keepParams,
            boolean withoutSlash,
            boolean lowerCase,
            List<String> pathPatterns,
            BotMode bots,
            Set<String> allowedBots,
            boolean publicLive,
            @Nullable String umamiId,
            @Nullable String goatcounterHost,
            boolean mayEdit,
            boolean mayRemove) {
        private static SiteSettings of(Site s, Principal principal) {
            return new SiteSettings(
                    s.id(),
                    s.domain(),
                    s.name(),
                    Times.name(s.zone()),
                    s.cookieless(),
                    new TreeSet<>(s.hostnames()),
                    new TreeSet<>(s.keepParams()),
                    s.pathForm().withoutSlash(),
                    s.pathForm().lowerCase(),
                    s.pathForm().typed(),
                    s.bots(),
                    s.allowedBots().stream().map(Counter::reason).collect(Collectors.toCollection(TreeSet::new)),
                    s.publicLive(),
                    s.umamiId(),
                    s.goatcounterHost(),
                    principal.may(Permission.EDIT, s.id()),
                    principal.may(Permission.OWN, s.id()));
        }
    }

    /** What paths would become: how many there are, how many there would be, and examples. */
    record FormPreview(int paths, int forms, List<MergedPaths> examples) {
        static FormPreview of(PathForm.Preview p) {
            return new FormPreview(
                    p.paths(),
                    p.forms(),
                    p.examples().stream()
                            .map(e -> new MergedPaths(e.form(), e.paths(), e.of()))
                            .toList());
        }
    }

    /** What paths would become, how many they are, and some of them. */
    record MergedPaths(String form, int paths, List<String> of) {}

    @Name("Sites")
    record SiteList(List<SiteSettings> sites) {}

    private static List<Input> and(List<Input> some, Input... others) {
        return Stream.concat(Stream.of(others), some.stream()).toList();
    }

    public List<Operation> operations() {
        return List.of(
                Operation.get(PATH, Permission.KNOWN, "The sites that the caller may read")
                        .answers(SiteList.class)
                        .by(this::list),
                Operation.post(PATH, Permission.OWN, "Add a site")
                        .takes(NEW)
                        .answers(201, null, SiteSettings.class)
                        .by(this::add),
                Operation.get(ONE, Permission.READ, "One site")
                        .answers(SiteSettings.class)
                        .by(this::get),
                Operation.put(ONE, Permission.EDIT, "Change what is given of a site")
                        .takes(CHANGE)
                        .answers(SiteSettings.class)
                        .by(this::change),
                Operation.post(
                                ONE + "/paths/preview",
                                Permission.EDIT,
                                "What another form of paths would make of the commonest 5,000 of the last 30 days")
                        .takes(PREVIEW)
                        .answers(FormPreview.class)
                        .by(this::preview),
                Operation.delete(ONE, Permission.OWN, "Remove a site with all its data")
                        .by(this::remove));
    }

    private CompletableFuture<ApiResponse> list(Call call) {
        List<SiteSettings> sites = engine.sites().all().stream()
                .filter(s -> call.principal().may(Permission.READ, s.id()))
                .map(s -> SiteSettings.of(s, call.principal()))
                .toList();
        return ApiAnswers.done(ApiAnswers.json(200, new SiteList(sites)));
    }

    private CompletableFuture<ApiResponse> get(Call call) {
        return ApiAnswers.done(ApiAnswers.json(200, SiteSettings.of(call.site(), call.principal())));
    }

    private CompletableFuture<ApiResponse> add(Call call) {
        JsonBody body = JsonBody.of(call.request(), NEW);
        String domain = host(body.required("domain", 261), "domain");
        Site site = read(body, Site.of(domain), domain);
        refuseTaken(site);
        return executor.submit(() -> engine.addSite(site))
                .thenCompose(s -> accounts.note(call, "site.add", s.domain())
                        .thenApply(v -> ApiAnswers.json(201, SiteSettings.of(s, call.principal()))));
    }

    private CompletableFuture<ApiResponse> change(Call call) {
        JsonBody body = JsonBody.of(call.request(), CHANGE);
        Site before = call.site();
        String domain = body.has("domain") ? host(body.required("domain", 261), "domain") : before.domain();
        Site site = read(body, before, domain);
        refuseTaken(site);
        return executor.submit(() -> engine.updateSite(site))
                .thenCompose(s -> accounts.note(call, "site.update", s.domain())
                        .thenApply(v -> ApiAnswers.json(200, SiteSettings.of(s, call.principal()))));
    }

    private CompletableFuture<ApiResponse> preview(Call call) {
        JsonBody body = JsonBody.of(call.request(), PREVIEW);
        Site site = call.site();
        PathForm form = pathForm(body, site);
        Set<String> params = keepParams(body, site);
        return readers.submit(Claim.USER, () -> {
                    Query paths =
                            PathForm.stored(site.id(), site.lastDays(DAYS, clock.millis()), site.zone(), LOOKED_AT);
                    return FormPreview.of(form.preview(engine.query(paths), params));
                })
                .thenApply(answer -> ApiAnswers.json(200, answer));
    }

    private CompletableFuture<ApiResponse> remove(Call call) {
        Site site = call.site();
        return executor.submit(() -> engine.removeSite(site.id()))
                .thenCompose(v -> accounts.change(call, "site.remove", site.domain(), store -> null))
                .thenApply(v -> ApiAnswers.empty(204));
    }

    private void refuseTaken(Site site) {
        Site other = engine.sites().byDomain(site.domain());
        if (other != null && other.id() != site.id()) {
            throw ApiException.conflict("domain: is a site already", "domain");
        }
    }

    private static Site read(JsonBody body, Site before, String domain) {
        return new Site(
                before.id(),
                domain,
                body.has("name") ? body.text("name", 120) : before.name(),
                zone(body, before),
                body.flag("cookieless", before.cookieless()),
                body.has("hostnames") ? hosts(body) : before.hostnames(),
                keepParams(body, before),
                pathForm(body, before),
                body.hasValue("bots") ? bots(body) : before.bots(),
                body.has("allowed_bots") ? reasons(body) : before.allowedBots(),
                body.flag("public_live", before.publicLive()),
                body.has("umami_id") ? umami(body) : before.umamiId(),
                body.has("goatcounter_host") ? goatcounter(body) : before.goatcounterHost());
    }

    private static ZoneId zone(JsonBody body, Site before) {
        String name = body.text("timezone", 64);
        if (name == null) {
            return before.zone();
        }
        try {
            return Site.zoneOf(name);
        } catch (DateTimeException e) {
            throw ApiException.field("timezone", "must be an IANA name like Europe/Berlin");
        }
    }

    static String host(String text, String field) {
        String typed = HostNames.typed(text);
        String host = field.equals("domain") ? HostNames.withoutWww(typed) : typed;
        if (host == null) {
            throw ApiException.field(field, "must be a host name");
        }
        return host;
    }

    private static Set<String> hosts(JsonBody body) {
        Set<String> hosts = new LinkedHashSet<>();
        body.texts("hostnames").forEach(h -> hosts.add(host(h, "hostnames")));
        return hosts;
    }

    private static PathForm pathForm(JsonBody body, Site before) {
        PathForm form = PathForm.of(
                body.flag("without_slash", before.pathForm().withoutSlash()),
                body.flag("lower_case", before.pathForm().lowerCase()),
                body.has("path_patterns")
                        ? new LinkedHashSet<>(body.texts("path_patterns"))
                        : before.pathForm().typed());
        form.fault().ifPresent(why -> {
            throw ApiException.fault(why);
        });
        return form;
    }

    private static Set<String> keepParams(JsonBody body, Site before) {
        if (!body.has("keep_params")) {
            return before.keepParams();
        }
        Set<String> params = new LinkedHashSet<>(body.texts("keep_params"));
        if (params.stream().anyMatch(p -> !p.matches("[A-Za-z0-9_.\\-\\[\\]]{1,64}"))) {
            throw ApiException.field("keep_params", "must be names of query parameters");
        }
        return params;
    }

    private static BotMode bots(JsonBody body) {
        BotMode mode = Shape.constant(BotMode.class, body.text("bots", 10));
        if (mode == null) {
            throw ApiException.field("bots", "must be off, basic or strict");
        }
        return mode;
    }

    private static Set<Counter> reasons(JsonBody body) {
        List<String> names = body.texts("allowed_bots");
        if (!REASONS.keySet().containsAll(names)) {
            throw ApiException.field("allowed_bots", "must be some of " + String.join(", ", REASONS.keySet()));
        }
        return names.stream().map(REASONS::get).collect(Collectors.toSet());
    }

    private static String umami(JsonBody body) {
        String id = body.text("umami_id", 64);
        try {
            return id == null ? null : UUID.fromString(id).toString();
        } catch (IllegalArgumentException e) {
            throw ApiException.field("umami_id", "must be a UUID");
        }
    }

    private static String goatcounter(JsonBody body) {
        String host = body.text("goatcounter_host", 253);
        return host == null ? null : host(host, "goatcounter_host");
    }
}
