package io.millrace.server.internal.admin;

import io.millrace.dashboard.CollectPaths;
import io.millrace.engine.Affiliate;
import io.millrace.engine.Site;
import io.millrace.server.internal.config.Settings;
import io.millrace.server.internal.instance.Instance;
import java.net.URI;
import java.util.TreeSet;

/** What a person pastes into pages and links. */
final class Snippet {
    private Snippet() {}

    /**
     * The tag that makes a page count. The tracker sends nothing from {@code localhost} unless it is told to, and who has
     * a server there is trying it out. It knows only by its tag which parameters the site keeps.
     */
    static String script(Instance instance, Site site) {
        String url = instance.baseUrl();
        String host = URI.create(url).getHost();
        boolean local = "127.0.0.1".equals(host) || "localhost".equals(host) || "[::1]".equals(host);
        String path = instance.config().get(Settings.SCRIPT_PATHS).get(0);
        String collect = new CollectPaths(instance.config().get(Settings.COLLECT_PATHS), "/", false).ofTag(path);
        String keep = String.join(",", new TreeSet<>(site.keepParams()));
        return "<script defer src=\"" + url + path + "\" data-site=\"" + site.id() + "\""
                + (keep.isEmpty() ? "" : " data-keep=\"" + keep + "\"")
                + (collect == null ? "" : " data-api=\"" + url + collect + "\"")
                + (local ? " data-dev" : "") + "></script>";
    }

    /** A link that counts for an affiliate. */
    static String link(Site site, Affiliate affiliate) {
        return "https://" + site.domain() + "/?ref=" + affiliate.slug();
    }
}
