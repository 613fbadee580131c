package io.millrace.replay.internal.records;

import io.millrace.engine.Affiliate;
import io.millrace.engine.BotMode;
import io.millrace.engine.Conversion;
import io.millrace.engine.Counter;
import io.millrace.engine.Exclusion;
import io.millrace.engine.Funnel;
import io.millrace.engine.Goal;
import io.millrace.engine.HostNames;
import io.millrace.engine.Money;
import io.millrace.engine.PastSale;
import io.millrace.engine.PathForm;
import io.millrace.engine.Payout;
import io.millrace.engine.Refund;
import io.millrace.engine.Site;
import io.millrace.engine.Visit;
import io.millrace.engine.spi.AccountStore;
import io.millrace.wire.json.JsonObject;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a site is, and what it has beside visits, as members of lines. What names another thing does so by its name, not its id. Stateless. */
final class SiteFormat {
    private SiteFormat() {}

    static JsonObject site(Site site) {
        JsonObject o = new JsonObject()
                .with("domain", site.domain())
                .with("name", site.name())
                .with("timezone", site.zone().getId())
                .with("cookieless", site.cookieless())
                .with("hostnames", new TreeSet<>(site.hostnames()))
                .with("keep_params", new TreeSet<>(site.keepParams()))
                .with("without_slash", site.pathForm().withoutSlash())
                .with("lower_case", site.pathForm().lowerCase())
                .with("path_patterns", site.pathForm().typed())
                .with("bots", site.bots().name().toLowerCase(Locale.ROOT))
                .with(
                        "allowed_bots",
                        site.allowedBots().stream()
                                .map(Counter::reason)
                                .sorted()
                                .toList())
                .with("public_live", site.publicLive());
        VisitFormat.put(o, "umami_id", site.umamiId());
        VisitFormat.put(o, "goatcounter_host", site.goatcounterHost());
        return o;
    }

    static Site site(Members m) {
        String domain = HostNames.site(m.need("domain"));
        if (domain == null) {
            throw new IllegalArgumentException("domain: not a host name");
        }
        Set<Counter> allowed = m.texts("allowed_bots").stream()
                .map(reason -> VisitFormat.one(Counter.values(), "filtered_" + reason, "allowed_bots"))
                .collect(Collectors.toSet());
        return Site.of(domain)
                .with()
                .name(m.text("name"))
                .zone(Site.zoneOf(m.need("timezone")))
                .cookieless(m.truth("cookieless"))
                .hostnames(Set.copyOf(m.texts("hostnames")))
                .keepParams(Set.copyOf(m.texts("keep_params")))
                .pathForm(PathForm.of(m.truth("without_slash"), m.truth("lower_case"), m.texts("path_patterns")))
                .bots(VisitFormat.one(BotMode.values(), m.need("bots"), "bots"))
                .allowedBots(allowed)
                .publicLive(m.truth("public_live"))
                .umamiId(m.text("umami_id"))
                .goatcounterHost(m.text("goatcounter_host"))
                .build();
    }

    private static JsonObject of(Site site) {
        return JsonObject.of("site", site.domain());
    }

    static JsonObject affiliate(Affiliate affiliate, Site site) {
        return of(site).with("slug", affiliate.slug())
                .with("name", affiliate.name())
                .with("rate", affiliate.rate())
                .with("window_ms", affiliate.window().toMillis());
    }

    static Affiliate affiliate(Members m, Site site) {
        String slug = Affiliate.slugOf(m.need("slug"));
        if (slug == null) {
            throw new IllegalArgumentException("slug: has letters, digits, - and _, at most 64");
        }
        return new Affiliate(
                0, site.id(), slug, m.text("name"), m.decimal("rate"), Duration.ofMillis(m.number("window_ms")));
    }

    static JsonObject goal(Goal goal, Site site) {
        JsonObject o = of(site).with("name", goal.name());
        VisitFormat.put(o, "page", goal.page());
        VisitFormat.put(o, "event", goal.event());
        VisitFormat.put(o, "props", goal.props().isEmpty() ? null : goal.props());
        VisitFormat.put(o, "scroll", goal.scroll());
        VisitFormat.put(o, "seconds", goal.seconds());
        return o;
    }

    static Goal goal(Members m, Site site) {
        return new Goal(
                0,
                site.id(),
                m.need("name"),
                m.text("page"),
                m.text("event"),
                m.map("props"),
                m.count("scroll"),
                m.count("seconds"));
    }

    static JsonObject exclusion(Exclusion rule, Site site) {
        return of(site).with("kind", rule.kind().name().toLowerCase(Locale.ROOT))
                .with("pattern", rule.pattern())
                .with("from", rule.from());
    }

    static Exclusion exclusion(Members m, Site site) {
        Exclusion.Kind kind = VisitFormat.one(Exclusion.Kind.values(), m.need("kind"), "kind");
        return new Exclusion(0, site.id(), kind, m.need("pattern"), m.time("from"));
    }

    static JsonObject funnel(Funnel funnel, Site site, Collection<Goal> goals) {
        return of(site).with("name", funnel.name())
                .with("strict", funnel.strict())
                .with("days", funnel.days())
                .with(
                        "steps",
                        funnel.steps().stream().map(step -> step(step, goals)).toList());
    }

