package io.millrace.server.internal.cli;

import io.millrace.engine.Affiliate;
import io.millrace.engine.Site;

/** What a person pastes into pages and links. */
final class Snippet {
    private Snippet() {}

    /** The tag that makes a page count. */
    static String script(String baseUrl, Site site) {
        return "<script defer src=\"" + baseUrl + "/t.js\" data-site=\"" + site.id() + "\"></script>";
    }

    /** A link that counts for an affiliate. */
    static String link(Site site, Affiliate affiliate) {
        return "https://" + site.domain() + "/?ref=" + affiliate.slug();
    }
}
