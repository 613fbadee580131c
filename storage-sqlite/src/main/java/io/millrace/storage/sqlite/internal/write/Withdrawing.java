package io.millrace.storage.sqlite.internal.write;

import io.millrace.engine.Affiliate;
import io.millrace.engine.Counter;
import io.millrace.engine.Dimension;
import io.millrace.engine.Filter;
import io.millrace.engine.Period;
import io.millrace.engine.Site;
import io.millrace.engine.Visit;
import io.millrace.engine.Withdrawal;
import io.millrace.engine.spi.FilteredEvent;
import io.millrace.engine.spi.StorageWriter.Withdrawn;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import io.millrace.storage.sqlite.internal.dictionary.VisitorNames;
import io.millrace.storage.sqlite.internal.mapper.VisitMapper;
import io.millrace.storage.sqlite.internal.pack.PackTable;
import io.millrace.storage.sqlite.internal.state.CommittedState;
import io.millrace.storage.sqlite.internal.state.OpenDays;
import io.millrace.storage.sqlite.internal.state.PackedDays;
import io.millrace.storage.sqlite.internal.state.SiteTable;
import io.millrace.storage.sqlite.internal.write.StoredHits.Hit;
import io.millrace.storage.sqlite.internal.write.WithdrawalRows.Order;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;

/**
 * Takes stored hits out of everything that counts, a few at a time, and keeps them as not counting. Roll-ups lose what the visitors
 * had in them and gain what they still have, so no day is counted anew. Each call is within a transaction of its own. The store
 * thread's.
 */
final class Withdrawing {
    private static final int VISITS_A_STEP = 200;
    private static final int LOOKED_AT = 3_000;
    static final int HITS_A_STEP = 100;
    private static final long END_OF_TIME = 1L << 52;

    private static final String OF_SITE = """
        SELECT s.id, s.started_at, s.visitor_id, s.page_count + s.event_count, t.text
        FROM sessions s INDEXED BY sessions_by_start
        LEFT JOIN places p ON p.id = s.place_id LEFT JOIN texts t ON t.id = p.country_id
        WHERE s.site_id = ?1 AND s.started_at >= ?2 AND s.started_at < ?3 AND (s.started_at > ?2 OR s.id > ?4)
        ORDER BY s.started_at, s.id LIMIT ?5\
        """;

    private static final String OF_VISITOR =
            OF_SITE.replace("sessions_by_start", "sessions_by_visitor").replace("s.site_id = ?1", "s.visitor_id = ?1");

    private static final String UNUSED_VISITOR = """
        SELECT name FROM visitors WHERE id = ?1
            AND NOT EXISTS (SELECT 1 FROM sessions s INDEXED BY sessions_by_visitor WHERE s.visitor_id = ?1)
            AND NOT EXISTS (SELECT 1 FROM conversions c INDEXED BY conversions_by_visitor WHERE c.visitor_id = ?1)
            AND NOT EXISTS (
                SELECT 1 FROM affiliate_visits a INDEXED BY affiliate_visits_by_visitor WHERE a.visitor_id = ?1)\
        """;

    private final CommittedState state;

    Withdrawing(CommittedState state) {
        this.state = state;
    }

    /** A visit that may have some of the hits. */
    private record Candidate(long id, long startedAt, int visitor, int hits, String country) {}

    /**
     * A visit, and what it loses.
     *
     * @param all its hits
     * @param hits those that it loses
     */
    private record Loss(Candidate of, Visit visit, List<Hit> all, List<Hit> hits) {
        boolean whole() {
            return hits.size() == all.size();
        }

        List<Hit> left() {
            Set<Hit> lost = new HashSet<>(hits);
            return all.stream().filter(hit -> !lost.contains(hit)).toList();
        }
    }

