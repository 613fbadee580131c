package io.millrace.dashboard.internal.operator;

import io.millrace.dashboard.ApiResponse;
import io.millrace.dashboard.internal.cache.ReportCache;
import io.millrace.dashboard.internal.report.LiveLoad;
import io.millrace.dashboard.internal.report.ReportFormat;
import io.millrace.dashboard.internal.report.Reports;
import io.millrace.dashboard.internal.request.Call;
import io.millrace.dashboard.internal.request.Operation;
import io.millrace.dashboard.internal.request.Permission;
import io.millrace.engine.Engine;
import io.millrace.engine.StorageUse;
import io.millrace.wire.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** How much room the storage takes, for those who may do anything. Looked at rarely: it reads all there is. */
public final class StorageTables {
    private static final Duration KEPT = Duration.ofMinutes(10);
    private final Engine engine;
    private final Reports reports;
    private final ReportCache cache;

    public StorageTables(Engine engine, Reports reports) {
        this.engine = engine;
        this.reports = reports;
        cache = reports.cache("storage", KEPT);
    }

    public List<Operation> operations() {
        return List.of(Operation.of("GET", "/api/storage", Permission.OWN, this::answer));
    }

    private CompletableFuture<ApiResponse> answer(Call call) {
        call.params().only(Set.of("format", "table"));
        ReportFormat format = ReportFormat.of(call.params(), "tables");
        return reports.answer(
                cache,
                call,
                new LiveLoad(
                        format, () -> format.body(tree(engine.storage().reader().use()))));
    }

    private static JsonObject tree(StorageUse use) {
        return JsonObject.of("bytes", use.bytes())
                .with("free_bytes", use.freeBytes())
                .with(
                        "tables",
                        use.tables().stream()
                                .map(t -> JsonObject.of("name", t.name()).with("bytes", t.bytes()))
                                .toList());
    }
}
