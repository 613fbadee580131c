package io.millrace.engine.internal.enrich;

import io.millrace.engine.Glob;
import io.millrace.engine.HostNames;
import io.millrace.engine.PlainText;
import io.millrace.engine.UrlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A URL as browsers send it, taken apart leniently: what {@link java.net.URI} refuses (spaces, brackets, half an
 * escape) is real traffic.
 *
 * @param host as {@link HostNames} reads it; null when the text is only a path, or the host is none
 * @param path in its one form, begins with {@code /}
 * @param query without the {@code ?}; null when absent
 * @param routeQuery the query within a fragment that is a route, without its {@code ?}; null when absent
 */
record PageUrl(String host, String path, String query, String routeQuery) {
    /** Of what has none. */
    static final PageUrl NONE = new PageUrl(null, "/", null, null);

    private static final int MAX_PATH = 2048;
    private static final int MAX_VALUE = 200;

    /** Parameters that let whoever knows them in: a fragment with one is never part of a page. */
    private static final Pattern SECRET = Pattern.compile(
            "(?i)(?:^|[^a-z_])(?:[a-z_]*token|(?:auth_)?code|(?:client_)?secret|passw(?:or)?d|pwd|session(?:_?id)?|sid|api_?key|key|auth|jwt|otp)=");

    /** What Java servers add to links for browsers without cookies: a page for each visitor, and what lets others in. */
    private static final Pattern SESSION = Pattern.compile("(?i);jsessionid=[^/;]*");

    static PageUrl parse(String sent) {
        String url = UrlText.asBrowsersRead(sent);
        int scheme = url.indexOf("://");
        int pathFrom = 0;
        String host = null;
        if (scheme > 0 && scheme < UrlText.first(url, "/?#", 0)) {
            pathFrom = UrlText.first(url, "/?#", scheme + 3);
            host = HostNames.of(url.substring(scheme + 3, pathFrom));
        }
        int pathEnd = UrlText.first(url, "?#", pathFrom);
        int queryEnd = UrlText.first(url, "#", pathEnd);
        return new PageUrl(
                host,
                normal(url.substring(pathFrom, pathEnd)),
                pathEnd < queryEnd ? names(url.substring(pathEnd + 1, queryEnd)) : null,
                routeQuery(url.substring(queryEnd)));
    }

    /** A URL with a host, without the name and password that may stand before it. */
    static String withoutUser(String sent) {
        if (sent.indexOf('@') < 0) {
            return sent;
        }
        String url = UrlText.asBrowsersRead(sent);
        int host = url.indexOf("://") + 3;
        int at = url.lastIndexOf('@', UrlText.first(url, "/?#", host) - 1);
        return at < host ? sent : url.substring(0, host) + url.substring(at + 1);
    }

    private static String routeQuery(String fragment) {
        int mark = isRoute(fragment) ? fragment.indexOf('?') : -1;
        return mark < 0 ? null : names(fragment.substring(mark + 1));
    }

    /** A query whose names are as they were meant: mail programs escape the underscore, and {@code &} as in HTML. */
    private static String names(String query) {
        return query.replace("&amp;", "&").replace("%5F", "_").replace("%5f", "_");
    }

    private static boolean isRoute(String fragment) {
        return fragment.startsWith("#/") || fragment.startsWith("#!");
    }

    /**
     * The path alone in its one form, {@code /} for empty. A fragment stays when it is a route ({@code #/pricing}, as
     * clients send it that route so) and holds no secret.
     */
    static String normal(String path) {
        int end = UrlText.first(path, "?#", 0);
        int fragment = UrlText.first(path, "#", end);
        String bare = path.substring(0, end);
        String rooted = bare.startsWith("/") ? bare : '/' + bare;
        String whole = resolved(UrlText.path(rooted)) + UrlText.path(route(path.substring(fragment)));
        return PlainText.fits(whole, MAX_PATH) ? whole : UrlText.cut(whole, MAX_PATH);
    }

    /** Without session ids, and without the segments {@code .} and {@code ..}, which browsers resolve. */
    private static String resolved(String path) {
        String page = path.indexOf(';') < 0 ? path : SESSION.matcher(path).replaceAll("");
        if (!page.contains("/.")) {
            return page;
        }
        List<String> kept = new ArrayList<>();
        String[] segments = page.substring(1).split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            boolean up = segments[i].equals("..");
            if (up && !kept.isEmpty()) {
                kept.remove(kept.size() - 1);
            }
            if (!up && !segments[i].equals(".")) {
                kept.add(segments[i]);
            } else if (i == segments.length - 1) {
                kept.add("");
            }
        }
        return '/' + String.join("/", kept);
    }

    private static String route(String fragment) {
        String route = fragment.substring(0, UrlText.first(fragment, "?&", 0));
        return isRoute(route) && !SECRET.matcher(fragment).find() ? route : "";
    }

    /** The first value of a query parameter, its name in any case, decoded and clean; null when absent or blank. */
    String param(String name) {
        String value = param(query, name);
        return value == null ? param(routeQuery, name) : value;
    }

    private static String param(String query, String name) {
        if (query == null) {
            return null;
        }
        for (int at = 0; at < query.length(); ) {
            int end = UrlText.first(query, "&", at);
            if (query.regionMatches(true, at, name, 0, name.length())
                    && at + name.length() < end
                    && query.charAt(at + name.length()) == '=') {
                String value =
                        PlainText.strip(PlainText.clean(UrlText.value(query.substring(at + name.length() + 1, end))));
                if (!value.isEmpty()) {
                    return value;
                }
            }
            at = end + 1;
        }
        return null;
    }

    /** Whether a query has a parameter of this name, in any case, with a value such as this; one without {@code =} is empty. */
    boolean says(String name, Glob value) {
        return says(query, name, value) || says(routeQuery, name, value);
    }

    private static boolean says(String query, String name, Glob value) {
        if (query == null) {
            return false;
        }
        for (int at = 0; at <= query.length(); ) {
            int end = UrlText.first(query, "&", at);
            int is = UrlText.first(query, "=&", at);
            if (is - at == name.length()
                    && query.regionMatches(true, at, name, 0, name.length())
                    && value.matches(is < end ? UrlText.value(query.substring(is + 1, end)) : "")) {
                return true;
            }
            at = end + 1;
        }
        return false;
    }

    /** The same, cut as campaign fields are. */
    String campaignParam(String name) {
        String value = param(name);
        return isTooLong(value) ? PlainText.strip(PlainText.cut(value, MAX_VALUE)) : value;
    }

    /** Whether there may be campaign fields. */
    boolean hasCampaign() {
        return hasCampaign(query) || hasCampaign(routeQuery);
    }

    private static boolean hasCampaign(String query) {
        int at = query == null ? -1 : query.indexOf('_');
        while (at >= 0 && !query.regionMatches(true, at - 3, "utm", 0, 3)) {
            at = query.indexOf('_', at + 1);
        }
        return at >= 0;
    }

    /** Whether a campaign field is cut. */
    static boolean isTooLong(String value) {
        return value != null && !PlainText.fits(value, MAX_VALUE);
    }

    /** The path with only these query parameters, in the order of the URL. */
    String pathWith(String path, Set<String> keep) {
        if (query == null || keep.isEmpty()) {
            return path;
        }
        String whole = path + UrlText.kept(query, keep);
        return PlainText.fits(whole, MAX_PATH) ? whole : UrlText.cut(whole, MAX_PATH);
    }
}
