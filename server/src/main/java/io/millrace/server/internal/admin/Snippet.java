package io.millrace.server.internal.admin;

import io.millrace.engine.Affiliate;
import io.millrace.engine.Site;
import java.net.URI;

/** What a person pastes into pages and links. */
final class Snippet {
    private Snippet() {}

    /**
     * The tag that makes a page count. The tracker sends nothing from {@code localhost} unless it is told to, and who has
     * a server there is trying it out.
     */
    static String script(String baseUrl, Site site) {
        String host = URI.create(baseUrl).getHost();
        String dev = "127.0.0.1".equals(host) || "localhost".equals(host) || "[::1]".equals(host) ? " data-dev" : "";
        return "<script defer src=\"" + baseUrl + "/t.js\" data-site=\"" + site.id() + "\"" + dev + "></script>";
    }

    /** A link that counts for an affiliate. */
    static String link(Site site, Affiliate affiliate) {
        return "https://" + site.domain() + "/?ref=" + affiliate.slug();
    }
}
