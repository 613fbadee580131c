package io.millrace.wire;

import io.millrace.engine.Affiliate;
import io.millrace.engine.Site;
import io.millrace.engine.Sites;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** Site 1, example.com, with the affiliate anna. */
final class OneSite implements Sites {
    static final Affiliate ANNA = new Affiliate(3, 1, "anna", "Anna", 0.2, Duration.ofDays(60));

    private final Site site = Site.of("example.com").withId(1);

    @Override
    public Site byId(int id) {
        return id == 1 ? site : null;
    }

    @Override
    public Site byDomain(String domain) {
        return site.domain().equals(domain) ? site : null;
    }

    @Override
    public Collection<Site> all() {
        return List.of(site);
    }

    @Override
    public Affiliate affiliate(int siteId, String slug) {
        return siteId == 1 && ANNA.slug().equals(slug) ? ANNA : null;
    }

    @Override
    public Collection<Affiliate> affiliates(int siteId) {
        return siteId == 1 ? List.of(ANNA) : List.of();
    }
}
