package io.millrace.server.internal.instance;

import io.millrace.dashboard.Operator;
import io.millrace.engine.Site;
import io.millrace.engine.spi.AccountStore.Channel;
import io.millrace.engine.spi.AccountStore.Subscription;
import io.millrace.engine.spi.AccountStore.Topic;
import io.millrace.server.internal.jobs.Jobs;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What an instance does at its time and what it has found, for the dashboard. */
record ServerOperator(Duties duties) implements Operator {
    @Override
    public List<Job> jobs() {
        return duties.jobs().all().stream().map(ServerOperator::job).toList();
    }

    private static Job job(Jobs.Status status) {
        return new Job(
                status.job().name(),
                status.job().about(),
                status.state().result(),
                status.state().began(),
                status.state().ended(),
                status.next(),
                status.state().said());
    }

    @Override
    public CompletableFuture<Job> run(String name) {
        return duties.jobs().run(name).thenApply(done -> done == null ? null : job(done));
    }

    @Override
    public String refusal(Channel channel, String target) {
        return duties.notifier().refusal(channel, target);
    }

    @Override
    public CompletableFuture<String> test(Subscription subscription) {
        return duties.jobs().submit(() -> {
            try {
                duties.notifier().test(subscription);
                return null;
            } catch (IOException e) {
                return e.getMessage();
            }
        });
    }

    @Override
    public CompletableFuture<String> preview(Site site, Topic topic) {
        return duties.jobs().submit(() -> duties.notifier().preview(site, topic));
    }

    @Override
    public List<Finding> findings() {
        return duties.findings();
    }
}
