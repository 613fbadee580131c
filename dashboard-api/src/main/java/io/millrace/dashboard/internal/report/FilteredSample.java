package io.millrace.dashboard.internal.report;

import io.millrace.dashboard.internal.request.Times;
import io.millrace.dashboard.internal.shape.Shape.Nullable;
import io.millrace.engine.Beacon;
import io.millrace.engine.Event;
import io.millrace.engine.Site;
import io.millrace.engine.spi.StorageReader;
import java.time.OffsetDateTime;
import java.util.List;

/** An event that does not count, as it is told, with why. Immutable. */
public record FilteredSample(
        OffsetDateTime time,
        String reason,
        Beacon.Type type,
        @Nullable String hostname,
        @Nullable String path,
        @Nullable String source,
        @Nullable String browser,
        @Nullable String country) {

    public static FilteredSample of(Event e, Site site) {
        return new FilteredSample(
                Times.at(e.time(), site.zone()),
                e.filtered().reason(),
                e.type(),
                e.hostname(),
                e.path(),
                e.source(),
                e.agent().browser(),
                e.place().country());
    }

    /** What is kept of a visitor, the latest first, at most so many. */
    public static List<FilteredSample> of(StorageReader reader, Site site, String visitor, int limit) {
        return reader.filtered(site.id(), visitor, limit).stream()
                .map(kept -> of(kept.event(), site))
                .toList();
    }
}
