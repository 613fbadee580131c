package io.millrace.dashboard.internal.admin;

import io.millrace.dashboard.ApiResponse;
import io.millrace.dashboard.internal.access.AccountDirectory;
import io.millrace.dashboard.internal.query.FilterText;
import io.millrace.dashboard.internal.query.SiteGoals;
import io.millrace.dashboard.internal.request.ApiAnswers;
import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.dashboard.internal.request.Call;
import io.millrace.dashboard.internal.request.Form;
import io.millrace.dashboard.internal.request.Input;
import io.millrace.dashboard.internal.request.JsonBody;
import io.millrace.dashboard.internal.request.Operation;
import io.millrace.dashboard.internal.request.Permission;
import io.millrace.dashboard.internal.shape.Shape;
import io.millrace.engine.Engine;
import io.millrace.engine.spi.AccountStore;
import io.millrace.engine.spi.AccountStore.Segment;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The segments of a site, and those that a user has there for himself: listed, added, changed, removed. Thread-safe. */
public record SegmentAdmin(Engine engine, AccountDirectory accounts, InstantSource clock) {
    /** Who has it. */
    enum Type {
        /** The user who added it. */
        PERSONAL,
        /** Everybody who may read the site. */
        SITE
    }

    private static final Input NAME = Input.text(
            "name",
            "Each of the site has another, and each of a user; not a number alone; segment= takes it as it stands");
    private static final Input FILTER = Input.text("filter", "A query string, such as country=DE&device=mobile");
    private static final Input TYPE = Input.choice(
                    "type", Type.values(), "Whether its user alone has it, or all of the site, which takes an editor")
            .or("personal");
    private static final Form NEW = new Form("NewSegment", NAME.must(), FILTER.must(), TYPE);
    private static final Form CHANGE = new Form("SegmentChange", NAME, FILTER);
    private static final String PATH = "/api/sites/{siteId}/segments";

    record SegmentHead(int id, String name, Type type, String filter) {
        private static SegmentHead of(Segment s) {
            return new SegmentHead(s.id(), s.name(), s.userId() == 0 ? Type.SITE : Type.PERSONAL, s.filter());
        }
    }

    record SegmentList(List<SegmentHead> segments) {}

    public List<Operation> operations() {
        return List.of(
                Operation.get(PATH, Permission.READ, "The caller's own segments of a site, and the site's")
                        .answers(SegmentList.class)
                        .by(this::list),
                Operation.post(PATH, Permission.READ, "Save filters under a name")
                        .takes(NEW)
                        .answers(201, null, SegmentHead.class)
                        .by(this::add),
                Operation.put(
                                PATH + "/{segmentId}",
                                Permission.READ,
                                "Change what is given of a segment; not its filter while a link is locked to it")
                        .takes(CHANGE)
                        .answers(SegmentHead.class)
                        .by(this::change),
                Operation.delete(
                                PATH + "/{segmentId}",
                                Permission.READ,
                                "Remove a segment, unless a link is locked to it")
                        .by(this::remove));
    }

    private CompletableFuture<ApiResponse> list(Call call) {
        List<SegmentHead> all = accounts.segments(call.site().id(), call.principal()).stream()
                .map(SegmentHead::of)
                .toList();
        return ApiAnswers.done(ApiAnswers.json(200, new SegmentList(all)));
    }

    private CompletableFuture<ApiResponse> add(Call call) {
        JsonBody body = JsonBody.of(call.request(), NEW);
        String name = body.required("name", Segment.LONGEST_NAME);
        String filter = filter(call, body);
        Segment segment = new Segment(0, call.site().id(), owner(call, body), name, filter, clock.millis());
        refuse(segment);
        return accounts.change(call, "segment.add", name, store -> save(store, segment))
                .thenApply(saved -> ApiAnswers.json(201, SegmentHead.of(saved)));
    }

    private CompletableFuture<ApiResponse> change(Call call) {
        Segment found = find(call);
        JsonBody body = JsonBody.of(call.request(), CHANGE);
        String name = body.has("name") ? body.required("name", Segment.LONGEST_NAME) : null;
        String filter = body.has("filter") ? filter(call, body) : null;
        return accounts.change(call, "segment.update", name == null ? found.name() : name, store -> {
                    Segment before = AccountDirectory.find(store.segments(), Segment::id, found.id(), "segment");
                    Segment after = before.with(changed -> changed.name(name == null ? before.name() : name)
                            .filter(filter == null ? before.filter() : filter));
                    refuse(after);
                    return save(store, after);
                })
                .thenApply(saved -> ApiAnswers.json(200, SegmentHead.of(saved)));
    }

    private CompletableFuture<ApiResponse> remove(Call call) {
        Segment segment = find(call);
        return accounts.remove(call, "segment.remove", segment.name(), store -> {
            segment.lock(store.links()).ifPresent(why -> {
                throw ApiException.conflict(why, null);
            });
            store.removeSegment(segment.id());
        });
    }

    private static Segment save(AccountStore store, Segment segment) {
        refuse(segment.conflict(store.segments(), store.links()), true);
        return store.saveSegment(segment);
    }

    private static void refuse(Segment segment) {
        refuse(segment.fault(), false);
    }

    /** @param fault beginning with the field at fault */
    private static void refuse(Optional<String> fault, boolean conflict) {
        fault.ifPresent(why -> {
            throw conflict ? ApiException.conflict(why) : ApiException.fault(why);
        });
    }

    /** Whose it becomes; 0: the site's. */
    private static int owner(Call call, JsonBody body) {
        String label = body.hasValue("type") ? body.text("type") : (String) TYPE.otherwise();
        Type type = Shape.constant(Type.class, label);
        if (type == null) {
            throw ApiException.field("type", "must be one of " + String.join(", ", TYPE.values()));
        }
        if (type == Type.SITE) {
            mustEdit(call);
            return 0;
        }
        if (call.principal().user() == null) {
            throw ApiException.field("type", "a key has no segments of its own; site makes one of the site");
        }
        return call.principal().user().id();
    }

    private String filter(Call call, JsonBody body) {
        String filter = body.required("filter", Segment.LONGEST_FILTER);
        FilterText.check(filter, new SiteGoals(engine.sites().goals(call.site().id()), List.of()));
        return filter;
    }

    /** One that the caller may change. */
    private Segment find(Call call) {
        Segment found = AccountDirectory.find(
                accounts.segments(call.site().id(), call.principal()), Segment::id, call.id("segmentId"), "segment");
        if (found.userId() == 0) {
            mustEdit(call);
        }
        return found;
    }

    private static void mustEdit(Call call) {
        if (!call.principal().may(Permission.EDIT, call.site().id())) {
            throw ApiException.forbidden();
        }
    }
}
