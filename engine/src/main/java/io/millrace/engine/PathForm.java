package io.millrace.engine;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The one form that a site's pages have: what spells the same page differently is taken away before anything else looks at a path,
 * goals, filters and entry pages included. Immutable.
 *
 * @param withoutSlash whether a slash at the end is left out, but for that of {@code /}
 * @param lowerCase whether letters become small
 * @param patterns paths like the first of these that matches become it: {@code /user/*} for {@code /user/7}
 */
public record PathForm(boolean withoutSlash, boolean lowerCase, List<Glob> patterns) {
    /** Paths as they are. */
    public static final PathForm AS_SENT = new PathForm(false, false, List.of());

    /** So many patterns a site may have. */
    public static final int MOST = 50;

    /** Bytes of a pattern. */
    public static final int LONGEST = 256;

    private static final int MOST_WILDCARDS = 8;
    private static final int EXAMPLES = 20;
    private static final int OF_EACH = 5;

    public PathForm {
        patterns = List.copyOf(patterns);
    }

    /** With these patterns, as they are typed. */
    public static PathForm of(boolean withoutSlash, boolean lowerCase, Collection<String> patterns) {
        return new PathForm(
                withoutSlash, lowerCase, patterns.stream().map(Glob::new).toList());
    }

    /** The patterns as they were typed. */
    public List<String> typed() {
        return patterns.stream().map(Glob::pattern).toList();
    }

    /** Why a site cannot have it, beginning with the field at fault; empty: it can. */
    public Optional<String> fault() {
        if (patterns.size() > MOST) {
            return Optional.of("path_patterns: at most " + MOST);
        }
        return patterns.stream()
                .filter(p -> !p.pattern().startsWith("/")
                        || p.pieces().size() == 1
                        || p.pieces().size() > MOST_WILDCARDS + 1
                        || p.pattern().indexOf('?') >= 0
                        || !PlainText.fits(p.pattern(), LONGEST)
                        || PlainText.isDirty(p.pattern()))
                .findFirst()
                .map(p -> "path_patterns: " + p.pattern() + ": begins with /, has 1 to " + MOST_WILDCARDS
                        + " wildcards, no ?, and " + LONGEST + " bytes at most");
    }

    /** The form of a path, which has no query. */
    public String of(String path) {
        String form = path;
        if (withoutSlash && form.endsWith("/")) {
            form = withoutSlashes(form);
        }
        if (lowerCase) {
            form = form.toLowerCase(Locale.ROOT);
        }
        for (Glob pattern : patterns) {
            if (lowerCase ? pattern.matchesAnyCase(form) : pattern.matches(form)) {
                return pattern.pattern();
            }
        }
        return form;
    }

    /** The slash of a route that is no more than that stays: {@code /#/}. */
    private static String withoutSlashes(String path) {
        int end = path.length();
        while (end > 1 && path.charAt(end - 1) == '/' && "#!".indexOf(path.charAt(end - 2)) < 0) {
            end--;
        }
        return path.substring(0, end);
    }

    /** Asks for a site's stored paths of a period, the commonest first. */
    public static Query stored(int siteId, Period period, ZoneId zone, int most) {
        return Query.totals(siteId, period, zone, Metric.PAGE_VIEWS).by(Dimension.PAGE, most);
    }

    /**
     * What becomes of stored paths.
     *
     * @param stored the answer to {@link #stored}
     * @param keepParams the query parameters that stay
     */
    public Preview preview(Report stored, Set<String> keepParams) {
        List<String> paths = stored.rows().stream()
                .map(row -> row.values().get(0))
                .filter(path -> path.startsWith("/"))
                .toList();
        Map<String, List<String>> forms = new TreeMap<>();
        for (String path : paths) {
            int query = path.indexOf('?');
            String form = query < 0
                    ? of(path)
                    : of(path.substring(0, query)) + UrlText.kept(path.substring(query + 1), keepParams);
            forms.computeIfAbsent(form, f -> new ArrayList<>()).add(path);
        }
        List<Preview.Form> examples = forms.entrySet().stream()
                .filter(e -> e.getValue().size() > 1 || !e.getValue().get(0).equals(e.getKey()))
                .sorted(Comparator.comparing(e -> -e.getValue().size()))
                .limit(EXAMPLES)
                .map(e -> new Preview.Form(
                        e.getKey(),
                        e.getValue().size(),
                        e.getValue().stream().limit(OF_EACH).toList()))
                .toList();
        return new Preview(paths.size(), forms.size(), examples);
    }

    /**
     * What becomes of paths.
     *
     * @param paths how many there are
     * @param forms how many there would be
     * @param examples those that most paths become, and others that change
     */
    public record Preview(int paths, int forms, List<Form> examples) {
        /**
         * One form.
         *
         * @param paths how many become it
         * @param of some of them
         */
        public record Form(String form, int paths, List<String> of) {}
    }
}
