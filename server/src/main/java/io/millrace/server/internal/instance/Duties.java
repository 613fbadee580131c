package io.millrace.server.internal.instance;

import io.millrace.dashboard.Operator.Finding;
import io.millrace.server.internal.jobs.Jobs;
import io.millrace.server.internal.notify.Notifier;
import java.util.List;

/** What is done for an instance without anybody asking: jobs, notices to subscribers, and looking whether all is well. Thread-safe. */
public final class Duties implements AutoCloseable {
    private final Instance instance;
    private final ClockWatch clockWatch;
    private final Notifier notifier;
    private final Jobs jobs;
    private volatile Doctor doctor;

    public Duties(Instance instance) {
        this.instance = instance;
        clockWatch = new ClockWatch(instance.clock(), System::nanoTime);
        notifier = new Notifier(
                instance.engine(),
                instance.keyring(),
                instance::config,
                instance::baseUrl,
                this::findings,
                instance.clock(),
                instance.directory().notices());
        jobs = new Jobs(
                new JobList(instance, notifier).all(), instance.directory().jobs(), instance.clock());
        onFindings(Doctor.Front.NONE);
    }

    public Instance instance() {
        return instance;
    }

    /** What is done at its time; begins when a server starts. */
    public Jobs jobs() {
        return jobs;
    }

    /** Tells subscribers what they want to know. */
    Notifier notifier() {
        return notifier;
    }

    /** What somebody should know, what matters most first. Asks disks. */
    public List<Finding> findings() {
        return doctor.findings();
    }

    /** What HTTP notices is told from now on, too. */
    void onFindings(Doctor.Front front) {
        doctor = new Doctor(instance, jobs, clockWatch, front);
    }

    /** Looks whether the clock was set; to be called every few seconds. */
    public void watchClock() {
        clockWatch.look();
    }

    /** Begins no more jobs; the instance stays open. */
    @Override
    public void close() {
        jobs.close();
    }
}
