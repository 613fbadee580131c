package io.millrace.storage.sqlite.internal.maintenance;

import io.millrace.engine.Site;
import io.millrace.storage.sqlite.Difference;
import io.millrace.storage.sqlite.Verification;
import io.millrace.storage.sqlite.internal.calendar.DaySpan;
import io.millrace.storage.sqlite.internal.calendar.SiteDays;
import io.millrace.storage.sqlite.internal.connection.ReadConnections;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import io.millrace.storage.sqlite.internal.pack.ColumnCache;
import io.millrace.storage.sqlite.internal.rollup.DayRewrite;
import io.millrace.storage.sqlite.internal.rollup.DayRollup;
import io.millrace.storage.sqlite.internal.rollup.DayRollupRows;
import io.millrace.storage.sqlite.internal.rollup.Recount;
import io.millrace.storage.sqlite.internal.rollup.RollupDimension;
import io.millrace.storage.sqlite.internal.rollup.StoredDays;
import io.millrace.storage.sqlite.internal.rollup.Totals;
import io.millrace.storage.sqlite.internal.rollup.ValueRollup;
import io.millrace.storage.sqlite.internal.rollup.VisitorSet;
import io.millrace.storage.sqlite.internal.state.CommittedState;
import io.millrace.storage.sqlite.internal.state.Segments;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Compares every roll-up with a recount from the rows, or packs where those are all there is, one day at a time, each as of one moment. */
final class Verifier {
    private final CommittedState state;
    private final List<Difference> differences = new ArrayList<>();
    private final Set<Long> wrongDays = new TreeSet<>();
    private final Set<Long> wrongPacks = new TreeSet<>();
    private final List<String> skipped = new ArrayList<>();
    private SiteDays.Day day;
    private int days;

    Verifier(CommittedState state) {
        this.state = state;
    }

    Verification run(ReadConnections readers) {
        for (Site site : state.sites().all()) {
            int complete = state.sites().completeFrom(site);
            if (complete != Integer.MIN_VALUE) {
                skipped.add("site " + site.id() + ": days before " + LocalDate.ofEpochDay(complete)
                        + " are not checked, their visits were pruned");
            }
            DaySpan range = readers.read(
                    "verify",
                    sql -> StoredDays.of(sql, site, state.offsets().get()).from(complete));
            for (int d = range.first(); d <= range.last(); d++) {
                check(readers, SiteDays.of(site, d));
            }
            wrongPacks.addAll(new PackCheck(readers, state, differences).run(site.id()));
        }
        return new Verification(differences, days, skipped);
    }

    /** The days that differ, by site. */
    Set<Long> wrongDays() {
        return wrongDays;
    }

    /** The days, in UTC, whose packs differ, by site. */
    Set<Long> wrongPacks() {
        return wrongPacks;
    }

    private void check(ReadConnections readers, SiteDays.Day checked) {
        day = checked;
        days++;
        int before = differences.size();
        readers.readWithoutHurry("verify", () -> now(checked), (sql, now) -> {
            if (pruned(sql, checked)) {
                return null;
            }
            DayRollup stored = now.open == null ? DayRollupRows.load(sql, checked, Integer.MAX_VALUE, true) : now.open;
            for (int quarter : List.copyOf(stored.storedQuarters)) {
                stored.takeBack(quarter, DayRollupRows.quarter(sql, stored.siteId, quarter));
            }
            Recount recount =
                    Recount.into(DayRollup.like(stored), sql, checked, now.visits.open(sql, ColumnCache.NONE));
            compareQuarters(sql, recount.quarters);
            if (counted(sql, checked)) {
                compareDay(sql, recount.total);
                compareRollups(stored, recount.rollup);
            }
            compareVisits(sql);
            return null;
        });
        if (differences.size() > before) {
            wrongDays.add(checked.key());
        }
    }

    /** Whether visits of the day have been removed since the first day was checked. */
    private static boolean pruned(StatementCache sql, SiteDays.Day day) throws SQLException {
        return sql.number(
                        0, "SELECT 1 FROM pruned_sites WHERE site_id = ? AND packs_from > ?", day.siteId(), day.from())
                != 0;
    }

    /** Whether it has been counted since the site's time zone has changed; else nobody reads its roll-ups by day. */
    private static boolean counted(StatementCache sql, SiteDays.Day day) throws SQLException {
        return sql.number(0, "SELECT 1 FROM uncounted_days WHERE site_id = ? AND day = ?", day.siteId(), day.day())
                == 0;
    }