    /** @param affiliates those that there are, by their ids */
    Withdrawn step(StatementCache sql, long id, long now, IntFunction<Affiliate> affiliates) throws SQLException {
        Order order = WithdrawalRows.find(sql, id);
        Site site = order == null ? null : state.sites().find(order.ordered().siteId());
        if (site == null) {
            WithdrawalRows.remove(sql, id);
            return new Withdrawn(0, Set.of(), 0, false);
        }
        List<Loss> losses = new ArrayList<>();
        Order next = find(sql, order, losses);
        if (!losses.isEmpty()) {
            take(sql, site, order.ordered(), losses, now, affiliates);
        }
        if (next == null) {
            WithdrawalRows.remove(sql, id);
        } else {
            WithdrawalRows.save(sql, next);
        }
        Set<Visit.Key> keys = new HashSet<>();
        losses.forEach(loss -> keys.add(loss.visit.key()));
        return new Withdrawn(losses.stream().mapToInt(loss -> loss.hits.size()).sum(), keys, 0, next != null);
    }

    /** Finds some of the hits; how it goes on behind them, null: there are no more. */
    private Order find(StatementCache sql, Order order, List<Loss> losses) throws SQLException {
        Withdrawal w = order.ordered();
        String visitor = w.visitors().isEmpty()
                ? null
                : w.visitors().stream().sorted().findFirst().orElseThrow();
        List<Candidate> candidates = candidates(sql, order, visitor);
        Order reached = order;
        int looked = 0;
        int taken = 0;
        for (Candidate visit : candidates) {
            if (looked > 0 && looked + visit.hits > LOOKED_AT || taken == HITS_A_STEP) {
                return reached;
            }
            looked += visit.hits;
            if (selects(w, Dimension.COUNTRY, visit.country)) {
                List<Hit> all = StoredHits.of(sql, visit.id);
                Visit whole = VisitMapper.list(sql.bind(VisitMapper.SELECT + "WHERE s.id = ?", visit.id))
                        .get(0);
                List<Hit> chosen = new ArrayList<>(all.stream()
                        .filter(hit -> selects(w, whole, hit))
                        .sorted(StoredHits.BY_TIME)
                        .toList());
                boolean some = chosen.size() > HITS_A_STEP - taken && !(taken == 0 && chosen.size() <= HITS_A_STEP);
                List<Hit> now = some
                        ? chosen.subList(
                                chosen.size() - (HITS_A_STEP - taken), chosen.size()) // the rest keeps its begin
                        : chosen;
                if (!now.isEmpty()) {
                    losses.add(new Loss(visit, whole, all, List.copyOf(now)));
                    taken += now.size();
                }
                if (some) {
                    return reached;
                }
            }
            reached = order.at(visit.startedAt, visit.id);
        }
        if (candidates.size() == VISITS_A_STEP) {
            return reached;
        }
        return visitor == null ? null : order.without(visitor);
    }

    private List<Candidate> candidates(StatementCache sql, Order order, String visitor) throws SQLException {
        Withdrawal w = order.ordered();
        int number = visitor == null ? 0 : state.dictionary().visitorIfKnown(sql, w.siteId(), visitor);
        if (visitor != null && number == 0) {
            return List.of();
        }
        Period period = w.period();
        long from =
                Math.max(-END_OF_TIME, period.from()) - state.offsets().get().after();
        long to = Math.min(END_OF_TIME, period.to()) + state.offsets().get().before();
        return StatementCache.list(
                sql.bind(
                        visitor == null ? OF_SITE : OF_VISITOR,
                        visitor == null ? w.siteId() : number,
                        Math.max(from, order.atStart()),
                        to,
                        from > order.atStart() ? Long.MIN_VALUE : order.atId(),
                        VISITS_A_STEP),
                row -> new Candidate(row.getLong(1), row.getLong(2), row.getInt(3), row.getInt(4), row.getString(5)));
    }

    private static boolean selects(Withdrawal w, Visit visit, Hit hit) {
        return w.period().contains(hit.time())
                && selects(w, Dimension.PAGE, hit.path())
                && selects(w, Dimension.HOSTNAME, hit.hostname(visit));
    }

