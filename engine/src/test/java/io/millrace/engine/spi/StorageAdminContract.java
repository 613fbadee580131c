package io.millrace.engine.spi;

import static io.millrace.engine.spi.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.engine.Affiliate;
import io.millrace.engine.BotMode;
import io.millrace.engine.Conversion;
import io.millrace.engine.Counter;
import io.millrace.engine.Event;
import io.millrace.engine.EventBuilder;
import io.millrace.engine.Exclusion;
import io.millrace.engine.Funnel;
import io.millrace.engine.Goal;
import io.millrace.engine.Money;
import io.millrace.engine.PathForm;
import io.millrace.engine.Payout;
import io.millrace.engine.Refund;
import io.millrace.engine.Sale;
import io.millrace.engine.Site;
import io.millrace.engine.Visit;
import io.millrace.engine.spi.AccountStore.Annotation;
import io.millrace.engine.spi.AccountStore.Channel;
import io.millrace.engine.spi.AccountStore.Invitation;
import io.millrace.engine.spi.AccountStore.Link;
import io.millrace.engine.spi.AccountStore.Role;
import io.millrace.engine.spi.AccountStore.Segment;
import io.millrace.engine.spi.AccountStore.Session;
import io.millrace.engine.spi.AccountStore.Subscription;
import io.millrace.engine.spi.AccountStore.Topic;
import io.millrace.engine.spi.AccountStore.User;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The administration part of the storage contract: sites, affiliates and positions that change. */
@Timeout(60)
public abstract class StorageAdminContract {
    private Storage storage;
    private StorageWriter writer;
    private Site site;

    /** An empty storage. */
    protected abstract Storage open();

    @BeforeEach
    void openOne() {
        storage = open();
        writer = storage.writer();
        site = writer.saveSite(Site.of("example.com"));
    }

    @AfterEach
    void closeIt() {
        storage.close();
    }

    @Test
    void sitesAreKeptAsTheyWere() {
        Site changed = new Site(
                site.id(),
                "example.com",
                "Example",
                ZoneId.of("Asia/Kolkata"),
                true,
                Set.of("example.com", "www.example.com"),
                Set.of("id"),
                PathForm.of(true, true, List.of("/user/*", "/*/edit")),
                BotMode.STRICT,
                Set.of(Counter.FILTERED_AI, Counter.FILTERED_PREFETCH),
                true,
                "5b1b8d0e-0000-4000-8000-000000000000",
                "stats.example.com");
        assertThat(writer.saveSite(changed)).isEqualTo(changed);
        assertThat(writer.catalog().sites()).containsExactly(changed);
    }

    @Test
    void aDomainBelongsToOneSite() {
        assertRefused(() -> writer.saveSite(Site.of("example.com")), "domain: example.com is a site already");
        Site other = writer.saveSite(Site.of("example.org"));
        assertThat(other.id()).isNotEqualTo(site.id());
        assertRefused(() -> writer.saveSite(Site.of("example.com").withId(other.id())));
        assertThat(writer.catalog().sites()).extracting(Site::domain).containsExactly("example.com", "example.org");
    }

    /** By these names, beacons of other trackers are brought to their site: a second site must not take them over. */
    @Test
    void whatOtherTrackersCallASiteBelongsToOneSite() {
        String umami = "5b1b8d0e-0000-4000-8000-00000000abcd";
        writer.saveSite(named(site, umami, "stats.example.com"));
        Site thief = Site.of("example.org");
        assertRefused(() -> writer.saveSite(named(thief, umami.toUpperCase(Locale.ROOT), null)), "umami_id: ");
        assertRefused(() -> writer.saveSite(named(thief, null, "Stats.Example.com")), "goatcounter_host: ");
        Site other = writer.saveSite(named(thief, null, null));
        assertRefused(() -> writer.saveSite(named(other, umami, null)), "umami_id: ");
        writer.saveSite(named(site, umami, "stats.example.com"));
        writer.saveSite(named(site, null, null));
        assertThat(writer.saveSite(named(other, umami, "stats.example.com")).umamiId())
                .isEqualTo(umami);
    }

