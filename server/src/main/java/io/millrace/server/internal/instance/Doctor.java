package io.millrace.server.internal.instance;

import io.millrace.dashboard.Operator.Finding;
import io.millrace.dashboard.Operator.Severity;
import io.millrace.engine.Bounds;
import io.millrace.engine.Counter;
import io.millrace.engine.Health;
import io.millrace.server.internal.config.Config;
import io.millrace.server.internal.config.Settings;
import io.millrace.server.internal.jobs.Backups;
import io.millrace.server.internal.jobs.Jobs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Finds what will bite somebody who does nothing about it: disk, clock, proxies, files that grow old, limits, copies that are missing.
 * Thread-safe.
 *
 * @param front what HTTP has noticed: proxies that are not trusted; asked each time
 */
record Doctor(Instance instance, Jobs jobs, ClockWatch clockWatch, Front front) {
    private static final int PART_OF_DISK = 4;
    private static final Duration OLD_PLACES = Duration.ofDays(90);
    private static final Duration OLD_BACKUP = Duration.ofHours(50);
    private static final Duration NEWS = Duration.ofDays(1);
    private static final Duration CERTIFICATE = Duration.ofDays(14);
    private static final double NEAR = 0.9;

    /** Those of the bounds whose fullness costs somebody something; caches are meant to be full. */
    private static final Set<String> FELT =
            Set.of("ring", "visits", "live", "http_unfinished", "http_unsent", "http_connections", "live_streams");

    /** What HTTP has noticed. */
    interface Front {
        /** Nothing listens. */
        Front NONE = () -> null;

        /** Why visitors may not be told apart, for people; or null. */
        String suspicion();
    }

    List<Finding> findings() {
        List<Finding> found = new ArrayList<>();
        health(found);
        disk(found);
        backups(found);
        failedJobs(found);
        clock(found);
        proxies(found);
        places(found);
        certificate(found);
        limits(found);
        address(found);
        found.sort(Comparator.comparing(Finding::severity).reversed());
        return found;
    }

    private static void add(List<Finding> to, String id, Severity severity, String what, String action) {
        to.add(new Finding(id, severity, what, action));
    }

    private Config config() {
        return instance.config();
    }

    private void health(List<Finding> found) {
        Health health = instance.engine().health();
        if (health.state() != Health.State.RUNNING) {
            add(
                    found,
                    "not_ready",
                    Severity.CRITICAL,
                    "No beacons are taken: " + health.reason() + ".",
                    "Mend what it names; the server goes on by itself.");
        }
        long dropped = instance.engine().counters().total(Counter.DEAD_LETTER_DROPPED);
        long letters = instance.directory().deadLetters().toFile().length();
        if (dropped > 0) {
            add(
                    found,
                    "events_lost",
                    Severity.CRITICAL,
                    dropped + " events could not be stored and are lost: dead-letters.ndjson is full.",
                    "Look there for what is wrong with them, bring them back with 'millrace replay', and remove the file.");
        } else if (letters > 0) {
            add(
                    found,
                    "dead_letters",
                    Severity.WARNING,
                    "Events of " + letters + " bytes could not be stored; they are in dead-letters.ndjson.",
                    "Look there for what is wrong with them, and bring them back with 'millrace replay'.");
        }
    }

    private void disk(List<Finding> found) {
        Path data = instance.directory().path();
        try {
            FileStore disk = Files.getFileStore(data);
            long free = disk.getUsableSpace();
            long reserve = Math.min(config().get(Settings.DISK_RESERVE), disk.getTotalSpace() / PART_OF_DISK);
            String left = (free >> 20) + " MB are free on the disk of " + data;
            if (disk.isReadOnly() || !Files.isWritable(data)) {
                add(
                        found,
                        "disk_read_only",
                        Severity.CRITICAL,
                        data + " cannot be written to.",
                        "Mount its disk for writing, and see why it was not: file systems with errors are often made read-only.");
            } else if (free < reserve) {
                add(
                        found,
                        "disk_full",
                        Severity.CRITICAL,
                        left + ", less than sqlite.disk_reserve: new beacons are refused.",
                        "Make room, or remove old visits with 'millrace prune'; the server goes on by itself.");
            } else if (free
                    < 2 * reserve + instance.directory().database().toFile().length() / 10) {
                add(
                        found,
                        "disk_low",
                        Severity.WARNING,
                        left + "; at " + (reserve >> 20) + " MB new beacons will be refused.",
                        "Make room, give it a larger disk, or set retention.rows.");
            }
        } catch (IOException e) {
            add(
                    found,
                    "disk_unknown",
                    Severity.WARNING,
                    data + ": " + e.getMessage() + ".",
                    "See whether its disk works.");
        }
    }

