package io.millrace.dashboard.internal.report;

import io.millrace.dashboard.internal.request.Times;
import io.millrace.engine.Site;
import io.millrace.wire.json.JsonObject;

/** What an answer says of the site that it is about. */
public final class SiteHead {
    private SiteHead() {}

    public static JsonObject of(Site site) {
        return JsonObject.of("id", site.id())
                .with("domain", site.domain())
                .with("name", site.name())
                .with("timezone", Times.name(site.zone()));
    }
}
