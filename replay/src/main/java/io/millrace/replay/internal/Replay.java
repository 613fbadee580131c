package io.millrace.replay.internal;

import io.millrace.engine.Counter;
import io.millrace.engine.Engine;
import io.millrace.engine.Outcome;
import io.millrace.engine.Position;
import io.millrace.engine.spi.Fixed;
import io.millrace.replay.ReplayListener;
import io.millrace.replay.ReplaySettings;
import io.millrace.replay.ReplayTotals;
import io.millrace.replay.internal.records.Arrivals;
import io.millrace.wire.Cleaned;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** One run over the files. {@link #run} by one thread; {@link #stop} by any. */
public final class Replay {
    private static final long POLL_MILLIS = 200;

    private final Engine engine;
    private final ReplaySettings settings;
    private final LineDecoder decoder;
    private final ReplayListener listener;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AtomicLong stored = new AtomicLong();
    private final AtomicLong duplicate = new AtomicLong();
    private final AtomicLong filtered = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private long lines;
    private long skipped;
    private int unread;
    private final Arrivals arrivals;

    @Fixed("one for each field and what may be done to it")
    private final Map<Cleaned, Long> cleaned = new HashMap<>();

    public Replay(Engine engine, ReplaySettings settings, LineDecoder decoder, ReplayListener listener) {
        this.engine = engine;
        this.settings = settings;
        this.decoder = decoder;
        this.listener = listener;
        this.arrivals = new Arrivals(engine);
    }

    /** Reads until the ends of the files or until stopped, and waits for what is in flight. */
    public ReplayTotals run() throws IOException, InterruptedException {
        List<Tail> tails = settings.files().stream()
                .map(file -> new Tail(file, settings.follow(), this::position))
                .toList();
        for (Path file : settings.files()) {
            if (!settings.follow() && !Files.isReadable(file)) {
                throw new NoSuchFileException(file.toString());
            }
        }
        try {
            if (settings.follow()) {
                follow(tails);
            } else {
                readEach(tails);
            }
        } finally {
            for (Tail tail : tails) {
                tail.close();
            }
        }
        arrivals.flush();
        engine.flush().join();
        return new ReplayTotals(
                lines,
                stored.get() + arrivals.stored(),
                duplicate.get() + arrivals.known(),
                filtered.get(),
                skipped,
                refused.get() + arrivals.tooOld(),
                lost.get(),
                unread,
                cleaned);
    }

    /** Ends the run soon. */
    public void stop() {
        stopped.countDown();
    }

    private boolean running() {
        return stopped.getCount() > 0;
    }

    private long position(String source) {
        Position last = settings.again() ? null : engine.position(source);
        return last == null ? 0 : last.offset();
    }

    private void readEach(List<Tail> tails) throws IOException {
        for (Tail tail : tails) {
            while (running() && poll(tail) != Tail.State.DONE) {
                report(tail);
            }
            arrivals.flush();
            report(tail);
            tail.close();
        }
    }

    private void follow(List<Tail> tails) throws IOException, InterruptedException {
        boolean open = true;
        while (running() && open) {
            boolean more = false;
            open = false;
            for (Tail tail : tails) {
                Tail.State state = poll(tail);
                more |= state == Tail.State.MORE;
                open |= state != Tail.State.DONE;
            }
            if (open && !more) {
                stopped.await(POLL_MILLIS, TimeUnit.MILLISECONDS);
            }
        }
    }

    /** Reads some lines of a file; one that cannot be read any further is named, and the others go on. */
    private Tail.State poll(Tail tail) throws IOException {
        try {
            return tail.poll((line, source) -> take(tail.path(), line, source));
        } catch (IOException e) {
            unread++;
            listener.unreadable(tail.path(), tail.line(), e);
            tail.giveUp();
            return Tail.State.DONE;
        }
    }

    private void report(Tail tail) throws IOException {
        if (tail.file() != null) {
            listener.progress(tail.path(), tail.file().bytesRead(), tail.file().size());
        }
    }

    private void take(Path file, Lines line, String source) {
        lines++;
        if (line.tooLong()) {
            refuse(file, line, new LineDecoder.Refused(Counter.REJECTED_TOO_LARGE, 0, "line too long"));
            return;
        }
        Position position = source == null ? null : new Position(source, line.end());
        decoder.decode(line.bytes(), line.length(), position, decoded -> put(file, line, decoded));
    }

    private void put(Path file, Lines line, LineDecoder.Line decoded) {
        if (decoded instanceof LineDecoder.OfRecord of) {
            arrive(file, line, of);
            return;
        }
        if (decoded instanceof LineDecoder.OfBeacon of) {
            for (Cleaned field : of.cleaned()) {
                cleaned.merge(field, 1L, Long::sum);
                engine.counters().add(field.reason().counter(), of.beacon().siteId());
            }
            watch(file, line.number(), engine.collector().put(of.beacon()));
        } else if (decoded instanceof LineDecoder.OfEvent of) {
            watch(file, line.number(), engine.collector().put(of.event()));
        } else if (decoded instanceof LineDecoder.Refused why) {
            refuse(file, line, why);
        } else {
            skipped++;
        }
    }

    /** What an export tells was received elsewhere, so it is no part of this server's counters. */
    private void arrive(Path file, Lines line, LineDecoder.OfRecord record) {
        try {
            arrivals.take(record.kind(), record.value(), record.position());
        } catch (IllegalArgumentException e) {
            refused.incrementAndGet();
            listener.refused(file, line.number(), e.getMessage());
        }
    }

    private void watch(Path file, long line, CompletableFuture<Outcome> outcome) {
        outcome.thenAccept(o -> count(file, line, o));
    }

    private void count(Path file, long line, Outcome outcome) {
        if (outcome.equals(Outcome.TOO_OLD)) {
            refused.incrementAndGet();
            listener.refused(file, line, "time: of a day whose rows were pruned, so it may be a repeat");
            return;
        }
        switch (outcome.counter().group()) {
            case STORED -> stored.incrementAndGet();
            case DUPLICATE -> duplicate.incrementAndGet();
            case FILTERED -> filtered.incrementAndGet();
            default -> lost.incrementAndGet();
        }
    }

    private void refuse(Path file, Lines line, LineDecoder.Refused why) {
        refused.incrementAndGet();
        engine.counters().add(Counter.RECEIVED, why.siteId());
        engine.counters().add(why.counter(), why.siteId());
        listener.refused(file, line.number(), why.problem());
    }
}
