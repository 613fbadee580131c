package io.millrace.storage.sqlite.internal;

import io.millrace.engine.spi.Batch;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.roaringbitmap.RoaringBitmap;

/** The sets of visitors of the days that are being written to, in memory. The store thread's. */
final class DayBooks {
    private static final String VISITORS = """
            SELECT s.visitor_id FROM page_views p JOIN sessions s ON s.id = p.session_id
            WHERE p.site_id = ?1 AND p.time / 300000 BETWEEN ?2 / 300000 AND ?3 / 300000 AND p.time >= ?2 AND p.time < ?3
            UNION
            SELECT s.visitor_id FROM events e JOIN sessions s ON s.id = e.session_id
            WHERE e.site_id = ?1 AND e.time / 300000 BETWEEN ?2 / 300000 AND ?3 / 300000 AND e.time >= ?2 AND e.time < ?3""";

    private final SiteTable sites;
    private final Map<Long, RoaringBitmap> days = new HashMap<>();
    private final Map<Long, RoaringBitmap> pending = new HashMap<>();

    DayBooks(SiteTable sites) {
        this.sites = sites;
    }

    /** Opens the days of hits. Call before the hits are written, or they are taken for earlier ones. */
    void open(Statements sql, List<Batch.Hit> hits) throws SQLException {
        for (Batch.Hit hit : hits) {
            int siteId = hit.event().site().id();
            long key = Keys.siteDay(siteId, sites.get(siteId).dayOf(hit.event().time()));
            if (!days.containsKey(key)) {
                days.put(key, load(sql, key));
            }
        }
    }

    /** How many visitors each site's day, opened before, had not seen before these hits. */
    Map<Long, Integer> newVisitors(List<HitFact> hits) {
        Map<Long, Integer> fresh = new HashMap<>();
        for (HitFact hit : hits) {
            long key = Keys.siteDay(hit.visit().siteId, hit.day());
            int visitor = hit.visit().visitorId;
            if (!days.get(key).contains(visitor)
                    && pending.computeIfAbsent(key, k -> new RoaringBitmap()).checkedAdd(visitor)) {
                fresh.merge(key, 1, Integer::sum);
            }
        }
        return fresh;
    }

    private RoaringBitmap load(Statements sql, long key) throws SQLException {
        int siteId = Keys.site(key);
        PreparedStatement s = sql.get(VISITORS);
        s.setInt(1, siteId);
        s.setLong(2, sites.get(siteId).startOfDay(Keys.day(key)));
        s.setLong(3, sites.get(siteId).startOfDay(Keys.day(key) + 1));
        RoaringBitmap set = new RoaringBitmap();
        try (ResultSet rows = s.executeQuery()) {
            while (rows.next()) {
                set.add(rows.getInt(1));
            }
        }
        return set;
    }

    void commit() {
        pending.forEach((key, set) -> days.get(key).or(set));
        pending.clear();
    }

    void rollback() {
        pending.clear();
        days.clear();
    }
}
