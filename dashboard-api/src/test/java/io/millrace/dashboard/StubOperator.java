package io.millrace.dashboard;

import io.millrace.engine.Site;
import io.millrace.engine.spi.AccountStore.Channel;
import io.millrace.engine.spi.AccountStore.Subscription;
import io.millrace.engine.spi.AccountStore.Topic;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Has one job, which counts how often it was done, and two findings. */
final class StubOperator implements Operator {
    private int runs;

    private Job job() {
        return new Job(
                "backup",
                "Copies the database",
                runs == 0 ? "never" : "ok",
                runs == 0 ? null : Instant.parse("2026-03-10T03:30:00Z"),
                runs == 0 ? null : Instant.parse("2026-03-10T03:30:01Z"),
                Instant.parse("2026-03-11T03:30:00Z"),
                runs == 0 ? null : runs + " copies");
    }

    @Override
    public List<Job> jobs() {
        return List.of(job());
    }

    @Override
    public CompletableFuture<Job> run(String name) {
        runs++;
        return CompletableFuture.completedFuture(job());
    }

    @Override
    public String refusal(Channel channel, String target) {
        return target.contains("localhost") ? "leads into a private network" : null;
    }

    @Override
    public CompletableFuture<String> test(Subscription subscription) {
        return CompletableFuture.completedFuture(subscription.target().contains("broken") ? "it answered 500" : null);
    }

    @Override
    public CompletableFuture<String> preview(Site site, Topic topic) {
        return CompletableFuture.completedFuture("<h1>" + site.domain() + " " + topic + "</h1>");
    }

    @Override
    public List<Finding> findings() {
        return List.of(
                new Finding("disk_full", Severity.CRITICAL, "The disk is full.", "Make room."),
                new Finding("no_public_url", Severity.INFO, "It has no name.", "Set public_url."));
    }
}
