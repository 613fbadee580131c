package io.millrace.dashboard.internal.report;

import io.millrace.dashboard.internal.answer.ReportFormat;
import io.millrace.dashboard.internal.path.Flow;
import io.millrace.dashboard.internal.query.Filters;
import io.millrace.dashboard.internal.query.PeriodParser;
import io.millrace.dashboard.internal.request.Input;
import io.millrace.dashboard.internal.request.Operation;
import io.millrace.dashboard.internal.request.Permission;
import io.millrace.dashboard.internal.revenue.AffiliateReport;
import io.millrace.dashboard.internal.revenue.AffiliateStatement;
import io.millrace.dashboard.internal.revenue.Affiliates;
import io.millrace.dashboard.internal.revenue.AttributionReport;
import io.millrace.dashboard.internal.revenue.ConversionList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The reports of a site, each with what sets it apart. Their paths, parameters, caches, descriptions and what shared
 * links show are made from this list; {@link Reports} says how each is computed.
 */
public enum ReportKind {
    OVERVIEW("Totals, their change, the series and the panels", Overview.class, "pages", 60, Overview.COMPARE),
    BREAKDOWN(
            "The whole table behind a panel",
            Breakdown.class,
            "rows",
            60,
            Breakdown.DIMENSION,
            Breakdown.SORT,
            Breakdown.SEARCH,
            Breakdown.COMPARE,
            ReportFormat.LIMIT,
            ReportFormat.OFFSET),
    PROPERTIES(
            "What custom events were sent with: keys, or the values of one",
            Properties.class,
            "rows",
            60,
            Properties.KEY,
            Properties.LIMIT),
    REALTIME("Who is on the site now", Realtime.class, "users", 1),
    AFFILIATES("What each affiliate brought", Affiliates.class, "affiliates", 60),
    AFFILIATE("What one affiliate brought", AffiliateReport.class, "landingPages", 60),
    /** What the affiliate himself may see of it; his link shows it under the name of the whole. */
    AFFILIATE_FIGURES("What one affiliate brought", AffiliateReport.class, "landingPages", 60),
    /** Not kept: who records a payment looks what is left. */
    STATEMENT("What an affiliate has earned, lost by refunds and been paid", AffiliateStatement.class, "months", 0),
    CONVERSIONS(
            "Conversions one by one",
            ConversionList.class,
            "conversions",
            30,
            ConversionList.PAGE,
            ConversionList.LIMIT,
            ConversionList.SEARCH,
            ConversionList.STATUS),
    ATTRIBUTION(
            "What conversions are credited to: the first visit, the last, or each an equal part",
            AttributionReport.class,
            "rows",
            60,
            AttributionReport.ATTRIBUTION,
            AttributionReport.DIMENSION,
            ReportFormat.LIMIT,
            ReportFormat.OFFSET),
    VISITOR_JOURNEY(
            "Everything that a visitor did",
            VisitorJourney.class,
            "sessions",
            120,
            VisitorJourney.VISITOR,
            VisitorJourney.CONVERSION),
    GOALS("What visitors completed of the site's goals", Goals.class, "goals", 60),
    GOAL(
            "One goal by the values of a dimension",
            GoalReport.class,
            "rows",
            60,
            GoalReport.GOAL,
            GoalReport.DIMENSION,
            GoalReport.LIMIT,
            ReportFormat.OFFSET),
    FUNNEL(
            "How far visitors get along the steps of a funnel",
            FunnelReport.class,
            "steps",
            60,
            FunnelReport.FUNNEL,
            FunnelReport.DIMENSION,
            FunnelReport.LIMIT),
    RETENTION(
            "Who comes back, by the time of the first visit", RetentionReport.class, "rows", 60, RetentionReport.UNIT),
    FLOW(
            "The paths that visitors take from a page or an event, or to one",
            Flow.class,
            "entryOptions",
            60,
            Flow.ROOT,
            Flow.ROOT_EVENT,
            Flow.DIRECTION,
            Flow.DEPTH,
            Flow.TOP);

    /** What the paths of a site's reports begin with. */
    public static final String PATH = "/api/analytics/{siteId}/";

    private final String summary;
    private final Class<? extends Record> answer;
    private final String table;
    private final int seconds;
    private final List<Input> own;

