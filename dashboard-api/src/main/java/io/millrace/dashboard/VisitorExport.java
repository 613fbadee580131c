package io.millrace.dashboard;

import io.millrace.dashboard.internal.answer.ReportContext;
import io.millrace.dashboard.internal.report.FilteredSample;
import io.millrace.dashboard.internal.report.VisitorJourney;
import io.millrace.dashboard.internal.report.VisitorJourney.Session;
import io.millrace.dashboard.internal.revenue.ConversionList.ConversionHead;
import io.millrace.dashboard.internal.shape.RecordJson;
import io.millrace.dashboard.internal.shape.Shape.Nullable;
import io.millrace.engine.Conversion;
import io.millrace.engine.Journey;
import io.millrace.engine.Site;
import io.millrace.engine.spi.StorageReader;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** Everything that a site holds of one visitor, as JSON: what the visitor may ask for. Pure functions of what is stored. */
public final class VisitorExport {
    /** The most visits, page views and events, each: beyond, the file says that there are more. */
    private static final int MOST = 100_000;

    /**
     * What is written.
     *
     * @param visitsFrom visits that ended before it are removed; null: none are
     * @param complete whether all visits, page views and events are in it
     * @param filtered what does not count and is kept
     */
    record Held(
            String site,
            String visitor,
            @Nullable OffsetDateTime visitsFrom,
            boolean complete,
            List<Session> sessions,
            List<ConversionHead> conversions,
            List<FilteredSample> filtered) {}

    private VisitorExport() {}

    /**
     * What a site holds of a visitor; empty when that is nothing.
     *
     * @param visitor the id as sent, or the 16 digits of a cookieless visitor
     */
    public static Optional<String> json(StorageReader reader, Site site, String visitor) {
        Journey journey = reader.journeys(site.id(), List.of(visitor), List.of(), MOST, MOST, MOST)
                .get(visitor);
        List<ConversionHead> conversions = reader.conversions(site.id(), visitor, 0, MOST).stream()
                .map((Conversion c) -> ConversionHead.of(c, site))
                .toList();
        List<FilteredSample> filtered = FilteredSample.of(reader, site, visitor, MOST);
        if (journey == null && conversions.isEmpty() && filtered.isEmpty()) {
            return Optional.empty();
        }
        boolean complete = journey == null
                || journey.visits().size() == journey.totalVisits()
                        && journey.pages().size() == journey.totalPages()
                        && journey.events().size() < MOST;
        Held held = new Held(
                site.domain(),
                visitor,
                ReportContext.visitsFrom(reader, site),
                complete,
                journey == null ? List.of() : VisitorJourney.sessions(journey, site),
                conversions,
                filtered);
        return Optional.of(new String(RecordJson.write(held), StandardCharsets.UTF_8));
    }
}
