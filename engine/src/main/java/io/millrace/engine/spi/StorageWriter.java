package io.millrace.engine.spi;

import io.millrace.engine.Affiliate;
import io.millrace.engine.Conversion;
import io.millrace.engine.Counter;
import io.millrace.engine.Event;
import io.millrace.engine.Exclusion;
import io.millrace.engine.Funnel;
import io.millrace.engine.Goal;
import io.millrace.engine.Import;
import io.millrace.engine.Payout;
import io.millrace.engine.Position;
import io.millrace.engine.Refund;
import io.millrace.engine.Site;
import io.millrace.engine.Visit;
import io.millrace.engine.Withdrawal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The write role of a storage. All calls come from one thread at a time. Every method that changes something is one
 * transaction: it happens whole, or throws and has not happened.
 *
 * <p>The engine decides what a visit is, what is a duplicate and what does not count; a storage keeps what it is given
 * and finds it again. A small one is a few maps: see {@code MapStorage} in the tests of the engine. What has a default is
 * for administration and conversions: a storage whose sites never change can do without.
 *
 * <p>Errors are {@link StorageException}s, whose kind tells the engine to retry, to split the batch, or to stop. Any
 * other exception is taken for a refusal of the content, after one retry.
 */
public interface StorageWriter {

    /** Stores everything in the batch, or nothing. When it returns, the batch survives whatever the storage promises. */
    void write(Batch batch);

    /**
     * What the storage has cut on its own since this was last asked, such as texts beyond a cap: counters outside of the
     * law, by site. The engine asks after each batch, adds them to its own, and keeps them in the ledger.
     */
    default List<Batch.LedgerEntry> takeNotes() {
        return List.of();
    }

    /**
     * Why no new beacons should be admitted, for people, such as a disk that is nearly full; null where there is room. What is
     * admitted already, and administration, is written nevertheless. Asked between batches, so it must be cheap.
     */
    default String shortage() {
        return null;
    }

    /** How many bytes of beacons may be admitted and not written yet, so that there is room for them; asked once. */
    default long mostWaitingBytes() {
        return Long.MAX_VALUE;
    }

    /**
     * Throws as {@link #write} would when nothing can be written now, but waits no longer than a quarter of a second. Asked
     * about once a second while nothing comes, so that health is known before somebody waits.
     */
    default void probe() {}

    /** So many visits of a visitor are looked at to find the one of a session. */
    int LATEST_VISITS = 64;

    /** The highest visit id ever stored, or 0. */
    long lastVisitId();

    /** The sites, affiliates, goals, funnels, exclusions and file positions known; read once at start. */
    Catalog catalog();

    /** What {@link #catalog()} answers. Immutable. */
    record Catalog(
            List<Site> sites,
            List<Affiliate> affiliates,
            List<Goal> goals,
            List<Funnel> funnels,
            List<Exclusion> exclusions,
            Map<String, Position> positions) {}

    /**
     * The visit of this key that an event may belong to: the latest one that started within
     * {@code [startedFrom, startedTo]} and was active at or after {@code activeSince}, all UTC milliseconds. It is among
     * the {@link #LATEST_VISITS} latest of the visitor in that time, or not found: nobody honest has more, and looking
     * through a hundred thousand visits of one visitor would keep everybody waiting.
     */
    Optional<Found> findVisit(Visit.Key key, long startedFrom, long startedTo, long activeSince);

    /** A visit as stored, and the ids of its latest hits (128 are enough), so that repeats of them are recognised. */
    record Found(Visit visit, List<String> recentIds) {}

    /**
     * Whether a hit with this id is stored for the site with a time within {@code [from, to]}, UTC milliseconds,
     * whatever its visit.
     */
    boolean contains(int siteId, String id, long from, long to);

    /**
     * From when on the storage can tell a hit of a site from a repeat of it, UTC milliseconds. Of days before, it has figures only,
     * or no ids any more; the engine refuses hits of that time, because they might be counted twice. Asked for each hit, so it
     * must be cheap.
     */
    default long takesFrom(int siteId) {
        return Long.MIN_VALUE;
    }

    /** The stored engagement of a page view of this visit, or empty when the visit has no page view with this id. */
    Optional<Visit.View> findView(Visit visit, String viewId);

