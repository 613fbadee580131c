package io.millrace.dashboard.internal.operator;

import io.millrace.dashboard.ApiResponse;
import io.millrace.dashboard.Operator;
import io.millrace.dashboard.internal.access.AccountDirectory;
import io.millrace.dashboard.internal.limit.Claim;
import io.millrace.dashboard.internal.limit.WorkerPool;
import io.millrace.dashboard.internal.request.ApiAnswers;
import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.dashboard.internal.request.Call;
import io.millrace.dashboard.internal.request.Operation;
import io.millrace.dashboard.internal.request.Permission;
import io.millrace.dashboard.internal.request.Times;
import io.millrace.dashboard.internal.shape.Shape.Name;
import io.millrace.dashboard.internal.shape.Shape.Nullable;
import io.millrace.dashboard.internal.shape.Shape.SnakeCase;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What the program found and what it does at its time, for those who may do anything. Thread-safe. */
public record OperatorRoutes(Operator operator, AccountDirectory accounts, WorkerPool memory) {

    @Name("Health")
    record Findings(List<FindingHead> findings) {}

    @Name("Finding")
    record FindingHead(String id, Operator.Severity severity, String what, String action) {}

    record Jobs(List<JobHead> jobs) {}

    @Name("Job")
    @SnakeCase
    record JobHead(
            String name,
            String about,
            String result,
            @Nullable OffsetDateTime lastRun,
            @Nullable OffsetDateTime lastEnd,
            OffsetDateTime next,
            @Nullable String said) {
        private static JobHead of(Operator.Job job) {
            return new JobHead(
                    job.name(),
                    job.about(),
                    job.result(),
                    at(job.lastRun()),
                    at(job.lastEnd()),
                    at(job.next()),
                    job.said());
        }

        private static OffsetDateTime at(Instant time) {
            return time == null ? null : Times.at(time.toEpochMilli(), ZoneOffset.UTC);
        }
    }

    public List<Operation> operations() {
        return List.of(
                Operation.get("/api/health", Permission.OWN, "What somebody should know, what matters most first")
                        .answers(Findings.class)
                        .by(this::health),
                Operation.get("/api/jobs", Permission.OWN, "What is done at its time, and what came of it")
                        .answers(Jobs.class)
                        .by(this::jobs),
                Operation.post("/api/jobs/{job}", Permission.OWN, "Do a job now; answers when it is done")
                        .answers(JobHead.class)
                        .by(this::run));
    }

    private CompletableFuture<ApiResponse> health(Call call) {
        return memory.submit(Claim.USER, operator::findings)
                .thenApply(found -> ApiAnswers.json(
                        200,
                        new Findings(found.stream()
                                .map(f -> new FindingHead(f.id(), f.severity(), f.what(), f.action()))
                                .toList())));
    }

    private CompletableFuture<ApiResponse> jobs(Call call) {
        return ApiAnswers.done(ApiAnswers.json(
                200, new Jobs(operator.jobs().stream().map(JobHead::of).toList())));
    }

    private CompletableFuture<ApiResponse> run(Call call) {
        String name = call.variables().get("job");
        if (operator.jobs().stream().noneMatch(job -> job.name().equals(name))) {
            throw ApiException.notFound("job");
        }
        return accounts.note(call, "job.run", name)
                .thenCompose(noted -> operator.run(name))
                .thenApply(job -> ApiAnswers.json(200, JobHead.of(job)));
    }
}