    private static boolean selects(Withdrawal w, Dimension dimension, String value) {
        for (Filter filter : w.filters()) {
            if (filter.dimension() == dimension && !filter.test(value)) {
                return false;
            }
        }
        return true;
    }

    private void take(
            StatementCache sql, Site site, Withdrawal w, List<Loss> losses, long now, IntFunction<Affiliate> affiliates)
            throws SQLException {
        Set<Integer> days = new TreeSet<>();
        Set<Integer> visitors = new TreeSet<>();
        List<FilteredEvent> filtered = new ArrayList<>();
        Map<Integer, Integer> byDay = new TreeMap<>();
        for (Loss loss : losses) {
            loss.all.forEach(hit -> days.add(site.dayOf(hit.time())));
            visitors.add(loss.of.visitor);
            loss.hits.forEach(hit -> byDay.merge(site.dayOf(hit.time()), 1, Integer::sum));
        }
        OpenDays.Part part = state.days().part(sql, site, days, visitors);
        LedgerMove ledger = new LedgerMove(sql, site.id(), byDay);
        for (Loss loss : losses) {
            filtered.addAll(filtered(sql, site, w.reason(), loss, now, ledger, affiliates));
            if (loss.whole()) {
                remove(sql, site.id(), loss);
            } else {
                lessen(sql, site.id(), loss);
            }
        }
        state.days().replace(sql, part);
        FilteredRows.write(sql, filtered);
        ledger.write(w.reason());
        for (Loss loss : losses) {
            forget(sql, site, loss);
        }
        state.generations().raise(sql, site.id());
    }

    /** The hits as they are kept, each kind in the order in which they came. */
    private static List<FilteredEvent> filtered(
            StatementCache sql,
            Site site,
            Counter reason,
            Loss loss,
            long now,
            LedgerMove ledger,
            IntFunction<Affiliate> affiliates)
            throws SQLException {
        Visit visit = loss.visit;
        Map<Long, Affiliate> credited = new HashMap<>();
        sql.each(
                "SELECT time, affiliate_id FROM affiliate_visits WHERE session_id = ?",
                row -> credited.put(row.getLong(1), affiliates.apply(row.getInt(2))),
                visit.id());
        Hit last = Collections.max(loss.all, StoredHits.BY_TIME);
        Hit opening = loss.all.stream()
                .filter(hit -> hit.time() == visit.startedAt())
                .findFirst()
                .orElse(null);
        Hit entry = loss.all.stream()
                .filter(hit -> hit.page()
                        && hit.path() != null
                        && hit.path().equals(visit.origin().entryPath()))
                .findFirst()
                .orElse(null);
        List<FilteredEvent> filtered = new ArrayList<>();
        List<Hit> inOrder = new ArrayList<>(loss.hits);
        inOrder.sort(Comparator.comparing((Hit hit) -> hit != opening)
                .thenComparing(hit -> !hit.page())
                .thenComparingInt(Hit::n));
        for (Hit hit : inOrder) {
            Affiliate affiliate = credited.remove(hit.time());
            if (affiliate != null) {
                sql.run(
                        "DELETE FROM affiliate_visits WHERE session_id = ? AND affiliate_id = ?",
                        visit.id(),
                        affiliate.id());
            }
            filtered.add(new FilteredEvent(
                    0,
                    ledger.day(site.dayOf(hit.time())),
                    now,
                    hit.event(site, visit, reason, affiliate),
                    true,
                    new FilteredEvent.OfVisit(
                            visit.id(),
                            visit.startedAt(),
                            hit == opening,
                            hit == entry,
                            hit == last ? visit.lastActivity() : 0)));
        }
        return filtered;
    }

