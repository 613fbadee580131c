package io.millrace.replay.internal;

import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import io.millrace.engine.Beacon;
import io.millrace.engine.BeaconBuilder;
import io.millrace.engine.Engine;
import io.millrace.engine.Import;
import io.millrace.engine.Outcome;
import io.millrace.engine.Position;
import io.millrace.engine.Site;
import io.millrace.engine.spi.Fixed;
import io.millrace.replay.ForeignTables;
import io.millrace.replay.ImportRefused;
import io.millrace.replay.ImportReport;
import io.millrace.replay.ImportReport.Hits;
import io.millrace.replay.ImportSettings;
import io.millrace.replay.internal.imports.Source;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;

/** One file of another tracker. Used once, by one thread. */
public final class Importing {
    private static final int MOST_NAMED = 20;

    private final Engine engine;
    private final ImportSettings settings;
    private final Site site;
    private final Source source;
    private final AtomicLong duplicate = new AtomicLong();
    private final AtomicLong filtered = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();

    @Fixed("the first few")
    private final List<String> bad = new ArrayList<>();

    @Fixed("the days of a file")
    private final SortedMap<LocalDate, Hits> days = new TreeMap<>();

    private long rows;
    private long skipped;

    /** See {@link io.millrace.replay.SiteImport}. */
    public Importing(Engine engine, ImportSettings settings, ForeignTables tables) {
        this.engine = engine;
        this.settings = settings;
        this.site = engine.sites().byId(settings.siteId());
        if (site == null) {
            throw new IllegalArgumentException("there is no site " + settings.siteId());
        }
        if (site.cookieless()) {
            throw new IllegalArgumentException("site " + site.id()
                    + " is cookieless and drops ids, by which visitors of a file are told: turn that off meanwhile");
        }
        CombinedDecoder log = CombinedDecoder.of(engine.sites(), site.id());
        this.source =
                new Source(settings, site, engine.sites(), tables, (line, beacons) -> logLine(log, line, beacons));
    }

    private static void logLine(CombinedDecoder log, String line, Consumer<BeaconBuilder> beacons) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        log.decode(bytes, bytes.length, null, decoded -> {
            if (decoded instanceof LineDecoder.OfBeacon of) {
                beacons.accept(io.millrace.engine.BeaconBuilder.builder(of.beacon()));
            } else if (decoded instanceof LineDecoder.Refused refused) {
                throw new IllegalArgumentException(refused.problem());
            }
        });
    }

    /** See {@link io.millrace.replay.SiteImport#run}. */
    public ImportReport run(boolean store, BooleanSupplier stopped, DoubleConsumer progress) throws IOException {
        boolean whole = read(stopped);
        if (!store || !whole) {
            return report(null, List.of(), whole);
        }
        Import brought = started();
        if (brought.finishedAt() != 0) {
            throw new ImportRefused(name(), 0, "is import " + brought.id() + " already");
        }
        whole = store(brought, stopped, progress);
        engine.flush().join();
        if (!whole || lost.get() > 0) {
            return report(brought, engine.storage().reader().importedDays(brought), false);
        }
        long now = System.currentTimeMillis();
        Import finished = brought.withFinishedAt(now);
        engine.execute(writer -> writer.saveImport(finished)).join();
        return report(brought, engine.storage().reader().importedDays(brought), true);
    }

    private String name() {
        return settings.file().getFileName().toString();
    }

    /** Counts everything and stores nothing; false: it was stopped. */
    private boolean read(BooleanSupplier stopped) throws IOException {
        Source.Taker counting = new Source.Taker() {
            @Override
            public boolean row(long row, List<BeaconBuilder> beacons) {
                rows++;
                skipped += beacons.isEmpty() ? 1 : 0;
                for (BeaconBuilder beacon : beacons) {
                    LocalDate day = LocalDate.ofEpochDay(site.dayOf(beacon.time()));
                    boolean event = beacon.type() == Beacon.Type.EVENT;
                    days.merge(day, event ? new Hits(0, 1) : new Hits(1, 0), Hits::plus);
                }
                return !stopped.getAsBoolean();
            }

            @Override
            public boolean bad(String file, long line, String reason) throws IOException {
                if (!settings.lenient()) {
                    throw new ImportRefused(file, line, reason);
                }
                rows++;
                if (bad.size() <= MOST_NAMED) {
                    bad.add(bad.size() < MOST_NAMED ? file + ": line " + line + ": " + reason : "and more");
                }
                return !stopped.getAsBoolean();
            }
        };
        source.each(counting);
        return !stopped.getAsBoolean();
    }

    /** The import of this file, begun now or before. */
    private Import started() throws IOException {
        String hash =
                MoreFiles.asByteSource(settings.file()).hash(Hashing.sha256()).toString();
        for (Import known : engine.storage().reader().imports(site.id())) {
            if (known.hash().equals(hash)) {
                return known;
            }
        }
        Hits total = days.values().stream().reduce(Hits.NONE, Hits::plus);
        Import begun = new Import(
                0,
                site.id(),
                settings.kind().name().toLowerCase(Locale.ROOT),
                name(),
                hash,
                System.currentTimeMillis(),
                0,
                total.pageViews(),
                total.events());
        return engine.execute(writer -> writer.saveImport(begun)).join();
    }

    /** Whether it was read to its end. */
    private boolean store(Import brought, BooleanSupplier stopped, DoubleConsumer progress) throws IOException {
        Position last = engine.position(brought.source());
        long known = last == null ? 0 : last.offset();
        source.each(new Source.Taker() {
            @Override
            public boolean row(long row, List<BeaconBuilder> beacons) {
                if (row > known) {
                    put(brought, row, beacons);
                }
                progress.accept((double) row / Math.max(1, rows));
                return !stopped.getAsBoolean();
            }

            @Override
            public boolean bad(String file, long line, String reason) {
                return !stopped.getAsBoolean();
            }
        });
        return !stopped.getAsBoolean();
    }

    /** With the last beacon of a row, the row is over. */
    private void put(Import brought, long row, List<BeaconBuilder> beacons) {
        for (int i = 0; i < beacons.size(); i++) {
            Position position = new Position(brought.source(), i < beacons.size() - 1 ? row - 1 : row);
            engine.collector().put(beacons.get(i).position(position).build()).thenAccept(this::count);
        }
    }

    private void count(Outcome outcome) {
        switch (outcome.counter().group()) {
            case STORED -> {}
            case DUPLICATE -> duplicate.incrementAndGet();
            case FILTERED -> filtered.incrementAndGet();
            default -> lost.incrementAndGet();
        }
    }

    private ImportReport report(Import brought, List<Import.Day> there, boolean complete) {
        SortedMap<LocalDate, Hits> stored = new TreeMap<>();
        there.forEach(day -> stored.put(LocalDate.ofEpochDay(day.epochDay()), new Hits(day.pageViews(), day.events())));
        List<String> differences = new ArrayList<>();
        if (brought != null && complete) {
            SortedMap<LocalDate, Hits> all = new TreeMap<>(days);
            stored.keySet().forEach(day -> all.putIfAbsent(day, Hits.NONE));
            all.forEach((day, hits) -> {
                Hits is = stored.getOrDefault(day, Hits.NONE);
                if (!is.equals(hits)) {
                    differences.add(day + ": the file has " + hits + ", stored are " + is);
                }
            });
        }
        return new ImportReport(
                brought == null ? 0 : brought.id(),
                rows,
                skipped,
                List.copyOf(bad),
                days,
                stored.values().stream().reduce(Hits.NONE, Hits::plus),
                duplicate.get(),
                filtered.get(),
                differences,
                complete);
    }
}
