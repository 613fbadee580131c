package io.millrace.engine.internal;

import io.millrace.engine.Visit;
import java.util.LinkedHashMap;
import java.util.Map;

/** A visit while a batch is gathered: what it was in committed state (null: it opens), and what it is by now. */
final class VisitDraft {
    final Visit before;
    Visit now;
    /** The latest heartbeat, as long as it is worth no write; 0: none. */
    long heardAt;
    /** Another visit of the same key in the same batch. */
    final VisitDraft other;
    /** Engagement of page views that this batch adds or changes. */
    private Map<EventKey, Visit.View> views = Map.of();

    VisitDraft(Visit before, Visit now, long heardAt, VisitDraft other) {
        this.before = before;
        this.now = now;
        this.heardAt = heardAt;
        this.other = other;
    }

    Map<EventKey, Visit.View> views() {
        return views;
    }

    void put(EventKey key, Visit.View view) {
        if (views.isEmpty()) {
            views = new LinkedHashMap<>(2);
        }
        views.put(key, view);
    }

    boolean changed() {
        return before != now;
    }
}
