package io.millrace.dashboard.internal.query;

import io.millrace.dashboard.internal.request.Times;
import io.millrace.dashboard.internal.shape.Shape.Name;
import io.millrace.dashboard.internal.shape.Shape.Nullable;
import java.time.OffsetDateTime;
import java.util.List;

/**
 * What an answer says of the period that it is about.
 *
 * @param previous begin and end of what it is compared with
 */
@Name("Period")
public record PeriodHead(
        String period,
        OffsetDateTime from,
        OffsetDateTime to,
        @Nullable List<OffsetDateTime> previous,
        String zone) {

    public static PeriodHead of(ResolvedPeriod p) {
        return new PeriodHead(
                p.name(),
                Times.at(Math.max(p.current().from(), p.shownFrom()), p.zone()),
                Times.at(p.current().to(), p.zone()),
                p.previous() == null
                        ? null
                        : List.of(
                                Times.at(p.previous().from(), p.zone()),
                                Times.at(p.previous().to(), p.zone())),
                Times.name(p.zone()));
    }
}
