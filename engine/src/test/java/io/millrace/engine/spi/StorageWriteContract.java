package io.millrace.engine.spi;

import static io.millrace.engine.spi.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Counter;
import io.millrace.engine.Event;
import io.millrace.engine.Position;
import io.millrace.engine.Site;
import io.millrace.engine.Visit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The write part of the storage contract: what an engine needs of any storage. Extend it, say how to open an empty
 * storage, and run it.
 */
@Timeout(60)
public abstract class StorageWriteContract {
    private Storage storage;
    private StorageWriter writer;
    private Site site;
    private Event event;
    private Visit visit;

    /** An empty storage. */
    protected abstract Storage open();

    /** A site of this storage. */
    protected Site site(Storage storage) {
        return storage.writer().saveSite(Site.of("example.com"));
    }

    /** The counters of a site that are stored; overridden where the storage only takes. */
    protected Map<Counter, Long> ledger(Storage storage, int siteId) {
        return storage.reader().ledger(siteId, 0, 1_000_000);
    }

    @BeforeEach
    void openOne() {
        storage = open();
        writer = storage.writer();
        site = site(storage);
        event = Samples.page(site, "v1", "e1", "/", NOON);
        visit = Samples.visit(1, "s1", event);
    }

    @AfterEach
    void closeIt() {
        storage.close();
    }

    private Visit find(Visit.Key key, long startedFrom, long startedTo, long activeSince) {
        return writer.findVisit(key, startedFrom, startedTo, activeSince)
                .map(StorageWriter.Found::visit)
                .orElse(null);
    }

    private Visit find(Visit.Key key) {
        return find(key, 0, Long.MAX_VALUE, 0);
    }

    @Test
    void aVisitComesBackAsItWas() {
        writer.write(Samples.opening(visit, event));
        assertThat(find(visit.key())).isEqualTo(visit);
    }

    @Test
    void aVisitComesBackAsItWasLast() {
        writer.write(Samples.opening(visit, event));
        Event second = Samples.page(site, "v1", "e2", "/pricing", NOON + 5_000);
        Visit after = Samples.extended(visit, second);
        writer.write(Samples.batch(
                List.of(new Batch.VisitChange(visit, after)), List.of(new Batch.Hit(after, second)), List.of()));
        assertThat(find(visit.key())).isEqualTo(after);
    }

    @Test
    void aVisitIsFoundByItsWholeKeyOnly() {
        writer.write(Samples.opening(visit, event));
        assertThat(find(new Visit.Key(site.id(), "v1", null))).isNull();
        assertThat(find(new Visit.Key(site.id(), "v1", "s2"))).isNull();
        assertThat(find(new Visit.Key(site.id(), "v2", "s1"))).isNull();
        assertThat(find(new Visit.Key(site.id() + 1, "v1", "s1"))).isNull();
    }

    @Test
    void ofSeveralVisitsTheLatestWithinTheWindowIsFound() {
        for (int i = 0; i < 4; i++) {
            Event e = Samples.page(site, "v1", "e" + i, "/" + i, NOON + i * 10_000L);
            writer.write(Samples.opening(Samples.visit(i + 1, "s1", e), e));
        }
        assertThat(find(visit.key(), 0, NOON + 25_000, 0).id()).isEqualTo(3);
        assertThat(find(visit.key(), 0, NOON + 20_000, NOON + 20_000).id()).isEqualTo(3);
        assertThat(find(visit.key(), 0, NOON + 25_000, NOON + 20_001)).isNull();
        assertThat(find(visit.key(), NOON + 30_001, Long.MAX_VALUE, 0)).isNull();
    }

    @Test
    void aVisitBringsTheIdsOfItsHits() {
        writer.write(Samples.opening(visit, event));
        assertThat(writer.findVisit(visit.key(), 0, Long.MAX_VALUE, 0)
                        .orElseThrow()
                        .recentIds())
                .containsExactly("e1");
    }

    @Test
    void anIdIsFoundWithinItsSiteAndTimeOnly() {
        writer.write(Samples.opening(visit, event));
        assertThat(writer.contains(site.id(), "e1", NOON, NOON)).isTrue();
        assertThat(writer.contains(site.id(), "e1", NOON + 1, NOON + 60_000)).isFalse();
        assertThat(writer.contains(site.id(), "e2", NOON, NOON)).isFalse();
        assertThat(writer.contains(site.id() + 1, "e1", NOON, NOON)).isFalse();
    }

