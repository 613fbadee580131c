package io.millrace.replay.internal.records;

import io.millrace.engine.Affiliate;
import io.millrace.engine.Counter;
import io.millrace.engine.Engine;
import io.millrace.engine.PastSale;
import io.millrace.engine.PastVisit;
import io.millrace.engine.Payout;
import io.millrace.engine.Site;
import io.millrace.engine.spi.AccountStore;
import io.millrace.engine.spi.FilteredEvent;
import io.millrace.engine.spi.Fixed;
import io.millrace.engine.spi.StorageReader;
import io.millrace.replay.ExportSettings;
import io.millrace.replay.SiteExport;
import io.millrace.wire.json.Json;
import io.millrace.wire.json.JsonObject;
import io.millrace.wire.json.MalformedJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/** Writes what {@link Arrivals} brings back. Used once, by one thread. */
public final class Departures {
    /** Hits after which a file is whole. */
    private static final long HITS_A_FILE = 100_000;

    /** A line that replaying takes has less. */
    private static final int LONGEST_LINE = 900_000;

    private static final int AT_ONCE = 500;
    private static final String STATE = "unfinished.json";

    private final Engine engine;
    private final StorageReader reader;
    private final Site site;
    private final ExportSettings settings;
    private final InstantSource clock;
    private final Path directory;

    @Fixed("a file for each hundred thousand hits")
    private final List<Object> files = new ArrayList<>();

    @Fixed("the kinds of things that there are")
    private final Map<String, Long> counts = new LinkedHashMap<>();

    private long until;
    private long after;

    public Departures(Engine engine, Site site, ExportSettings settings, InstantSource clock) {
        this.engine = engine;
        this.reader = engine.storage().reader();
        this.site = site;
        this.settings = settings;
        this.clock = clock;
        this.directory = settings.directory();
    }

    private boolean csv() {
        return settings.format() == ExportSettings.Format.CSV;
    }

    /** See {@link SiteExport#run}. */
    public Map<String, Long> run(BooleanSupplier stopped, LongConsumer progress) throws IOException {
        Files.createDirectories(directory);
        if (!resume()) {
            engine.flush().join();
            until = clock.millis();
            if (!csv()) {
                definitions();
            }
            save(STATE);
        }
        while (after >= 0) {
            if (stopped.getAsBoolean()) {
                return null;
            }
            visits(stopped, progress);
        }
        rest();
        save(SiteExport.MANIFEST);
        Files.delete(directory.resolve(STATE));
        return counts;
    }

    /** Goes on where this export was left; false: it begins. */
    private boolean resume() throws IOException {
        if (Files.exists(directory.resolve(SiteExport.MANIFEST))) {
            throw new IOException(directory + ": holds an export already");
        }
        Path state = directory.resolve(STATE);
        if (!Files.exists(state)) {
            try (var there = Files.list(directory)) {
                if (there.anyMatch(file -> !file.toString().endsWith(".unfinished"))) {
                    throw new IOException(directory + ": is not empty");
                }
            }
            return false;
        }
        Members m = read(state);
        if (!m.text("site").equals(site.domain())
                || m.number("since") != settings.since()
                || !m.text("format").equals(format())
                || m.truth("gzip") != settings.gzip()) {
            throw new IOException(directory + ": holds the beginning of another export");
        }
        until = m.number("until");
        after = m.number("after");
        files.addAll((List<?>) m.map().get("files"));
        ((Map<?, ?>) m.map().get("counts")).forEach((kind, n) -> counts.put((String) kind, (Long) n));
        return true;
    }

    private String format() {
        return settings.format().name().toLowerCase(Locale.ROOT);
    }

