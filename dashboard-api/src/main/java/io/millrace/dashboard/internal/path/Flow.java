package io.millrace.dashboard.internal.path;

import io.millrace.dashboard.internal.answer.ReportContext;
import io.millrace.dashboard.internal.answer.SiteHead;
import io.millrace.dashboard.internal.query.PeriodHead;
import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.dashboard.internal.request.Input;
import io.millrace.dashboard.internal.request.Params;
import io.millrace.dashboard.internal.shape.Shape;
import io.millrace.dashboard.internal.shape.Shape.Nullable;
import io.millrace.engine.Dimension;
import io.millrace.engine.Metric;
import io.millrace.engine.Query;
import io.millrace.engine.Report;
import java.util.List;

/**
 * The paths that visitors take from a page or an event, or to one. A journey is all page views of one visitor in the period, in
 * order of time, the same page twice in a row counting once; it is in the tree from where it first reaches the root, forward or
 * backward.
 *
 * @param event whether the root is an event, whose name is in the place of the path
 * @param entryOptions the commonest first pages; backward: the commonest last ones
 */
public record Flow(
        SiteHead site,
        PeriodHead period,
        FlowRoot.Direction direction,
        boolean event,
        @Nullable FlowNode root,
        int totalVisitors,
        List<FlowEntry> entryOptions) {
    public static final Input ROOT = Input.text(
            "root", "The page to begin with; absent: the commonest first one, backward the commonest last one");
    public static final Input ROOT_EVENT = Input.text("rootEvent", "The name of an event to begin with instead");
    public static final Input DIRECTION = Input.choice(
                    "direction",
                    FlowRoot.Direction.values(),
                    "Whether what follows the root is shown, or what came before it")
            .or("forward");
    public static final Input DEPTH = Input.whole("depth", 4, 1, 6, "How many pages deep");
    public static final Input TOP = Input.whole("topN", 3, 1, 5, "How many pages follow each at most");
    private static final int ENTRIES = 8;

    /** @param params which root, which way, how deep and how wide */
    public static Flow of(ReportContext context, Params params) {
        String event = params.one(ROOT_EVENT.name());
        String page = params.one(ROOT.name());
        if (event != null && (page != null || event.isEmpty())) {
            throw ApiException.parameter(
                    ROOT_EVENT.name(), event.isEmpty() ? "missing" : "either this or " + ROOT.name());
        }
        FlowRoot.Direction direction = Shape.constant(FlowRoot.Direction.class, params.choice(DIRECTION));
        boolean any = page == null && event == null;
        FlowRoot root =
                new FlowRoot(any ? likelyRoot(context, direction) : page, event, direction, params.number(DEPTH));
        Journeys journeys = Journeys.of(root, context);
        String commonest = journeys.commonest(1).stream()
                .map(FlowEntry::pathname)
                .findFirst()
                .orElse(null);
        if (any && commonest != null && !commonest.equals(root.page())) {
            journeys = Journeys.of(new FlowRoot(commonest, null, direction, root.depth()), context);
        }
        return new Flow(
                SiteHead.of(context.site()),
                PeriodHead.of(context.period()),
                direction,
                event != null,
                journeys.tree(params.number(TOP)),
                journeys.total(),
                journeys.commonest(ENTRIES));
    }

    /** The commonest entry page, which is nearly always the commonest first page of a journey, and known at once. */
    private static String likelyRoot(ReportContext context, FlowRoot.Direction direction) {
        Dimension dimension = direction == FlowRoot.Direction.FORWARD ? Dimension.ENTRY_PAGE : Dimension.EXIT_PAGE;
        Query query = context.query(context.period().current(), Metric.SESSIONS).by(dimension, 1);
        List<Report.Row> rows = context.reader().query(query).rows();
        return rows.isEmpty() ? null : rows.get(0).values().get(0);
    }
}