    /**
     * Visits active at or after an instant, most recently active last, at most {@code limit}: what "live" is rebuilt
     * from after a restart. A storage that cannot tell cheaply may answer an empty list.
     */
    default List<Visit> activeSince(long since, int limit) {
        return List.of();
    }

    /**
     * Of what was kept of a site as not counting for this reason, and never counted, some that came after one, in order, as far
     * as they are complete. Looks at a bounded number of others.
     *
     * @param reason one of the {@code FILTERED_} counters
     * @param after an id, or 0
     */
    default Kept filtered(int siteId, Counter reason, long after, int limit) {
        return new Kept(List.of(), after, false);
    }

    /**
     * Some of what is kept as not counting.
     *
     * @param reached the id up to which everything was looked at
     * @param more whether there may be more behind it
     */
    record Kept(List<FilteredEvent> events, long reached, boolean more) {}

    /**
     * Takes the order to withdraw stored hits and gives it a number; it is one of {@link #withdrawals} until it is carried out, over
     * restarts, too.
     */
    default long withdraw(Withdrawal withdrawal) {
        throw new StorageException(StorageException.Kind.FATAL, "withdrawals: not supported");
    }

    /** The numbers of the withdrawals that are not carried out yet. */
    default List<Long> withdrawals() {
        return List.of();
    }

    /**
     * Carries out a little of a withdrawal, about 20 ms: hits leave rows, roll-ups and everything made of them, as if they had never
     * been received, and are kept as not counting; the ledger has them as filtered. Of a visit that keeps some of its hits, the
     * engine must forget what it knows. Hits of which there are no rows any more stay as they are.
     *
     * @param id its number; one that is not known is carried out
     * @param now UTC milliseconds
     */
    default Withdrawn withdrawSome(long id, long now) {
        return new Withdrawn(0, Set.of(), 0, false);
    }

    /**
     * What a step of a withdrawal, or of a return, has done.
     *
     * @param hits that count no more, or again
     * @param visits the visits that it has changed
     * @param reached by a return: the id down to which everything was looked at
     * @param more whether there is more to do
     */
    record Withdrawn(long hits, Set<Visit.Key> visits, long reached, boolean more) {}

    /**
     * Lets a little of what was withdrawn from a site for a reason count again, exactly as it did, about 20 ms; withdrawals of the site
     * for this reason are not carried out further.
     *
     * @param which what of it
     * @param before an id, or {@link Long#MAX_VALUE}: what was withdrawn then or later stays as it is
     */
    default Withdrawn returnSome(int siteId, Counter reason, Predicate<Event> which, long before) {
        return new Withdrawn(0, Set.of(), before, false);
    }

    /**
     * Stores a new site (id 0: gives it one) or changes one. One that clashes with another site is a CONTENT error, see
     * {@link Site#clashWith}.
     */
    default Site saveSite(Site site) {
        throw new StorageException(StorageException.Kind.FATAL, "administration: not supported");
    }

    /**
     * Removes a site with everything that belongs to it: conversions, goals, funnels, exclusions, keys, links and roles too. What takes long may be left
     * to {@link #removeRest}, and to housekeeping where that is not called any more; nothing finds it meanwhile.
     */
    default void removeSite(int siteId) {
        throw new StorageException(StorageException.Kind.FATAL, "administration: not supported");
    }

    /** Removes a little of what is left of a removed site, about 10 ms; whether there may be more. */
    default boolean removeRest(int siteId) {
        return false;
    }

    /**
     * Stores a new import (id 0: gives it one) or changes one. From then on the visits that its rows open are known to be its, see
     * {@link Import#source}.
     */
    default Import saveImport(Import brought) {
        throw new StorageException(StorageException.Kind.FATAL, "imports: not supported");
    }

    /** Stores a new affiliate (id 0: gives it one) or changes one. A slug that the site has already is a CONTENT error. */
    default Affiliate saveAffiliate(Affiliate affiliate) {
        throw new StorageException(StorageException.Kind.FATAL, "administration: not supported");
    }

    /** Removes an affiliate with its payouts; its visits and conversions stay, credited to nobody. */
    default void removeAffiliate(int affiliateId) {
        throw new StorageException(StorageException.Kind.FATAL, "administration: not supported");
    }

