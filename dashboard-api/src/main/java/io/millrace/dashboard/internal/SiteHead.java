package io.millrace.dashboard.internal;

import io.millrace.engine.Site;

/** What an answer says of the site that it is about. */
final class SiteHead {
    private SiteHead() {}

    static JsonObject of(Site site) {
        return JsonObject.of("id", site.id())
                .with("domain", site.domain())
                .with("name", site.name())
                .with("timezone", Times.name(site.zone()));
    }
}
