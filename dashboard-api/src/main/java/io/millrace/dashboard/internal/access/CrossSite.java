package io.millrace.dashboard.internal.access;

import io.millrace.dashboard.ApiRequest;
import io.millrace.dashboard.internal.request.ApiAnswers;
import io.millrace.dashboard.internal.request.ApiException;
import java.net.URI;

/** Tells requests that this server's own pages make from those that other sites make a browser send. */
public final class CrossSite {
    private CrossSite() {}

    /** Whether a browser says that another site made it send this. Programs say nothing. */
    static boolean foreign(ApiRequest request) {
        String site = request.header("sec-fetch-site");
        if (site != null) {
            return !site.equals("same-origin") && !site.equals("none");
        }
        String origin = request.header("origin");
        return origin != null && !sameHost(origin, request.header("host"));
    }

    /** Whether a browser says that a page of this server sent this. */
    static boolean own(ApiRequest request) {
        String site = request.header("sec-fetch-site");
        if (site != null) {
            return site.equals("same-origin");
        }
        String origin = request.header("origin");
        return origin != null && sameHost(origin, request.header("host"));
    }

    private static boolean sameHost(String origin, String host) {
        try {
            return host != null && host.equalsIgnoreCase(URI.create(origin).getRawAuthority());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * An unsafe request that is allowed by a cookie must come from a page of this server, as JSON: a form cannot send
     * that.
     */
    public static void refuseUnlessOwn(ApiRequest request) {
        String type = request.header("content-type");
        boolean json = type != null && type.split(";")[0].trim().equalsIgnoreCase(ApiAnswers.JSON);
        if (!json || !own(request)) {
            throw new ApiException(403, "cross_site", "with a cookie, changes need JSON from a page of this server");
        }
    }

    /** A request that would set a cookie must not come from another site. */
    public static void refuseForeign(ApiRequest request) {
        if (foreign(request)) {
            throw new ApiException(403, "cross_site", "this request comes from another site");
        }
    }
}
