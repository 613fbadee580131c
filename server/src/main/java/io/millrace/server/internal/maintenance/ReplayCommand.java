package io.millrace.server.internal.maintenance;

import io.millrace.replay.ReplayFrontEnd;
import io.millrace.replay.ReplayListener;
import io.millrace.replay.ReplaySettings;
import io.millrace.replay.ReplayTotals;
import io.millrace.server.internal.command.Failure;
import io.millrace.server.internal.command.OwnerCommand;
import io.millrace.server.internal.command.Problem;
import io.millrace.server.internal.command.Progress;
import io.millrace.server.internal.command.Session;
import io.millrace.wire.Cleaned;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace replay}. */
@Command(
        name = "replay",
        description = "Brings in beacons from files, from where they were left last time: in the replay format (dead"
                + " letters are), or page views from access logs. Files may be gzip, or pipes. Refused"
                + " lines are named by number;"
                + " the exit code is then 1.")
public final class ReplayCommand extends OwnerCommand {
    private static final long POLL_MILLIS = 100;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "the files; - is standard input")
    private List<String> files;

    @Option(names = "--follow", description = "go on at the ends of the files, also when they are rotated")
    private boolean follow;

    @Option(names = "--again", description = "read from the start, whatever was read before")
    private boolean again;

    @Option(
            names = "--format",
            defaultValue = "replay",
            description = "replay (default), or combined: access logs of nginx and Apache")
    private ReplaySettings.Format format;

    @Option(names = "--site", paramLabel = "ID", description = "whose access log it is, when there are several sites")
    private int siteId;

    @Override
    protected boolean stoppable() {
        return true;
    }

    @Override
    protected int run(Session session) throws Exception {
        List<Path> paths = files.stream()
                .map(name -> invocation().file(name.equals("-") ? "/dev/stdin" : name))
                .toList();
        Lines lines = new Lines(session);
        ReplayTotals totals;
        try (ReplayFrontEnd replay =
                new ReplayFrontEnd(new ReplaySettings(paths, format, siteId, follow, again), lines)) {
            replay.start(session.engine());
            totals = await(session, replay);
        }
        lines.progress.end();
        session.out()
                .printf(
                        Locale.ROOT,
                        "%d lines: %d stored, %d duplicate, %d filtered, %d skipped, %d refused, %d lost%n",
                        totals.lines(),
                        totals.stored(),
                        totals.duplicate(),
                        totals.filtered(),
                        totals.skipped(),
                        totals.refused(),
                        totals.lost());
        if (!totals.cleaned().isEmpty()) {
            session.err().println("millrace: cut or left out of what was taken: " + named(totals.cleaned()));
        }
        return totals.refused() > 0 || totals.lost() > 0 || totals.unread() > 0 ? 1 : 0;
    }

    private static String named(Map<Cleaned, Long> cleaned) {
        return cleaned.entrySet().stream()
                .map(field -> field.getKey() + " " + field.getValue())
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static ReplayTotals await(Session session, ReplayFrontEnd replay) throws InterruptedException {
        while (true) {
            try {
                return replay.done().get(POLL_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (session.cancelled().getAsBoolean()) {
                    replay.stop();
                }
            } catch (ExecutionException e) {
                throw new Failure(Problem.of(e.getCause()));
            }
        }
    }

    /** Shows how it goes on. */
    private static final class Lines implements ReplayListener {
        private static final int MOST_NAMED = 20;

        private final Session session;
        private final Progress progress;
        private int refused;

        Lines(Session session) {
            this.session = session;
            this.progress = new Progress(session.err(), session.terminal(), "replay");
        }

        @Override
        public synchronized void refused(Path file, long line, String problem) {
            refused++;
            if (refused <= MOST_NAMED) {
                session.err().println("millrace: " + file.getFileName() + ": line " + line + ": " + problem);
            } else if (refused == MOST_NAMED + 1) {
                session.err().println("millrace: more lines were refused; they are only counted");
            }
        }

        @Override
        public void unreadable(Path file, long lines, IOException problem) {
            session.err()
                    .println(
                            "millrace: " + file + ": cannot be read behind line " + lines + ": " + Problem.of(problem));
        }

        @Override
        public void progress(Path file, long bytes, long size) {
            if (size > 0) {
                progress.show((double) bytes / size);
            }
        }
    }
}
