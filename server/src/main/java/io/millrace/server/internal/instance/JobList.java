package io.millrace.server.internal.instance;

import io.millrace.engine.Engine;
import io.millrace.server.internal.config.Config;
import io.millrace.server.internal.config.Settings;
import io.millrace.server.internal.jobs.Backups;
import io.millrace.server.internal.jobs.Job;
import io.millrace.server.internal.jobs.Job.MakeUp;
import io.millrace.server.internal.jobs.Schedule;
import io.millrace.server.internal.notify.Notifier;
import io.millrace.storage.sqlite.Keep;
import io.millrace.storage.sqlite.RowCount;
import io.millrace.storage.sqlite.SqliteStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** The jobs of an instance. What is switched by a setting looks at it each time. */
record JobList(Instance instance, Notifier notifier) {
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration WEEK = Duration.ofDays(7);

    /** A salt of a day that began longer ago should be gone: a day, the overlap, and the zones that are behind. */
    private static final int SALT_DAYS = 3;

    private static final long WAIT_NANOS = 5_000_000;

    List<Job> all() {
        LocalTime time = instance.config().get(Settings.BACKUP_TIME);
        return List.of(
                new Job(
                        "checkpoint",
                        "Empties the write-ahead log",
                        Schedule.every(HOUR),
                        MakeUp.LATEST,
                        due -> checkpoint()),
                new Job(
                        "prune",
                        "Removes visits older than the retention",
                        Schedule.every(HOUR),
                        MakeUp.LATEST,
                        due -> prune()),
                new Job(
                        "backup",
                        "Copies the database to backup.directory, checks the copy, and removes old ones",
                        Schedule.daily(time, ZoneId.systemDefault()),
                        MakeUp.LATEST,
                        this::backup),
                new Job(
                        "notices",
                        "Sends reports that are due, looks for what to alert of, and tries again to send what was not taken",
                        Schedule.every(FIVE_MINUTES),
                        MakeUp.LATEST,
                        due -> notices()),
                new Job(
                        "salts",
                        "Looks that salts of days gone by are forgotten",
                        Schedule.every(HOUR),
                        MakeUp.LATEST,
                        due -> salts()),
                new Job(
                        "vacuum",
                        "Gives free pages of the database back to the disk",
                        Schedule.every(WEEK),
                        MakeUp.LATEST,
                        due -> vacuum()),
                new Job(
                        "verify",
                        "Recounts every figure from the rows",
                        Schedule.every(WEEK.plus(DAY)),
                        MakeUp.LATEST,
                        due -> verify()));
    }

    private SqliteStorage storage() {
        return instance.storage();
    }

    private Engine engine() {
        return instance.engine();
    }

    private String checkpoint() {
        return engine().execute(writer -> storage().checkpoint()).join() + " bytes are left in the log";
    }

    private String prune() {
        Map<Keep, Duration> after = retention(instance.config());
        RowCount all = RowCount.NONE;
        for (Map.Entry<Keep, Duration> each : after.entrySet()) {
            long before = instance.clock().millis() - each.getValue().toMillis();
            all = all.plus(instance.remove(
                    storage().pruning(before, each.getKey()),
                    step -> !Thread.currentThread().isInterrupted()));
        }
        return after.isEmpty() ? null : all.visits() + " visits with " + all.pageViews() + " page views removed";
    }

    private static Map<Keep, Duration> retention(Config config) {
        Map<Keep, Duration> after = new EnumMap<>(Keep.class);
        set(after, Keep.PACKS, config.get(Settings.RETENTION_ROWS));
        set(after, Keep.FIGURES, config.get(Settings.RETENTION_PACKS));
        set(after, Keep.FIGURES, config.get(Settings.RETENTION));
        return after;
    }

    private static void set(Map<Keep, Duration> after, Keep keep, Duration time) {
        if (time != null) {
            after.merge(keep, time, (a, b) -> a.compareTo(b) < 0 ? a : b);
        }
    }

    private String backup(Instant due) throws IOException {
        Backups backups = instance.backups();
        if (backups == null) {
            return null;
        }
        engine().flush().join();
        return backups.run(due, Files.size(instance.directory().database()), storage()::backup);
    }

    private String notices() throws IOException {
        return engine().storage().accounts().subscriptions().isEmpty() ? null : notifier.run();
    }

    /** They are forgotten by the engine; this looks at the file that it keeps. */
    private String salts() throws IOException {
        LocalDate oldest =
                LocalDate.ofInstant(instance.clock().instant(), ZoneOffset.UTC).minusDays(SALT_DAYS);
        try {
            List<String> days = Files.readAllLines(instance.directory().salts()).stream()
                    .map(line -> line.split(" ")[1])
                    .sorted()
                    .toList();
            if (!days.isEmpty() && LocalDate.parse(days.get(0)).isBefore(oldest)) {
                throw new IOException("a salt of " + days.get(0) + " is still there");
            }
            return days.size() + " salts" + (days.isEmpty() ? "" : ", the oldest of " + days.get(0));
        } catch (NoSuchFileException e) {
            return "no salts";
        }
    }

    private String vacuum() {
        long pages = 0;
        long freed = engine().execute(writer -> storage().vacuumStep()).join();
        while (freed > 0 && !Thread.currentThread().isInterrupted()) {
            pages += freed;
            LockSupport.parkNanos(WAIT_NANOS); // the page views that have waited come first
            freed = engine().execute(writer -> storage().vacuumStep()).join();
        }
        return pages + " pages given back";
    }

    private String verify() throws IOException {
        int differences = storage().verify().differences().size();
        if (differences > 0) {
            throw new IOException(differences + " figures differ from the rows; 'millrace repair' counts them anew");
        }
        return "no differences";
    }
}
