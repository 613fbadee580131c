package io.millrace.dashboard.internal.report;

import io.millrace.dashboard.internal.query.Filters;
import io.millrace.dashboard.internal.query.PeriodParser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The reports of a site, each with what sets it apart. Their paths, parameters, caches, descriptions and what shared
 * links show are made from this list; {@link Reports} says how each is computed.
 */
public enum ReportKind {
    OVERVIEW("Totals, their change, the series and the panels", "Overview", "pages", 60, "compare"),
    BREAKDOWN(
            "The whole table behind a panel",
            "Breakdown",
            "rows",
            60,
            "dimension",
            "order",
            "search",
            "limit",
            "offset"),
    PROPERTIES(
            "What custom events were sent with: keys, or the values of one", "Properties", "rows", 60, "key", "limit"),
    REALTIME("Who is on the site now", "Realtime", "users", 1),
    AFFILIATES("What each affiliate brought", "Affiliates", "affiliates", 60),
    AFFILIATE("What one affiliate brought", "Affiliate", "landingPages", 60),
    /** What the affiliate himself may see of it; his link shows it under the name of the whole. */
    AFFILIATE_FIGURES("What one affiliate brought", "Affiliate", "landingPages", 60),
    CONVERSIONS("Conversions one by one", "Conversions", "conversions", 30, "page", "limit", "search", "status"),
    VISITOR_JOURNEY("Everything that a visitor did", "Journey", "sessions", 120, "visitorId", "conversionId"),
    FLOW("The paths that visitors take", "Flow", "entryOptions", 60, "root", "depth", "topN");

    /** What the paths of a site's reports begin with. */
    public static final String PATH = "/api/analytics/{siteId}/";

    private final String summary;
    private final String answer;
    private final String table;
    private final int seconds;
    private final List<String> own;

    /**
     * @param answer the shape of its answer
     * @param table what CSV shows unless {@code table} names another
     * @param seconds how long an answer is kept
     * @param own names of parameters beside those that most reports have
     */
    ReportKind(String summary, String answer, String table, int seconds, String... own) {
        this.summary = summary;
        this.answer = answer;
        this.table = table;
        this.seconds = seconds;
        this.own = List.of(own);
    }

    /** The report that a link shows under a name, or null. */
    public static ReportKind shared(String name, boolean ofAffiliate, boolean filtered) {
        if (ofAffiliate) {
            return name.equals(AFFILIATE.label()) ? AFFILIATE_FIGURES : null;
        }
        return Arrays.stream(values())
                .filter(kind -> kind.label().equals(name) && kind.shared(filtered))
                .findAny()
                .orElse(null);
    }

    private boolean shared(boolean filtered) {
        return switch (this) {
            case OVERVIEW, BREAKDOWN, PROPERTIES, AFFILIATES, CONVERSIONS, FLOW -> true;
            // Filters do not narrow these.
            case REALTIME, VISITOR_JOURNEY -> !filtered;
            case AFFILIATE, AFFILIATE_FIGURES -> false;
        };
    }

    /** What paths, links and metrics call it. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Its path, the site's id and others in braces; null: only a link leads to it. */
    public String template() {
        return switch (this) {
            case AFFILIATE -> PATH + "affiliates/{affiliateId}";
            case AFFILIATE_FIGURES -> null;
            default -> PATH + label();
        };
    }

    public String summary() {
        return summary;
    }

    public String answer() {
        return answer;
    }

    String table() {
        return table;
    }

    int seconds() {
        return seconds;
    }

    List<String> own() {
        return own;
    }

    /** The names of all its parameters. */
    public List<String> params() {
        List<String> names = new ArrayList<>(List.of("format", "table"));
        names.addAll(own);
        if (this != REALTIME) {
            names.addAll(PeriodParser.PARAMS);
            names.addAll(Filters.names(pageIsNumber()));
        }
        return names;
    }

    /** Whether {@code page} is a page of a list, so that {@code path} alone filters. */
    boolean pageIsNumber() {
        return own.contains("page");
    }
}