    private static Members read(Path file) throws IOException {
        try {
            return new Members(Json.object(Files.readAllBytes(file), 8));
        } catch (MalformedJson e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    /** See {@link SiteExport#until}. */
    public static long until(Path manifest) throws IOException {
        return read(manifest).number("until");
    }

    private void save(String name) throws IOException {
        JsonObject o = new JsonObject()
                .with("version", 1)
                .with("site", site.domain())
                .with("format", format())
                .with("gzip", settings.gzip())
                .with("since", settings.since())
                .with("until", until);
        if (name.equals(STATE)) {
            o.put("after", after);
        } else if (reader.visitsFrom(site.id()) != Long.MIN_VALUE) {
            o.put(
                    "visits_from",
                    Instant.ofEpochMilli(reader.visitsFrom(site.id())).toString());
        }
        Path unfinished = directory.resolve(name + ".unfinished");
        Files.write(unfinished, Json.write(o.with("counts", counts).with("files", files)));
        Files.move(
                unfinished,
                directory.resolve(name),
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.ATOMIC_MOVE);
    }

    private String name(String table) {
        return String.format(Locale.ROOT, "%s-%05d.%s", table, files.size(), csv() ? "csv" : "ndjson");
    }

    private PartFile part(String name) throws IOException {
        return new PartFile(directory, name, settings.gzip());
    }

    private void count(String kind, long more) {
        counts.merge(kind, more, Long::sum);
    }

    private void record(PartFile to, String kind, JsonObject value) throws IOException {
        to.line(line(kind, value));
    }

    private static byte[] line(String kind, JsonObject value) {
        byte[] json = Json.write(new JsonObject().with("v", 1).with(kind, value));
        byte[] line = Arrays.copyOf(json, json.length + 1);
        line[json.length] = '\n';
        return line;
    }

    private void definitions() throws IOException {
        try (PartFile part = part(name("export"))) {
            record(
                    part,
                    "export",
                    JsonObject.of("site", site.domain())
                            .with("since", settings.since())
                            .with("until", until));
            record(part, "site", SiteFormat.site(site));
            for (Affiliate affiliate : engine.sites().affiliates(site.id())) {
                record(part, "affiliate", SiteFormat.affiliate(affiliate, site));
            }
            for (var goal : engine.sites().goals(site.id())) {
                record(part, "goal", SiteFormat.goal(goal, site));
            }
            for (var rule : engine.sites().exclusions(site.id())) {
                record(part, "exclusion", SiteFormat.exclusion(rule, site));
            }
            for (var funnel : engine.sites().funnels(site.id())) {
                record(
                        part,
                        "funnel",
                        SiteFormat.funnel(funnel, site, engine.sites().goals(site.id())));
            }
            AccountStore accounts = engine.storage().accounts();
            for (var segment : accounts.segments()) {
                if (segment.siteId() == site.id() && segment.userId() == 0) {
                    record(part, "segment", SiteFormat.segment(segment, site));
                }
            }
            List<AccountStore.Annotation> annotations = new ArrayList<>(accounts.annotations(site.id()));
            annotations.sort(Comparator.comparingInt(AccountStore.Annotation::id));
            for (var annotation : annotations) {
                record(part, "annotation", SiteFormat.annotation(annotation, site));
            }
            files.add(part.finish());
        }
    }

    /** One file, or one of each table. */
    private void visits(BooleanSupplier stopped, LongConsumer progress) throws IOException {
        Map<String, Long> before = new LinkedHashMap<>(counts);
        long next = after;
        try (PartFile visits = part(name(csv() ? "visits" : "export"));
                PartFile pages = csv() ? part(name("page_views")) : null;
                PartFile events = csv() ? part(name("events")) : null) {
            if (csv()) {
                Tables.line(visits, Tables.VISITS.get(0));
                Tables.line(pages, Tables.PAGE_VIEWS.get(0));
                Tables.line(events, Tables.EVENTS.get(0));
            }
            long full = hits() + HITS_A_FILE;
            do {
                next = reader.pastVisits(site.id(), next, settings.since(), past -> write(visits, pages, events, past));
                progress.accept(counts.getOrDefault("visits", 0L));
            } while (next != 0 && hits() < full && !stopped.getAsBoolean());
            if (counts.equals(before)) {
                after = next == 0 ? -1 : next;
                return;
            }
            files.add(visits.finish());
            if (csv()) {
                files.add(pages.finish());
                files.add(events.finish());
            }
        }
        after = next == 0 ? -1 : next;
        save(STATE);
    }

    private long hits() {
        return counts.getOrDefault("page_views", 0L) + counts.getOrDefault("events", 0L);
    }

    private void write(PartFile visits, PartFile pages, PartFile events, PastVisit past) {
        try {
            boolean first = past.pages() + past.events() == 0;
            if (!csv()) {
                visit(visits, past);
            } else {
                if (first) {
                    Tables.visit(visits, past);
                }
                Tables.hits(pages, events, past);
            }
            count("visits", first ? 1 : 0);
            count("page_views", past.pageViews());
            count("events", past.hits().size() - past.pageViews());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void visit(PartFile to, PastVisit past) throws IOException {
        byte[] line = line("visit", VisitFormat.visit(past, site));
        int half = past.hits().size() / 2;
        if (line.length <= LONGEST_LINE || half == 0) {
            to.line(line);
            return;
        }
        PastVisit first = new PastVisit(
                past.visit(), past.pages(), past.events(), past.hits().subList(0, half), past.touches());
        int pages = first.pageViews();
        visit(to, first);
        visit(
                to,
                new PastVisit(
                        past.visit(),
                        past.pages() + pages,
                        past.events() + half - pages,
                        past.hits().subList(half, past.hits().size()),
                        past.touches()));
    }

    /** What refers to visits, and the counters that they add up to. */
    private void rest() throws IOException {
        try (PartFile part = part(name(csv() ? "payments" : "export"))) {
            if (csv()) {
                Tables.line(part, Tables.PAYMENTS.get(0));
            }
            payments(part);
            if (!csv()) {
                payouts(part);
                filtered(part);
                ledger(part, Math.max(0, site.dayOf(settings.since())), site.dayOf(clock.millis()) + 1);
            }
            files.add(part.finish());
        }
    }

    private void payments(PartFile part) throws IOException {
        List<PastSale> some;
        long id = 0;
        do {
            some = reader.pastSales(site.id(), id, AT_ONCE);
            for (PastSale sold : some) {
                id = sold.sale().conversion().id();
                if (csv()) {
                    Tables.payment(part, sold);
                } else {
                    record(
                            part,
                            "conversion",
                            SiteFormat.conversion(sold, site, engine.sites().affiliates(site.id())));
                }
                count("conversions", 1);
                count("refunds", sold.sale().refunds().size());
            }
        } while (some.size() == AT_ONCE);
    }

    private void payouts(PartFile part) throws IOException {
        Map<Long, Payout> payouts = new TreeMap<>();
        Map<Integer, Affiliate> affiliates = new TreeMap<>();
        for (Affiliate affiliate : engine.sites().affiliates(site.id())) {
            affiliates.put(affiliate.id(), affiliate);
            reader.payouts(site.id(), affiliate.id(), payout -> payouts.put(payout.id(), payout));
        }
        for (Payout payout : payouts.values()) {
            record(part, "payout", SiteFormat.payout(payout, site, affiliates.get(payout.affiliateId())));
            count("payouts", 1);
        }
    }

    private void filtered(PartFile part) throws IOException {
        List<FilteredEvent> some;
        long id = 0;
        do {
            some = reader.filteredAfter(site.id(), id, AT_ONCE);
            for (FilteredEvent filtered : some) {
                id = filtered.id();
                if (filtered.event().time() >= settings.since()
                        && filtered.event().time() < until) {
                    record(part, "filtered", VisitFormat.filtered(filtered, site));
                    count("filtered", 1);
                }
            }
        } while (some.size() == AT_ONCE);
    }

    /** Halves the days where there are any, since most of a calendar has none. */
    private void ledger(PartFile part, int from, int to) throws IOException {
        Map<Counter, Long> counters = reader.ledger(site.id(), from, to);
        if (counters.isEmpty()) {
            return;
        }
        if (from == to) {
            record(
                    part,
                    "ledger",
                    SiteFormat.ledger(counters, site, LocalDate.ofEpochDay(from).toString()));
            return;
        }
        int middle = from + (to - from) / 2;
        ledger(part, from, middle);
        ledger(part, middle + 1, to);
    }
}