    @Test
    void idsOfAnyShapeAreKeptApart() {
        List<String> ids = List.of(
                "AAAAAAAAAAAAAAAAAAAAAA",
                "AAAAAAAAAAAAAAAAAAAAAB",
                "0123456789abcdef0123456789abcdef",
                "0123456789ABCDEF0123456789ABCDEF",
                "01234567-89ab-cdef-0123-456789abcdef",
                "7",
                "07",
                "\u00e4\u20ac");
        for (int i = 0; i < ids.size(); i++) {
            for (int j = 0; j < ids.size(); j++) {
                assertThat(writer.contains(site.id(), ids.get(j), NOON, NOON)).isEqualTo(j < i);
            }
            Event e = Samples.page(site, "v" + i, ids.get(i), "/", NOON);
            writer.write(Samples.opening(Samples.visit(i + 1, null, e), e));
        }
    }

    @Test
    void engagementOfAPageViewIsKept() {
        writer.write(Samples.opening(visit, event));
        assertThat(writer.findView(visit, "e1")).contains(new Visit.View("e1", 0, 0));
        Visit after = Samples.engaged(visit, 9_000);
        Visit.View view = new Visit.View("e1", 9_000, 80);
        writer.write(Samples.batch(
                List.of(new Batch.VisitChange(visit, after)), List.of(), List.of(new Batch.Engagement(after, view))));
        assertThat(writer.findView(after, "e1")).contains(view);
        assertThat(find(visit.key()).engagedMillis()).isEqualTo(9_000);
        assertThat(writer.findView(after, "e2")).isEmpty();
    }

    @Test
    void engagementMayComeInTheBatchOfItsPageView() {
        Visit after = Samples.engaged(visit, 700);
        Visit.View view = new Visit.View("e1", 700, 10);
        writer.write(Samples.batch(
                List.of(new Batch.VisitChange(null, after)),
                List.of(new Batch.Hit(visit, event)),
                List.of(new Batch.Engagement(after, view))));
        assertThat(writer.findView(after, "e1")).contains(view);
    }

    @Test
    void theHighestVisitIdIsKnown() {
        assertThat(writer.lastVisitId()).isZero();
        Visit later = Samples.visit(41, null, event);
        writer.write(Samples.opening(later, event));
        assertThat(writer.lastVisitId()).isEqualTo(41);
    }

    @Test
    void visitsActiveSinceComeMostRecentLastIfAtAll() {
        for (int i = 0; i < 4; i++) {
            Event e = Samples.page(site, "v" + i, "e" + i, "/", NOON + i);
            writer.write(Samples.opening(Samples.visit(i + 1, null, e), e));
        }
        List<Long> ids = writer.activeSince(NOON + 1, 2).stream().map(Visit::id).toList();
        assertThat(ids).isIn(List.of(), List.of(3L, 4L));
    }

    @Test
    void countersAddUp() {
        writer.write(Samples.counting(site.id(), 20_000, Counter.STORED, 3));
        writer.write(Samples.counting(site.id(), 20_001, Counter.STORED, 4));
        writer.write(Samples.counting(site.id(), 20_001, Counter.RECEIVED, 9));
        writer.write(Samples.counting(0, 20_001, Counter.SHED, 1));
        assertThat(ledger(storage, site.id())).isEqualTo(Map.of(Counter.STORED, 7L, Counter.RECEIVED, 9L));
        assertThat(ledger(storage, 0)).isEqualTo(Map.of(Counter.SHED, 1L));
    }

    @Test
    void theLatestPositionOfEachSourceIsKept() {
        writer.write(positions(new Position("log", 10)));
        writer.write(positions(new Position("log", 20), new Position("other", 5)));
        assertThat(writer.catalog().positions())
                .isEqualTo(Map.of("log", new Position("log", 20), "other", new Position("other", 5)));
    }

    private static Batch positions(Position... positions) {
        return new Batch(
                List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(positions));
    }
}