    /** Stores a new goal (id 0: gives it one) or changes one. A name that the site has already is a CONTENT error. */
    default Goal saveGoal(Goal goal) {
        throw new StorageException(StorageException.Kind.FATAL, "administration: not supported");
    }

    /** Removes a goal of a site, if it has it. */
    default void removeGoal(int siteId, int goalId) {
        throw new StorageException(StorageException.Kind.FATAL, "administration: not supported");
    }

    /** Stores a new funnel (id 0: gives it one) or changes one. A name that the site has already is a CONTENT error. */
    default Funnel saveFunnel(Funnel funnel) {
        throw new StorageException(StorageException.Kind.FATAL, "administration: not supported");
    }

    /** Removes a funnel of a site, if it has it. */
    default void removeFunnel(int siteId, int funnelId) {
        throw new StorageException(StorageException.Kind.FATAL, "administration: not supported");
    }

    /** Stores a new exclusion (id 0: gives it one) or changes one. */
    default Exclusion saveExclusion(Exclusion exclusion) {
        throw new StorageException(StorageException.Kind.FATAL, "administration: not supported");
    }

    /** Removes an exclusion of a site, if it has it. */
    default void removeExclusion(int siteId, int exclusionId) {
        throw new StorageException(StorageException.Kind.FATAL, "administration: not supported");
    }

    /**
     * The visit that a conversion belongs to: the latest one that started at or before an instant.
     *
     * @param visitor whose, or null: of any visitor, then by session
     * @param sessionId of which session as sent, or null: of any, then by visitor
     * @param at UTC milliseconds
     */
    default Optional<Visit> findVisit(int siteId, String visitor, String sessionId, long at) {
        throw new StorageException(StorageException.Kind.FATAL, "conversions: not supported");
    }

    /** The latest affiliate visit at or before an instant that a visitor has had from each affiliate. */
    default List<AffiliateTouch> touches(int siteId, String visitor, long at) {
        throw new StorageException(StorageException.Kind.FATAL, "conversions: not supported");
    }

    /**
     * An affiliate visit.
     *
     * @param time UTC milliseconds
     */
    record AffiliateTouch(int affiliateId, long visitId, long time) {}

    /** The conversion of this site with this external id. */
    default Optional<Conversion> findConversion(int siteId, String externalId) {
        throw new StorageException(StorageException.Kind.FATAL, "conversions: not supported");
    }

    /**
     * Stores a new conversion (id 0: gives it one) or changes one. An external id that is taken is a CONTENT error.
     * Raises the site's generation.
     */
    default Conversion saveConversion(Conversion conversion) {
        throw new StorageException(StorageException.Kind.FATAL, "conversions: not supported");
    }

    /** The refund of this site with this external id. */
    default Optional<Refund> findRefund(int siteId, String externalId) {
        throw new StorageException(StorageException.Kind.FATAL, "conversions: not supported");
    }

    /**
     * Stores a new refund, gives it its id, and changes its conversion by {@link Refund#of}. An external id that is taken
     * is a CONTENT error. Raises the site's generation.
     *
     * @param before the conversion, as it is stored
     */
    default Refund saveRefund(Refund refund, Conversion before) {
        throw new StorageException(StorageException.Kind.FATAL, "conversions: not supported");
    }

    /** What an affiliate was paid under a reference. */
    default Optional<Payout> findPayout(int siteId, int affiliateId, String reference) {
        throw new StorageException(StorageException.Kind.FATAL, "conversions: not supported");
    }

    /** Stores a new payout and gives it its id. A reference that its affiliate has is a CONTENT error. Raises the site's generation. */
    default Payout savePayout(Payout payout) {
        throw new StorageException(StorageException.Kind.FATAL, "conversions: not supported");
    }

    /** Removes a payout; answers what it was. Raises the site's generation. */
    default Optional<Payout> removePayout(int siteId, int affiliateId, long id) {
        throw new StorageException(StorageException.Kind.FATAL, "conversions: not supported");
    }

    /**
     * A moment for housekeeping, about once a second between batches; must keep within about 20 ms.
     *
     * @param now UTC milliseconds
     * @param quiet whether nothing is waiting in the ring
     */
    default void housekeeping(long now, boolean quiet) {}
}
