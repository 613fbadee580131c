package io.millrace.server.internal.maintenance;

import io.millrace.server.internal.command.Failure;
import io.millrace.server.internal.command.Group;
import io.millrace.server.internal.command.OwnerCommand;
import io.millrace.server.internal.command.Session;
import io.millrace.server.internal.jobs.Jobs;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code millrace jobs}. */
@Command(
        name = "jobs",
        description = "Shows what a server does at its time and what came of it, and does such a job now.",
        subcommands = {JobsCommand.ListAll.class, JobsCommand.Run.class})
public final class JobsCommand extends Group {

    @Command(
            name = "list",
            description =
                    "Lists the jobs: name, result, last run, next run, what came of it, with tabs between; times are UTC.")
    static final class ListAll extends OwnerCommand {
        @Override
        protected int run(Session session) {
            session.duties().jobs().all().forEach(job -> row(session, job));
            return 0;
        }
    }

    @Command(name = "run", description = "Does a job now, whether it is due or not; exits 1 when it fails.")
    static final class Run extends OwnerCommand {
        @Parameters(paramLabel = "JOB", description = "its name, as 'jobs list' shows it")
        private String name;

        @Override
        protected int run(Session session) {
            Jobs.Status done = Session.await(session.duties().jobs().run(name));
            if (done == null) {
                throw new Failure("there is no job " + name);
            }
            row(session, done);
            return done.state().failures() == 0 ? 0 : 1;
        }
    }

    private static void row(Session session, Jobs.Status job) {
        session.row(
                job.job().name(),
                job.state().result(),
                text(job.state().began()),
                text(job.next()),
                job.state().said() == null ? "-" : job.state().said());
    }

    private static String text(Instant time) {
        return time == null ? "-" : time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