    /**
     * @param answer the shape of its answer
     * @param table what CSV shows unless {@code table} names another
     * @param seconds how long an answer is kept
     * @param own parameters beside those that most reports have
     */
    ReportKind(String summary, Class<? extends Record> answer, String table, int seconds, Input... own) {
        this.summary = summary;
        this.answer = answer;
        this.table = table;
        this.seconds = seconds;
        this.own = List.of(own);
    }

    /** The report that a link shows under a name, or null. */
    public static ReportKind shared(String name, boolean ofAffiliate, boolean filtered) {
        if (ofAffiliate) {
            if (name.equals(STATEMENT.label())) {
                return filtered ? null : STATEMENT;
            }
            return name.equals(AFFILIATE.label()) ? AFFILIATE_FIGURES : null;
        }
        return Arrays.stream(values())
                .filter(kind -> kind.label().equals(name) && kind.shared(filtered))
                .findAny()
                .orElse(null);
    }

    private boolean shared(boolean filtered) {
        return switch (this) {
            case OVERVIEW, BREAKDOWN, PROPERTIES, AFFILIATES, CONVERSIONS, GOALS, GOAL, FUNNEL, RETENTION, FLOW -> true;
            // Filters do not narrow these: they tell of a visitor's other visits.
            case REALTIME, VISITOR_JOURNEY, ATTRIBUTION -> !filtered;
            case AFFILIATE, AFFILIATE_FIGURES, STATEMENT -> false;
        };
    }

    /** What paths, links and metrics call it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Its path, the site's id and others in braces; null: only a link leads to it. */
    public String template() {
        return switch (this) {
            case AFFILIATE -> PATH + "affiliates/{affiliateId}";
            case STATEMENT -> PATH + "affiliates/{affiliateId}/statement";
            case AFFILIATE_FIGURES -> null;
            default -> PATH + label();
        };
    }

    /** The operation, without its handler. */
    Operation.Builder operation() {
        return Operation.get(template(), Permission.READ, summary)
                .with(inputs())
                .answers(answer)
                .answers(200, ReportFormat.CSV)
                .kept();
    }

    /** The operation of all reports that some link shows, without its handler. */
    public static Operation.Builder byLink(String template) {
        List<ReportKind> kinds = Arrays.stream(values())
                .filter(kind -> kind == AFFILIATE_FIGURES || kind == STATEMENT || kind.shared(false))
                .toList();
        List<String> names = kinds.stream()
                .map(kind -> kind == AFFILIATE_FIGURES ? AFFILIATE.label() : kind.label())
                .toList();
        List<Class<? extends Record>> shapes = new ArrayList<>();
        kinds.forEach(kind -> shapes.add(kind.answer));
        Set<String> own = new TreeSet<>();
        kinds.forEach(kind -> own.addAll(kind.own()));
        own.removeAll(Filters.names(false));
        return Operation.get(template, Permission.NOTHING, "A report by a shared link")
                .with(Input.choice("report", names, "Which; the link says which of them it shows"))
                .with(PeriodParser.INPUTS)
                .with(Filters.groupOfLinks(), Input.group("own", own, "What the report itself takes"))
                .with(ReportFormat.INPUTS)
                .answersOneOf(shapes)
                .answers(200, ReportFormat.CSV)
                .kept();
    }

    String table() {
        return table;
    }

    int seconds() {
        return seconds;
    }

    /** The names of its own parameters. */
    List<String> own() {
        return own.stream().map(Input::name).toList();
    }

    /** All its parameters. */
    List<Input> inputs() {
        List<Input> inputs = new ArrayList<>(own);
        if (this != REALTIME) {
            inputs.addAll(PeriodParser.INPUTS);
            if (this != STATEMENT) { // which is of money, not of visits
                inputs.add(Filters.group(pageIsNumber()));
            }
        }
        inputs.addAll(ReportFormat.INPUTS);
        return inputs;
    }

    /** The names of all its parameters. */
    Set<String> names() {
        return inputs().stream().flatMap(input -> input.names().stream()).collect(Collectors.toSet());
    }

    /** Whether {@code page} is a page of a list, so that {@code path} alone filters. */
    boolean pageIsNumber() {
        return own.contains(ConversionList.PAGE);
    }
}
