package io.millrace.dashboard.internal.admin;

import io.millrace.dashboard.ApiResponse;
import io.millrace.dashboard.internal.access.AccountDirectory;
import io.millrace.dashboard.internal.answer.ReportFormat;
import io.millrace.dashboard.internal.cache.ReportStore;
import io.millrace.dashboard.internal.limit.Claim;
import io.millrace.dashboard.internal.limit.WorkerPool;
import io.millrace.dashboard.internal.query.PeriodParser;
import io.millrace.dashboard.internal.request.ApiAnswers;
import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.dashboard.internal.request.Call;
import io.millrace.dashboard.internal.request.Form;
import io.millrace.dashboard.internal.request.Input;
import io.millrace.dashboard.internal.request.JsonBody;
import io.millrace.dashboard.internal.request.Operation;
import io.millrace.dashboard.internal.request.Permission;
import io.millrace.dashboard.internal.request.Times;
import io.millrace.engine.Period;
import io.millrace.engine.Site;
import io.millrace.engine.spi.AccountStore.Annotation;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The annotations of a site: listed, added, changed, removed. They are for those who may read the site; no shared link shows
 * them. Thread-safe.
 *
 * @param readers where they are read
 */
public record AnnotationAdmin(AccountDirectory accounts, WorkerPool readers, InstantSource clock) {
    private static final Input TEXT =
            Input.text("text", "What happened, at most " + Annotation.LONGEST_TEXT + " bytes");
    private static final Input TIME = Input.time("time", "When; now when it is absent");
    private static final Form NEW = new Form("NewAnnotation", TEXT.must(), TIME);
    private static final Form CHANGE = new Form("AnnotationChange", TEXT, TIME);
    private static final String PATH = "/api/sites/{siteId}/annotations";
    private static final List<Input> PERIOD = List.of(PeriodParser.PERIOD, PeriodParser.FROM, PeriodParser.TO);

    record AnnotationHead(int id, OffsetDateTime time, String text, String author) {
        private static AnnotationHead of(Annotation a, Site site) {
            return new AnnotationHead(a.id(), Times.at(a.time(), site.zone()), a.text(), a.author());
        }
    }

    record AnnotationList(List<AnnotationHead> annotations) {}

    public List<Operation> operations() {
        return List.of(
                Operation.get(PATH, Permission.READ, "What was noted of a site, by the time that it is about")
                        .with(PERIOD)
                        .with(ReportFormat.INPUTS)
                        .answers(AnnotationList.class)
                        .answers(200, ReportFormat.CSV)
                        .by(this::list),
                Operation.post(PATH, Permission.EDIT, "Note something")
                        .takes(NEW)
                        .answers(201, null, AnnotationHead.class)
                        .by(this::add),
                Operation.put(PATH + "/{annotationId}", Permission.EDIT, "Change what is given of an annotation")
                        .takes(CHANGE)
                        .answers(AnnotationHead.class)
                        .by(this::change),
                Operation.delete(PATH + "/{annotationId}", Permission.EDIT, "Remove an annotation")
                        .by(this::remove));
    }

    private CompletableFuture<ApiResponse> list(Call call) {
        Site site = call.site();
        Period period = PeriodParser.parse(call.params(), "30d", site.zone(), clock.millis())
                .current();
        ReportFormat format = ReportFormat.of(call.params(), "annotations");
        return readers.submit(Claim.USER, () -> accounts.annotations(site.id())).thenApply(all -> {
            List<AnnotationHead> within = all.stream()
                    .filter(a -> a.time() >= period.from() && a.time() < period.to())
                    .map(a -> AnnotationHead.of(a, site))
                    .toList();
            ReportStore.Body body = format.body(new AnnotationList(within));
            return ApiAnswers.body(200, body.type(), body.bytes());
        });
    }

    private CompletableFuture<ApiResponse> add(Call call) {
        JsonBody body = JsonBody.of(call.request(), NEW);
        String text = body.required("text", Annotation.LONGEST_TEXT);
        Long time = body.time(TIME, clock.millis());
        Annotation annotation = new Annotation(
                0,
                call.site().id(),
                time == null ? clock.millis() : time,
                text,
                call.principal().name());
        refuse(annotation.fault());
        return accounts.change(call, "annotation.add", annotation.text(), store -> {
                    Annotation.full(store.annotations(annotation.siteId())).ifPresent(why -> {
                        throw ApiException.conflict(why, "text");
                    });
                    return store.saveAnnotation(annotation);
                })
                .thenApply(saved -> ApiAnswers.json(201, AnnotationHead.of(saved, call.site())));
    }

    private CompletableFuture<ApiResponse> change(Call call) {
        JsonBody body = JsonBody.of(call.request(), CHANGE);
        int id = call.id("annotationId");
        String text = body.has("text") ? body.required("text", Annotation.LONGEST_TEXT) : null;
        Long time = body.time(TIME, clock.millis());
        String detail = text == null ? "annotation " + id : text;
        return accounts.change(call, "annotation.update", detail, store -> {
                    Annotation before = AccountDirectory.find(
                            store.annotations(call.site().id()), Annotation::id, id, "annotation");
                    Annotation after = before.with(changed -> changed.text(text == null ? before.text() : text)
                            .time(time == null ? before.time() : time)
                            .author(call.principal().name()));
                    refuse(after.fault());
                    return store.saveAnnotation(after);
                })
                .thenApply(saved -> ApiAnswers.json(200, AnnotationHead.of(saved, call.site())));
    }

    private CompletableFuture<ApiResponse> remove(Call call) {
        int id = call.id("annotationId");
        return accounts.remove(call, "annotation.remove", "annotation " + id, store -> {
            AccountDirectory.find(store.annotations(call.site().id()), Annotation::id, id, "annotation");
            store.removeAnnotation(id);
        });
    }

    private static void refuse(Optional<String> fault) {
        fault.ifPresent(why -> {
            throw ApiException.fault(why);
        });
    }
}
