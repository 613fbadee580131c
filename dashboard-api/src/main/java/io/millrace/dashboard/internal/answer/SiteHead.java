package io.millrace.dashboard.internal.answer;

import io.millrace.dashboard.internal.request.Times;
import io.millrace.engine.Site;

/** What an answer says of the site that it is about. */
public record SiteHead(int id, String domain, String name, String timezone) {

    public static SiteHead of(Site site) {
        return new SiteHead(site.id(), site.domain(), site.name(), Times.name(site.zone()));
    }
}