    private void backups(List<Finding> found) {
        Backups backups = instance.backups();
        if (backups == null) {
            add(
                    found,
                    "no_backup",
                    Severity.WARNING,
                    "There are no daily copies of the database.",
                    "Set backup.directory, on another disk if there is one; or let Litestream copy it, and pass over this.");
            return;
        }
        try {
            List<Path> copies = backups.all();
            if (copies.isEmpty()) {
                add(
                        found,
                        "no_backup",
                        Severity.WARNING,
                        "There is no copy of the database in " + backups.directory() + " yet.",
                        "Make one now: 'millrace jobs run backup'.");
                return;
            }
            Instant youngest = Files.getLastModifiedTime(copies.get(0)).toInstant();
            if (youngest.isBefore(instance.clock().instant().minus(OLD_BACKUP))) {
                add(
                        found,
                        "backup_old",
                        Severity.CRITICAL,
                        "The youngest copy of the database is of " + youngest + ".",
                        "See what 'millrace jobs' says of backup.");
            }
            if (Files.getFileStore(backups.directory())
                    .equals(Files.getFileStore(instance.directory().path()))) {
                add(
                        found,
                        "backup_same_disk",
                        Severity.INFO,
                        "Copies of the database are on the same disk as the database.",
                        "Have another program take them elsewhere, or set backup.directory to another disk.");
            }
        } catch (IOException e) {
            add(
                    found,
                    "no_backup",
                    Severity.CRITICAL,
                    "Copies of the database cannot be read: " + e.getMessage() + ".",
                    "See whether " + backups.directory() + " is there and may be read.");
        }
    }

    private void failedJobs(List<Finding> found) {
        for (Jobs.Status job : jobs.all()) {
            if (job.state().failures() > 0) {
                add(
                        found,
                        "job_failed",
                        Severity.WARNING,
                        "The job " + job.job().name() + " failed: "
                                + job.state().said() + ".",
                        "It is tried again at " + job.next() + "; mend what it names.");
            }
        }
    }

    private void clock(List<Finding> found) {
        ClockWatch.Jump jump = clockWatch.last();
        if (jump != null && jump.at().isAfter(instance.clock().instant().minus(NEWS))) {
            add(
                    found,
                    "clock_jump",
                    Severity.WARNING,
                    "The clock was set " + (jump.by().isNegative() ? "back" : "forward") + " by "
                            + jump.by().abs().toSeconds() + " s at " + jump.at() + ".",
                    "Keep it right with NTP; visits of that time may lie on another day.");
        }
        LocalDate today = LocalDate.ofInstant(instance.clock().instant(), ZoneOffset.UTC);
        if (today.getYear() < 2026 || today.getYear() > 2100) {
            add(
                    found,
                    "clock_wrong",
                    Severity.CRITICAL,
                    "The clock says that it is " + today + ".",
                    "Set it right: every visit is counted on a wrong day.");
        }
    }

    private void proxies(List<Finding> found) {
        String suspicion = front.suspicion();
        if (suspicion != null) {
            add(
                    found,
                    "proxy_untrusted",
                    Severity.CRITICAL,
                    "Visitors may be counted as one: " + suspicion + ".",
                    "Add the proxy's addresses to http.trusted_proxies; 'GET /api/doctor/client' shows what is used.");
        }
    }

    private void places(List<Finding> found) {
        instance.engine()
                .faults()
                .forEach(fault -> add(
                        found,
                        "places_fault",
                        Severity.WARNING,
                        fault + ".",
                        "See whether the file is whole and may be read."));
        Path database = config().get(Settings.GEO_DATABASE);
        if (database != null && instance.placesOf() != null) {
            Duration age =
                    Duration.between(instance.placesOf(), instance.clock().instant());
            if (age.compareTo(OLD_PLACES) > 0) {
                add(
                        found,
                        "places_old",
                        Severity.WARNING,
                        "The database of places was made " + age.toDays() + " days ago.",
                        "Fetch a newer one from where it came, at " + database + "; it is taken up by itself.");
            }
        }
    }

    private void certificate(List<Finding> found) {
        Path file = config().get(Settings.TLS_CERTIFICATE);
        if (file == null) {
            return;
        }
        try (InputStream in = Files.newInputStream(file)) {
            X509Certificate first =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
            Instant end = first.getNotAfter().toInstant();
            if (end.isBefore(instance.clock().instant().plus(CERTIFICATE))) {
                boolean over = end.isBefore(instance.clock().instant());
                add(
                        found,
                        "certificate_expires",
                        over ? Severity.CRITICAL : Severity.WARNING,
                        "The certificate in " + file + (over ? " was" : " is") + " good until " + end + ".",
                        "Put a renewed one in its place; it is taken up within a minute.");
            }
        } catch (IOException | CertificateException e) {
            add(
                    found,
                    "certificate_expires",
                    Severity.WARNING,
                    "The certificate in " + file + " cannot be read: " + e.getMessage() + ".",
                    "See whether the file is whole; until then the one of before is used.");
        }
    }

    private void limits(List<Finding> found) {
        for (Bounds.Bound bound : instance.engine().bounds().all()) {
            if (FELT.contains(bound.name()) && bound.used().getAsLong() > NEAR * bound.limit()) {
                add(
                        found,
                        "near_limit",
                        Severity.WARNING,
                        "The memory for " + bound.name() + " is nearly full.",
                        "See what happens then, and which setting makes it larger, in docs/reliability.md.");
            }
        }
    }

    private void address(List<Finding> found) {
        String host = config().get(Settings.HOST);
        boolean open = !host.equals("localhost") && !host.startsWith("127.") && !host.equals("::1");
        if (open && config().get(Settings.PUBLIC_URL) == null) {
            add(
                    found,
                    "no_public_url",
                    Severity.INFO,
                    "The server does not know how browsers reach it.",
                    "Set public_url, so that links in mails and tags are right and cookies are kept to HTTPS.");
        }
    }
}
