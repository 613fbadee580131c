package io.millrace.dashboard.internal.access;

import io.millrace.dashboard.ApiRequest;
import io.millrace.dashboard.ApiResponse;
import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.engine.Site;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Answers about a visitor are for that visitor: read in a tab of its own, by a program, or by a page of the very site that
 * they are about. A page of any other site makes a browser ask in vain.
 */
public final class FirstParty {
    private FirstParty() {}

    /**
     * The origin of the site's own page that asks, or null: no page of another origin does.
     *
     * @throws ApiException 403 when a browser says that another site's page makes it ask
     */
    public static String origin(ApiRequest request, Site site) {
        String origin = request.header("origin");
        if (!CrossSite.foreign(request)) {
            return null;
        }
        if (origin == null ? opensTab(request) : isOf(site, origin)) {
            return origin;
        }
        throw new ApiException(403, "cross_site", "only the visitor, and pages of the site itself, may ask this");
    }

    /** Whether somebody follows a link: what comes is shown, and no page can read it. */
    private static boolean opensTab(ApiRequest request) {
        return "navigate".equals(request.header("sec-fetch-mode"))
                && "document".equals(request.header("sec-fetch-dest"));
    }

    private static boolean isOf(Site site, String origin) {
        String host;
        try {
            host = URI.create(origin).getHost();
        } catch (IllegalArgumentException e) {
            return false;
        }
        if (host == null) {
            return false;
        }
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals(site.domain())
                || name.equals("www." + site.domain())
                || site.hostnames().contains(name);
    }

    /** The answer as no other page may read it, and nobody but the caller's browser may keep it. */
    public static ApiResponse only(ApiResponse answer, String origin) {
        Map<String, String> headers = new LinkedHashMap<>(answer.headers());
        headers.remove("ETag");
        headers.put("Cache-Control", "no-store");
        headers.put("Vary", "Origin");
        headers.put("Cross-Origin-Resource-Policy", "same-origin");
        if (origin != null) {
            headers.put("Access-Control-Allow-Origin", origin);
        }
        return new ApiResponse(answer.status(), headers, answer.body(), answer.gzip());
    }
}