    private static Site named(Site s, String umamiId, String goatcounterHost) {
        return s.withUmamiId(umamiId).withGoatcounterHost(goatcounterHost);
    }

    private static void assertRefused(Runnable work, String line) {
        assertThatThrownBy(work::run)
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.kind()).isEqualTo(StorageException.Kind.CONTENT))
                .hasMessageStartingWith(line);
    }

    private static void assertRefused(Runnable work) {
        assertThatThrownBy(work::run)
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.kind()).isEqualTo(StorageException.Kind.CONTENT));
    }

    @Test
    void aRemovedSiteIsGoneWithItsVisits() {
        Event event = Samples.page(site, "v1", "e1", "/", NOON);
        Visit visit = Samples.visit(1, "s1", event);
        writer.write(Samples.opening(visit, event));
        writer.removeSite(site.id());
        assertThat(writer.catalog().sites()).isEmpty();
        assertThat(writer.findVisit(visit.key(), 0, Long.MAX_VALUE, 0)).isEmpty();
        assertThat(writer.contains(site.id(), "e1", NOON, NOON)).isFalse();
    }

    @Test
    void affiliatesAreKept() {
        Affiliate bob = writer.saveAffiliate(new Affiliate(0, site.id(), "bob", "Bob", 0.25, Duration.ofDays(30)));
        assertThat(writer.catalog().affiliates()).containsExactly(bob);
        assertRefused(() -> writer.saveAffiliate(new Affiliate(0, site.id(), "bob", "B", 0, Duration.ofDays(1))));
        writer.removeAffiliate(bob.id());
        assertThat(writer.catalog().affiliates()).isEmpty();
    }

    @Test
    void exclusionsAreKeptWithWhatTheyLeftOutToday() {
        Exclusion admin = writer.saveExclusion(new Exclusion(0, site.id(), Exclusion.Kind.PATH, "/admin/*", 5));
        Exclusion office = writer.saveExclusion(new Exclusion(0, site.id(), Exclusion.Kind.ADDRESS, "192.0.2.0/24", 0));
        assertThat(writer.catalog().exclusions()).containsExactly(admin, office);
        writer.write(Samples.filtering(excluded(admin, true), 7));
        writer.write(Samples.filtering(excluded(admin, true), 8));
        writer.write(Samples.filtering(excluded(admin, true), 8));
        writer.write(Samples.filtering(excluded(office, false), 8));
        assertThat(storage.reader().excluded(site.id(), 8)).isEqualTo(Map.of(admin.id(), 2L, office.id(), 1L));
        assertThat(writer.filtered(site.id(), Counter.FILTERED_PATH, 0, 10).events())
                .hasSize(3)
                .allSatisfy(f -> assertThat(f.event().excluded()).isEqualTo(new Event.Excluded(admin.id(), true)));
        assertThat(writer.saveExclusion(admin.withFrom(9))).isEqualTo(admin.withFrom(9));
        assertThat(storage.reader().excluded(site.id(), 8)).containsEntry(admin.id(), 2L);
        writer.removeExclusion(site.id() + 1, admin.id());
        writer.removeExclusion(site.id(), office.id());
        assertThat(writer.catalog().exclusions()).containsExactly(admin.withFrom(9));
        writer.removeSite(site.id());
        assertThat(writer.catalog().exclusions()).isEmpty();
    }

    private Event excluded(Exclusion rule, boolean kept) {
        return EventBuilder.builder(Samples.page(site, "v1", "e1", "/admin/1", NOON))
                .filtered(rule.kind().reason())
                .excluded(new Event.Excluded(rule.id(), kept))
                .build();
    }

    @Test
    void funnelsAreKeptOfTheirSiteAlone() {
        Map<String, String> props = Map.of("plan", "\u00fc \"*\"", "seats", "3");
        Funnel.Step start = new Funnel.Step("/", null, Map.of(), 0);
        Funnel.Step signup = new Funnel.Step("/a*", "Sign*", props, 0);
        Funnel.Step goal = new Funnel.Step(null, null, Map.of(), 7);
        Funnel both = writer.saveFunnel(new Funnel(0, site.id(), "Both", List.of(start, signup, start), true, 0));
        Funnel paid = writer.saveFunnel(new Funnel(0, site.id(), "Paid", List.of(goal, start), false, 30));
        assertThat(writer.catalog().funnels()).containsExactly(both, paid);
        assertRefused(() -> writer.saveFunnel(paid.withId(0)));
        Funnel other = writer.saveFunnel(paid.withId(0)
                .withSiteId(writer.saveSite(Site.of("example.org")).id()));
        Funnel changed = both.withSteps(List.of(signup, goal)).withDays(2).withStrict(false);
        assertThat(writer.saveFunnel(changed)).isEqualTo(changed);
        assertThat(writer.catalog().funnels()).containsExactly(changed, paid, other);
        writer.removeFunnel(site.id(), other.id());
        writer.removeFunnel(site.id(), paid.id());
        assertThat(writer.catalog().funnels()).containsExactly(changed, other);
        writer.removeSite(site.id());
        assertThat(writer.catalog().funnels()).containsExactly(other);
    }

    @Test
    void goalsAreKeptOfTheirSiteAlone() {
        Map<String, String> props = Map.of("plan", "\u00fc \"*\"", "seats", "3");
        Goal signup = writer.saveGoal(new Goal(0, site.id(), "Signup", "/a*", "Sign*", props, 0, 0));
        Goal read = writer.saveGoal(new Goal(0, site.id(), "Read", null, null, Map.of(), 75, 30));
        assertThat(writer.catalog().goals()).containsExactly(signup, read);
        assertRefused(() -> writer.saveGoal(read.withId(0)));
        Goal other = writer.saveGoal(read.withId(0)
                .withSiteId(writer.saveSite(Site.of("example.org")).id()));
        assertThat(writer.saveGoal(read.withName("Read on"))).isEqualTo(read.withName("Read on"));
        writer.removeGoal(site.id(), other.id());
        writer.removeGoal(site.id(), read.id());
        assertThat(writer.catalog().goals()).containsExactly(signup, other);
        writer.removeSite(site.id());
        assertThat(writer.catalog().goals()).containsExactly(other);
    }

    @Test
    void annotationsAreKeptOfTheirSiteByTime() {
        AccountStore accounts = storage.accounts();
        int other = writer.saveSite(Site.of("example.org")).id();
        Annotation later =
                accounts.saveAnnotation(new Annotation(0, site.id(), NOON, "Gr\u00fc\u00dfe, \"all\"", "Ann"));
        Annotation first = accounts.saveAnnotation(new Annotation(0, site.id(), NOON - 1, "Launch", "key 1"));
        Annotation elsewhere = accounts.saveAnnotation(later.withId(0).withSiteId(other));
        assertThat(accounts.annotations(site.id())).containsExactly(first, later);
        Annotation moved = first.withTime(NOON + 1).withText("Relaunch");
        assertThat(accounts.saveAnnotation(moved)).isEqualTo(moved);
        assertThat(accounts.annotations(site.id())).containsExactly(later, moved);
        accounts.removeAnnotation(later.id());
        assertThat(accounts.annotations(site.id())).containsExactly(moved);
        writer.removeSite(site.id());
        assertThat(accounts.annotations(site.id())).isEmpty();
        assertThat(accounts.annotations(other)).containsExactly(elsewhere);
    }

    @Test
    void segmentsAreKeptOfTheirSiteAndUserAlone() {
        AccountStore accounts = storage.accounts();
        int ann = accounts.saveUser(new User(0, "ann@example.com", "Ann", "hash", Map.of(), NOON))
                .id();
        Segment ofSite = accounts.saveSegment(new Segment(0, site.id(), 0, "\u00dcber", "page=%2Fa*&goal=!x", NOON));
        Segment ofAnn = accounts.saveSegment(ofSite.withId(0).withUserId(ann));
        assertThat(accounts.segments()).containsExactly(ofSite, ofAnn);
        assertRefused(() -> accounts.saveSegment(ofAnn.withId(0)));
        Segment changed = ofAnn.withName("Mine").withFilter("source=Direct");
        assertThat(accounts.saveSegment(changed)).isEqualTo(changed);
        Segment elsewhere = accounts.saveSegment(ofSite.withId(0)
                .withSiteId(writer.saveSite(Site.of("example.org")).id()));
        Link link = accounts.saveLink(new Link(0, "hash", site.id(), 0, "Partner", null, ofSite.id(), null, NOON));
        assertThat(accounts.links()).containsExactly(link);
        accounts.removeUser(ann);
        assertThat(accounts.segments()).containsExactly(ofSite, elsewhere);
        accounts.removeSegment(elsewhere.id());
        assertThat(accounts.saveSegment(elsewhere.withId(0)).id()).isGreaterThan(elsewhere.id());
        writer.removeSite(site.id());
        assertThat(accounts.segments()).extracting(Segment::siteId).containsExactly(elsewhere.siteId());
        assertThat(accounts.links()).isEmpty();
    }

    @Test
    void secondFactorsSessionsInvitationsAndSubscriptionsAreKept() {
        AccountStore accounts = storage.accounts();
        User ann = accounts.saveUser(
                new User(0, "ann@example.com", "Ann", "hash", Map.of(), NOON, "factor", List.of("one", "two")));
        assertThat(accounts.users()).containsExactly(ann);
        User off = ann.withFactor(null).withRecovery(List.of());
        accounts.saveUser(off);
        assertThat(accounts.users()).containsExactly(off);

        Session session = new Session("token", ann.id(), NOON, NOON + 1, "Fire\u00dfox");
        accounts.addSession(session);
        assertThat(accounts.sessions()).containsExactly(session);

        Map<Integer, Role> roles = Map.of(0, Role.VIEWER, site.id(), Role.OWNER);
        Invitation invitation =
                accounts.saveInvitation(new Invitation(0, "h1", "bob@example.com", roles, "ann", NOON, NOON + 9));
        Invitation open = accounts.saveInvitation(new Invitation(0, "h2", null, roles, "ann", NOON, NOON + 9));
        assertThat(accounts.invitations()).containsExactly(invitation, open);
        accounts.removeInvitation(invitation.id());
        assertThat(accounts.invitations()).containsExactly(open);

        Set<Topic> topics = Set.of(Topic.WEEKLY, Topic.SPIKE);
        Subscription mail = accounts.saveSubscription(
                new Subscription(0, site.id(), Channel.MAIL, "ann@example.com", topics, "n1", NOON));
        Subscription hook = accounts.saveSubscription(
                new Subscription(0, 0, Channel.WEBHOOK, "https://example.com/", Set.of(Topic.SERVER), "n2", NOON));
        assertThat(accounts.subscriptions()).containsExactly(mail, hook);
        Subscription less = mail.withTopics(Set.of(Topic.MONTHLY));
        assertThat(accounts.saveSubscription(less)).isEqualTo(less);
        assertThat(accounts.subscriptions()).containsExactly(less, hook);
        writer.removeSite(site.id());
        assertThat(accounts.subscriptions()).containsExactly(hook);
        accounts.removeSubscription(hook.id());
        assertThat(accounts.subscriptions()).isEmpty();
    }

    @Test
    void paymentsAndTheirRefundsAreKept() {
        Map<String, String> sent = Map.of("visitor_id", "\u00fc \"*\"", "session_id", "s");
        Conversion paid = writer.saveConversion(Conversion.of(site.id(), "p1", new Money(1999, "EUR"), NOON)
                .with()
                .visitor("v1")
                .affiliateId(3)
                .rate(0.29)
                .sent(sent)
                .build());
        assertThat(writer.findConversion(site.id(), "p1")).contains(paid);
        Refund part = writer.saveRefund(new Refund(0, site.id(), "r1", paid.id(), 499, NOON + 1), paid);
        Conversion after = writer.findConversion(site.id(), "p1").orElseThrow();
        assertThat(after).isEqualTo(paid.withRefunded(499));
        assertRefused(() -> writer.saveRefund(part.withId(0), after));
        assertThat(writer.findConversion(site.id(), "p1")).contains(after);
        writer.saveRefund(new Refund(0, site.id(), null, paid.id(), 1500, NOON + 2), after);
        assertThat(writer.findConversion(site.id(), "p1"))
                .contains(paid.with()
                        .refunded(1999)
                        .status(Conversion.Status.REFUNDED)
                        .build());
        assertThat(writer.findRefund(site.id(), "r1")).contains(part);
        assertThat(writer.findRefund(site.id() + 1, "r1")).isEmpty();
        writer.removeSite(site.id());
        while (writer.removeRest(site.id())) {}
        assertThat(writer.findRefund(site.id(), "r1")).isEmpty();
    }

    @Test
    void salesOfAnAffiliateAreToldOldestFirstAndPayoutsLatestFirst() {
        Affiliate bob = writer.saveAffiliate(new Affiliate(0, site.id(), "bob", "Bob", 0.25, Duration.ofDays(30)));
        Conversion of = Conversion.of(site.id(), "p1", new Money(1000, "EUR"), NOON);
        Conversion late = writer.saveConversion(of.withAffiliate(bob));
        Conversion early =
                writer.saveConversion(of.withAffiliate(bob).withExternalId("p2").withOccurredAt(NOON - 1));
        writer.saveConversion(of.withExternalId("p3"));
        Refund first = writer.saveRefund(new Refund(0, site.id(), "r1", late.id(), 300, NOON + 9), late);
        Refund rest = writer.saveRefund(new Refund(0, site.id(), null, late.id(), 700, NOON + 5), first.of(late));
        assertThat(sales(bob))
                .containsExactly(new Sale(early, List.of()), new Sale(rest.of(first.of(late)), List.of(first, rest)));
        Payout paid = writer.savePayout(new Payout(0, site.id(), bob.id(), "bank 1", new Money(250, "EUR"), NOON + 1));
        Payout before = writer.savePayout(paid.withReference("bank 0").withPaidAt(NOON));
        assertRefused(() -> writer.savePayout(paid.withId(0)));
        assertThat(writer.findPayout(site.id(), bob.id(), "bank 0")).contains(before);
        assertThat(writer.findPayout(site.id(), bob.id(), "bank 2")).isEmpty();
        assertThat(writer.findPayout(site.id(), bob.id() + 1, "bank 0")).isEmpty();
        assertThat(payouts(bob)).containsExactly(paid, before);
        assertThat(storage.reader().payouts(site.id(), bob.id(), 0, 1)).containsExactly(paid);
        assertThat(storage.reader().payouts(site.id(), bob.id(), 1, 5)).containsExactly(before);
        assertThat(writer.removePayout(site.id(), bob.id() + 1, before.id())).isEmpty();
        assertThat(writer.removePayout(site.id(), bob.id(), before.id())).contains(before);
        assertThat(writer.removePayout(site.id(), bob.id(), before.id())).isEmpty();
        assertThat(payouts(bob)).containsExactly(paid);
        writer.removeAffiliate(bob.id());
        assertThat(payouts(bob)).isEmpty();
        assertThat(sales(bob)).isEmpty();
    }

    private List<Sale> sales(Affiliate affiliate) {
        List<Sale> sales = new ArrayList<>();
        storage.reader().sales(site.id(), affiliate.id(), sales::add);
        return sales;
    }

    private List<Payout> payouts(Affiliate affiliate) {
        List<Payout> payouts = new ArrayList<>();
        storage.reader().payouts(site.id(), affiliate.id(), payouts::add);
        return payouts;
    }
}
