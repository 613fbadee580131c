package io.millrace.engine.internal;

import io.millrace.engine.Bounds;
import io.millrace.engine.Counters;
import io.millrace.engine.EngineSettings;
import io.millrace.engine.Position;
import io.millrace.engine.Withdrawal;
import io.millrace.engine.internal.behaviour.Watch;
import io.millrace.engine.spi.Fixed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the store thread keeps in memory; changed only after the commit that a change belongs to. */
final class State {
    final SiteRegistry sites;
    final Counters counters = new Counters();
    final VisitRules rules;
    final VisitTable visits;
    final RecentIds recentIds;
    final EventKey.Hasher hasher = new EventKey.Hasher();
    final LiveTable live;
    final Watch watch;

    /** Who was found out by the last batch. */
    @Fixed("taken after each batch")
    final List<Withdrawal> found = new ArrayList<>();

    final LiveTable.RecentHits recent = new LiveTable.RecentHits();

    @Fixed("one for each file that the operator has replayed")
    final Map<String, Position> positions;

    long lastVisitId;

    State(EngineSettings settings, SiteRegistry sites, Map<String, Position> positions, long lastVisitId, long now) {
        this.sites = sites;
        this.rules = new VisitRules(settings);
        this.visits = new VisitTable(settings, now);
        this.watch = new Watch(settings.behaviour());
        this.live = new LiveTable(settings.liveBytes());
        this.recentIds = new RecentIds(settings.recentIds(), now);
        this.positions = new ConcurrentHashMap<>(positions);
        this.lastVisitId = lastVisitId;
    }

    void register(Bounds bounds) {
        visits.register(bounds);
        recentIds.register(bounds);
        live.register(bounds);
        watch.register(bounds);
        recent.register(bounds);
    }
}
