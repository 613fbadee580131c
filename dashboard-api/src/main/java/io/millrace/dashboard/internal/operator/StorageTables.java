package io.millrace.dashboard.internal.operator;

import io.millrace.dashboard.ApiResponse;
import io.millrace.dashboard.internal.answer.ReportFormat;
import io.millrace.dashboard.internal.cache.ReportCache;
import io.millrace.dashboard.internal.report.Reports;
import io.millrace.dashboard.internal.request.Call;
import io.millrace.dashboard.internal.request.Operation;
import io.millrace.dashboard.internal.request.Permission;
import io.millrace.dashboard.internal.shape.Shape.SnakeCase;
import io.millrace.engine.Engine;
import io.millrace.engine.StorageUse;
import java.time.Duration;
import java.util.List;
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
        return List.of(Operation.get("/api/storage", Permission.OWN, "How many bytes the tables take")
                .with(ReportFormat.INPUTS)
                .answers(Storage.class)
                .answers(200, ReportFormat.CSV)
                .kept()
                .by(this::answer));
    }

    private CompletableFuture<ApiResponse> answer(Call call) {
        ReportFormat format = ReportFormat.of(call.params(), "tables");
        return reports.answer(
                cache,
                call,
                ReportCache.Load.live(
                        format,
                        () -> format.body(Storage.of(engine.storage().reader().use()))));
    }

    @SnakeCase
    record Storage(long bytes, long freeBytes, List<TableSize> tables) {
        private static Storage of(StorageUse use) {
            List<TableSize> tables = use.tables().stream()
                    .map(t -> new TableSize(t.name(), t.bytes()))
                    .toList();
            return new Storage(use.bytes(), use.freeBytes(), tables);
        }
    }

    record TableSize(String name, long bytes) {}
}