    private void remove(StatementCache sql, int siteId, Loss loss) throws SQLException {
        long id = loss.of.id;
        sql.run("DELETE FROM page_views WHERE session_id = ?", id);
        sql.run("DELETE FROM events WHERE session_id = ?", id);
        sql.run("DELETE FROM crossing_visits WHERE session_id = ?", id);
        sql.run("DELETE FROM affiliate_visits WHERE session_id = ?", id);
        sql.run("DELETE FROM sessions WHERE id = ?", id);
        leave(sql, siteId, loss.of);
    }

    /** No pack has the visit any more. */
    private void leave(StatementCache sql, int siteId, Candidate visit) throws SQLException {
        PackTable.supersede(sql, siteId, PackedDays.dayOf(visit.startedAt), List.of(visit.id));
        state.packs().leave(visit.startedAt, siteId, visit.id);
    }

    /** Of the visit stays what its other hits make of it. */
    private void lessen(StatementCache sql, int siteId, Loss loss) throws SQLException {
        long id = loss.of.id;
        List<Hit> left = loss.left();
        remove(
                sql,
                "page_views",
                id,
                loss.hits.stream().filter(Hit::page).toList(),
                left.stream().filter(Hit::page).toList());
        remove(
                sql,
                "events",
                id,
                loss.hits.stream().filter(hit -> !hit.page()).toList(),
                left.stream().filter(hit -> !hit.page()).toList());
        Visit after = lessened(loss.visit, loss.all, left);
        sql.run(
                "UPDATE sessions SET started_at = ?1, length_ms = ?2, page_count = ?3, event_count = ?4, engaged_ms ="
                        + " ?5, exit_path_id = coalesce((SELECT id FROM texts WHERE text = ?6), 0), exit_ms = ?7,"
                        + " entry_path_id = CASE WHEN ?8 THEN entry_path_id ELSE coalesce((SELECT id FROM texts WHERE text"
                        + " = ?9), 0) END WHERE id = ?10",
                after.startedAt(),
                after.lastActivity() - after.startedAt(),
                after.pageViews(),
                after.events(),
                after.engagedMillis(),
                after.exitPath(),
                after.exitPath() == null ? 0 : after.exitAt() - after.startedAt(),
                after.origin() == loss.visit.origin() ? 1 : 0,
                after.origin().entryPath(),
                id);
        if (PackedDays.dayOf(after.startedAt()) != PackedDays.dayOf(loss.of.startedAt)) {
            leave(sql, siteId, loss.of);
        } else {
            state.packs().removed();
        }
        state.packs().touch(sql, siteId, after.startedAt(), id);
    }

    /** What is left has the numbers from 1 on: the last ones take the places of those that are gone. */
    private static void remove(StatementCache sql, String table, long visit, List<Hit> gone, List<Hit> left)
            throws SQLException {
        TreeSet<Integer> free = new TreeSet<>();
        for (Hit hit : gone) {
            sql.run("DELETE FROM " + table + " WHERE session_id = ? AND n = ?", visit, hit.n());
            free.add(hit.n());
        }
        for (Hit hit : left) {
            if (hit.n() > left.size()) {
                sql.run(
                        "UPDATE " + table + " SET n = ? WHERE session_id = ? AND n = ?",
                        free.pollFirst(),
                        visit,
                        hit.n());
            }
        }
    }

    private static Visit lessened(Visit visit, List<Hit> all, List<Hit> left) {
        List<Hit> pages = left.stream().filter(Hit::page).toList();
        Hit exit = pages.stream().max(StoredHits.BY_TIME).orElse(null);
        boolean opened = left.stream().anyMatch(hit -> hit.time() == visit.startedAt());
        boolean entered = pages.stream()
                .anyMatch(hit ->
                        hit.path() != null && hit.path().equals(visit.origin().entryPath()));
        boolean ended = left.contains(Collections.max(all, StoredHits.BY_TIME));
        long start = opened ? visit.startedAt() : times(left).min().orElseThrow();
        String entry = pages.stream().min(StoredHits.BY_TIME).map(Hit::path).orElse(null);
        return new Visit(
                visit.id(),
                visit.key(),
                start,
                ended ? visit.lastActivity() : times(left).max().orElseThrow(),
                pages.size(),
                left.size() - pages.size(),
                pages.stream().mapToLong(Hit::engagedMillis).sum(),
                exit == null ? null : exit.path(),
                exit == null ? 0 : exit.time(),
                entered ? visit.origin() : visit.origin().withEntryPath(entry),
                visit.affiliates());
    }