    /**
     * What memory knows of a day at one moment.
     *
     * @param open its roll-up where that is ahead of what is stored, or null
     */
    private record Now(DayRollup open, Segments visits) {}

    private Now now(SiteDays.Day checked) {
        DayRollup open = state.days().byKey().get(checked.key());
        return new Now(open == null || !open.dirty ? null : open.copy(), state.toCheck(checked));
    }

    private void differ(String rollup, String key, String figure, long stored, long counted) {
        if (stored != counted) {
            add(rollup, key, figure, stored, counted);
        }
    }

    private void add(String rollup, String key, String figure, long stored, long counted) {
        String date = LocalDate.ofEpochDay(day.day()).toString();
        String row = key.isEmpty() ? date : date + " " + key;
        differences.add(new Difference(day.siteId(), rollup, row, figure, stored, counted));
    }

    private void compareDay(StatementCache sql, Totals counted) throws SQLException {
        String from = " FROM daily_stats WHERE site_id = ? AND date = ?";
        String date = LocalDate.ofEpochDay(day.day()).toString();
        Totals stored = sql.first(
                new Totals(), "SELECT visitors, " + Totals.COLUMNS + from, Verifier::stored, day.siteId(), date);
        compare("daily_stats", "", stored, counted);
    }

    private static Totals stored(ResultSet row) throws SQLException {
        Totals stored = Totals.read(row, 2);
        stored.visitors = row.getLong(1);
        return stored;
    }

    private void compare(String rollup, String key, Totals stored, Totals counted) {
        differ(rollup, key, "visitors", stored.visitors, counted.visitors);
        differ(rollup, key, "sessions", stored.sessions, counted.sessions);
        differ(rollup, key, "page_views", stored.pageViews, counted.pageViews);
        differ(rollup, key, "bounces", stored.bounces, counted.bounces);
        differ(rollup, key, "duration", stored.duration, counted.duration);
        differ(rollup, key, "events", stored.events, counted.events);
        differ(rollup, key, "engaged_ms", stored.engaged, counted.engaged);
    }

    private void compareQuarters(StatementCache sql, TreeMap<Integer, Totals> counted) throws SQLException {
        TreeMap<Integer, Totals> stored = new TreeMap<>();
        sql.each(
                "SELECT quarter, " + Totals.COLUMNS
                        + " FROM quarter_stats WHERE site_id = ? AND quarter BETWEEN ? AND ?",
                row -> stored.put(row.getInt(1), Totals.read(row, 2)),
                day.siteId(),
                day.firstQuarter(),
                day.lastQuarter());
        Set<Integer> quarters = new TreeSet<>(stored.keySet());
        quarters.addAll(counted.keySet());
        for (int quarter : quarters) {
            compare(
                    "quarter_stats",
                    "quarter " + quarter,
                    stored.getOrDefault(quarter, new Totals()),
                    counted.getOrDefault(quarter, new Totals()));
        }
    }

    private void compareRollups(DayRollup stored, DayRollup counted) {
        compareSets("day_sets", "", stored.visitors, counted.visitors);
        Set<Integer> quarters = new TreeSet<>(stored.quarters.keySet());
        quarters.addAll(counted.quarters.keySet());
        for (int q : quarters) {
            compareSets("quarter_sets", "quarter " + q, stored.quarter(q), counted.quarter(q));
        }
        for (RollupDimension d : RollupDimension.values()) {
            Set<Integer> values = new TreeSet<>(stored.values(d).keySet());
            values.addAll(counted.values(d).keySet());
            for (int value : values) {
                String key = d.name().toLowerCase(java.util.Locale.ROOT) + " value " + value;
                ValueRollup a = stored.values(d).getOrDefault(value, new ValueRollup());
                ValueRollup b = counted.values(d).getOrDefault(value, new ValueRollup());
                compare("day_values", key, a.totals, b.totals);
                compareSets("day_values", key, a.visitors, b.visitors);
            }
        }
    }

    private void compareSets(String rollup, String key, VisitorSet stored, VisitorSet counted) {
        if (!stored.equals(counted)) {
            String other = stored.size() == counted.size() ? " (others)" : "";
            add(rollup, key, "set of visitors" + other, stored.size(), counted.size());
        }
    }

    private void compareVisits(StatementCache sql) throws SQLException {
        sql.each(
                DayRewrite.WRONG_COUNTS,
                row -> {
                    String visit = "visit " + row.getLong(1);
                    differ("sessions", visit, "page_count", row.getLong(2), row.getLong(3));
                    differ("sessions", visit, "event_count", row.getLong(4), row.getLong(5));
                },
                day.siteId(),
                day.from(),
                day.to());
    }
}