    private static JsonObject step(Funnel.Step step, Collection<Goal> goals) {
        JsonObject o = new JsonObject();
        VisitFormat.put(o, "page", step.page());
        VisitFormat.put(o, "event", step.event());
        VisitFormat.put(o, "props", step.props().isEmpty() ? null : step.props());
        goals.stream().filter(goal -> goal.id() == step.goalId()).forEach(goal -> o.put("goal", goal.name()));
        return o;
    }

    static Funnel funnel(Members m, Site site, Collection<Goal> goals) {
        List<Funnel.Step> steps =
                m.objects("steps").stream().map(step -> step(step, goals)).toList();
        return new Funnel(0, site.id(), m.need("name"), steps, m.truth("strict"), m.count("days"));
    }

    private static Funnel.Step step(Members m, Collection<Goal> goals) {
        String name = m.text("goal");
        int goal = name == null
                ? 0
                : goals.stream()
                        .filter(g -> g.name().equals(name))
                        .findAny()
                        .orElseThrow(() -> new IllegalArgumentException("goal: not known"))
                        .id();
        return new Funnel.Step(m.text("page"), m.text("event"), m.map("props"), goal);
    }

    static JsonObject segment(AccountStore.Segment segment, Site site) {
        return of(site).with("name", segment.name())
                .with("filter", segment.filter())
                .with("created_at", segment.createdAt());
    }

    static AccountStore.Segment segment(Members m, Site site) {
        return new AccountStore.Segment(0, site.id(), 0, m.need("name"), m.need("filter"), m.time("created_at"));
    }

    static JsonObject annotation(AccountStore.Annotation annotation, Site site) {
        return of(site).with("time", annotation.time())
                .with("text", annotation.text())
                .with("author", annotation.author());
    }

    static AccountStore.Annotation annotation(Members m, Site site) {
        return new AccountStore.Annotation(0, site.id(), m.time("time"), m.need("text"), m.text("author"));
    }

    static JsonObject ledger(Map<Counter, Long> counters, Site site, String date) {
        JsonObject counts = new JsonObject();
        counters.forEach((counter, count) -> VisitFormat.put(counts, counter.label(), count));
        return of(site).with("date", date).with("counters", counts);
    }

    static JsonObject conversion(PastSale sold, Site site, Collection<Affiliate> affiliates) {
        Conversion c = sold.sale().conversion();
        JsonObject o = of(site).with("external_id", c.externalId())
                .with("status", c.status().name().toLowerCase(Locale.ROOT))
                .with("amount_minor", c.amount().minor())
                .with("currency", c.amount().currency())
                .with("refunded_minor", c.refunded())
                .with("occurred_at", c.occurredAt());
        VisitFormat.put(o, "visitor", c.visitor());
        Visit visit = sold.visit();
        if (visit != null) {
            JsonObject of = JsonObject.of("visitor", visit.key().visitor());
            VisitFormat.put(of, "session_id", visit.key().sessionId());
            o.put("visit", of.with("started_at", visit.startedAt()));
        }
        affiliates.stream()
                .filter(a -> a.id() == c.affiliateId())
                .forEach(a -> o.with("affiliate", a.slug()).with("rate", c.rate()));
        if (c.sent() != null) {
            o.put("sent", c.sent());
        }
        if (!sold.sale().refunds().isEmpty()) {
            o.put(
                    "refunds",
                    sold.sale().refunds().stream().map(SiteFormat::refund).toList());
        }
        return o;
    }

    private static JsonObject refund(Refund refund) {
        JsonObject o = new JsonObject();
        VisitFormat.put(o, "external_id", refund.externalId());
        return o.with("amount_minor", refund.amount()).with("occurred_at", refund.occurredAt());
    }

    /** Before what was refunded of it. */
    static Conversion conversion(Members m, Site site, long visitId, Affiliate affiliate) {
        return Conversion.of(site.id(), m.need("external_id"), money(m), m.time("occurred_at"))
                .with()
                .visitor(m.text("visitor"))
                .visitId(visitId)
                .affiliateId(affiliate == null ? 0 : affiliate.id())
                .rate(affiliate == null ? 0 : m.decimal("rate"))
                .sent(m.has("sent") ? m.map("sent") : null)
                .build();
    }

    private static Money money(Members m) {
        String currency = m.need("currency");
        return new Money(m.number("amount_minor"), currency);
    }

    static Refund refund(Members m, Conversion of) {
        return new Refund(
                0, of.siteId(), m.text("external_id"), of.id(), m.number("amount_minor"), m.time("occurred_at"));
    }

    static JsonObject payout(Payout payout, Site site, Affiliate affiliate) {
        return of(site).with("affiliate", affiliate.slug())
                .with("reference", payout.reference())
                .with("amount_minor", payout.amount().minor())
                .with("currency", payout.amount().currency())
                .with("paid_at", payout.paidAt());
    }

    static Payout payout(Members m, Site site, Affiliate affiliate) {
        return new Payout(
                0, site.id(), Objects.requireNonNull(affiliate).id(), m.need("reference"), money(m), m.time("paid_at"));
    }
}