    private static java.util.stream.LongStream times(Collection<Hit> hits) {
        return hits.stream().mapToLong(Hit::time);
    }

    /** A visitor of whom there is nothing any more is nobody. */
    private void forget(StatementCache sql, Site site, Loss loss) throws SQLException {
        Object name = loss.whole() ? sql.first(null, UNUSED_VISITOR, row -> row.getObject(1), loss.of.visitor) : null;
        if (name == null) {
            return;
        }
        SiteTable.Kept kept = state.sites().kept(site.id());
        if (kept.packsOnly(Long.MIN_VALUE) && !(site.cookieless() && name instanceof Number)) {
            int day = PackedDays.dayOf(loss.of.startedAt);
            state.dictionary().packVisitor(sql, site.id(), loss.of.visitor, name, day);
        }
        sql.run("DELETE FROM visitors WHERE id = ?", loss.of.visitor);
        state.dictionary().forgetVisitor(site.id(), VisitorNames.unpack(name));
    }

    /** On which days the ledger has what is withdrawn: on its own, or on the next one that has so much, because it came late. */
    private static final class LedgerMove {
        private static final String MOVE = """
            INSERT INTO ledger (site_id, date, counter, count) VALUES (?, ?, ?, ?)
            ON CONFLICT (site_id, date, counter) DO UPDATE SET count = count + excluded.count\
            """;

        private final StatementCache sql;
        private final int siteId;
        private final Map<Integer, Long> left = new TreeMap<>();
        private final Map<Integer, Long> moved = new TreeMap<>();

        LedgerMove(StatementCache sql, int siteId, Map<Integer, Integer> byDay) throws SQLException {
            this.sql = sql;
            this.siteId = siteId;
            int most = byDay.values().stream().mapToInt(n -> n).sum();
            for (int day : byDay.keySet()) {
                find(day, most);
            }
        }

        private void find(int day, int most) throws SQLException {
            long found = 0;
            for (int from = day; found < most; from++) {
                String date = sql.first(
                        null,
                        "SELECT date, count FROM ledger WHERE site_id = ? AND counter = 'stored' AND date >= ?"
                                + " AND count > 0 ORDER BY date LIMIT 1",
                        row -> row.getString(1) + " " + row.getLong(2),
                        siteId,
                        LocalDate.ofEpochDay(from).toString());
                if (date == null) {
                    return;
                }
                from = (int)
                        LocalDate.parse(date.substring(0, date.indexOf(' '))).toEpochDay();
                long count = Long.parseLong(date.substring(date.indexOf(' ') + 1));
                left.put(from, count);
                found += count;
            }
        }

        /** Takes one of a day. */
        int day(int day) {
            int from = day;
            for (Map.Entry<Integer, Long> entry : left.entrySet()) {
                if (entry.getKey() >= day && entry.getValue() > 0) {
                    from = entry.getKey();
                    break;
                }
            }
            left.merge(from, -1L, Long::sum);
            moved.merge(from, 1L, Long::sum);
            return from;
        }

        void write(Counter reason) throws SQLException {
            for (Map.Entry<Integer, Long> day : moved.entrySet()) {
                String date = LocalDate.ofEpochDay(day.getKey()).toString();
                sql.run(MOVE, siteId, date, Counter.STORED.label(), -day.getValue());
                sql.run(MOVE, siteId, date, reason.label(), day.getValue());
            }
        }
    }
}
