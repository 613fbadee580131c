package io.millrace.engine;

import io.millrace.engine.spi.Batch;
import io.millrace.engine.spi.Storage;
import io.millrace.engine.spi.StorageReader;
import io.millrace.engine.spi.StorageWriter;
import java.util.*;

/** How small a storage can be that an engine can write to: one site, a few maps. */
final class MapStorage implements Storage, StorageWriter {
    static final Site SITE = Site.of("example.com").withId(1);

    private final Map<Long, Visit> visits = new TreeMap<>();
    private final List<Batch.Hit> hits = new ArrayList<>();
    private final Map<String, Visit.View> views = new HashMap<>();
    private final Map<Integer, Map<Counter, Long>> ledger = new HashMap<>();
    private final Map<String, Position> positions = new HashMap<>();

    @Override
    public void write(Batch batch) {
        batch.visits().forEach(change -> visits.put(change.after().id(), change.after()));
        hits.addAll(batch.hits());
        batch.engagements()
                .forEach(e -> views.put(e.visit().id() + "/" + e.view().id(), e.view()));
        batch.ledger().forEach(l -> ledger(l.siteId()).merge(l.counter(), l.delta(), Long::sum));
        batch.positions().forEach(p -> positions.put(p.source(), p));
    }

    @Override
    public long lastVisitId() {
        return visits.keySet().stream().mapToLong(id -> id).max().orElse(0);
    }

    @Override
    public Catalog catalog() {
        return new Catalog(List.of(SITE), List.of(), List.of(), List.of(), List.of(), Map.copyOf(positions));
    }

    @Override
    public Optional<Found> findVisit(Visit.Key key, long startedFrom, long startedTo, long activeSince) {
        return visits.values().stream()
                .filter(v -> v.key().equals(key) && v.lastActivity() >= activeSince)
                .filter(v -> v.startedAt() >= startedFrom && v.startedAt() <= startedTo)
                .max(Comparator.comparingLong(Visit::startedAt))
                .map(v -> new Found(v, idsOf(v)));
    }

    private List<String> idsOf(Visit v) {
        return hits.stream()
                .filter(h -> h.visit().id() == v.id())
                .map(h -> h.event().id())
                .toList();
    }

    @Override
    public boolean contains(int site, String id, long from, long to) {
        Period period = new Period(from, to + 1);
        return hits.stream()
                .map(Batch.Hit::event)
                .anyMatch(e -> e.site().id() == site && id.equals(e.id()) && period.contains(e.time()));
    }

    @Override
    public Optional<Visit.View> findView(Visit visit, String id) {
        Visit.View none = new Visit.View(id, 0, 0);
        return Optional.of(views.getOrDefault(visit.id() + "/" + id, none))
                .filter(v -> idsOf(visit).contains(id));
    }

    Map<Counter, Long> ledger(int siteId) {
        return ledger.computeIfAbsent(siteId, id -> new HashMap<>());
    }

    @Override
    public StorageWriter writer() {
        return this;
    }

    @Override
    public StorageReader reader() {
        throw new UnsupportedOperationException("this one only takes");
    }

    @Override
    public void close() {}
}
