package io.millrace.storage.sqlite.internal.query;

import io.millrace.engine.AffiliateQuery;
import io.millrace.engine.AttributedConversion;
import io.millrace.engine.Conversion;
import io.millrace.engine.Dimension;
import io.millrace.engine.Filter;
import io.millrace.engine.Period;
import io.millrace.engine.Report;
import io.millrace.engine.Visit;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import io.millrace.storage.sqlite.internal.dictionary.SqlJson;
import io.millrace.storage.sqlite.internal.dictionary.VisitorNames;
import io.millrace.storage.sqlite.internal.mapper.ConversionMapper;
import io.millrace.storage.sqlite.internal.sql.Sql;
import io.millrace.storage.sqlite.internal.sql.TimeBuckets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/** Conversions and affiliate visits for reports. Stateless. */
final class ConversionReader {
    private ConversionReader() {}

    static List<AttributedConversion> conversions(
            StatementCache sql, SiteScan scan, int siteId, Period period, List<Filter> filters) throws SQLException {
        List<Conversion> found = ConversionMapper.list(sql.bind(
                ConversionMapper.SELECT + "WHERE c.site_id = ? AND c.occurred_at >= ? AND c.occurred_at < ?"
                        + " ORDER BY c.occurred_at DESC, c.id DESC",
                siteId,
                period.from(),
                period.to()));
        if (!filters.isEmpty()) {
            Roaring64Bitmap linked = new Roaring64Bitmap();
            found.forEach(c -> linked.addLong(c.visitId()));
            Roaring64Bitmap selected = scan.selected(linked, filters);
            found = found.stream().filter(c -> selected.contains(c.visitId())).toList();
        }
        Map<Long, Visit> visits = VisitReader.visits(
                sql, scan, found.stream().map(Conversion::visitId).toList());
        return found.stream()
                .map(c -> new AttributedConversion(c, visits.get(c.visitId())))
                .toList();
    }

    static List<Conversion> conversions(StatementCache sql, int siteId, String visitor, long from, int limit)
            throws SQLException {
        return ConversionMapper.list(sql.bind(
                ConversionMapper.SELECT + "WHERE c.visitor_id = ? AND c.visitor_id <> 0 AND c.occurred_at >= ?"
                        + " ORDER BY c.occurred_at DESC, c.id DESC LIMIT ?",
                VisitorNames.find(sql, siteId, visitor),
                from,
                limit));
    }

    static Report affiliateVisits(StatementCache sql, SiteScan scan, AffiliateQuery q) throws SQLException {
        boolean one = q.group() == AffiliateQuery.Group.ALL;
        Sql select = new Sql()
                .add("SELECT " + key(q) + " AS k, COUNT(*) AS visits, COUNT(DISTINCT av.visitor_id)"
                        + " FROM affiliate_visits av JOIN affiliates a ON a.id = av.affiliate_id"
                        + " LEFT JOIN texts landing ON landing.id = av.landing_id");
        Sql visits = visits(q);
        select.add(visits);
        if (!q.filters().isEmpty()) {
            Roaring64Bitmap selected = scan.selected(numbers(sql, visits), q.filters());
            select.add(" AND av.session_id IN (SELECT value FROM json_each(?))", SqlJson.array(selected));
        }
        select.add(one ? "" : " GROUP BY k ORDER BY " + order(q.group()));
        List<Report.Row> rows = new ArrayList<>();
        select.each(sql, row -> {
            List<String> values = one ? List.of() : java.util.Collections.singletonList(value(q, row));
            rows.add(new Report.Row(values, List.of(row.getLong(2), row.getLong(3))));
        });
        int to = q.limit() == 0 ? rows.size() : Math.min(q.limit(), rows.size());
        return new Report(List.copyOf(rows.subList(0, to)), rows.size());
    }

    /** {@code WHERE} of those that are asked for, whatever the filters. */
    private static Sql visits(AffiliateQuery q) {
        Sql where = q.affiliateId() == 0
                ? new Sql().add(" WHERE av.site_id = ?", q.siteId())
                : new Sql().add(" WHERE av.affiliate_id = ? AND av.site_id = ?", q.affiliateId(), q.siteId());
        return where.add(
                " AND av.time >= ? AND av.time < ?",
                q.period().from(),
                q.period().to());
    }

    private static Roaring64Bitmap numbers(StatementCache sql, Sql where) throws SQLException {
        Roaring64Bitmap visits = new Roaring64Bitmap();
        new Sql()
                .add("SELECT av.session_id FROM affiliate_visits av")
                .add(where)
                .each(sql, row -> visits.addLong(row.getLong(1)));
        return visits;
    }

    private static boolean time(AffiliateQuery.Group group) {
        return switch (group) {
            case MINUTE, HOUR, DAY, WEEK, MONTH -> true;
            default -> false;
        };
    }

    private static String key(AffiliateQuery q) {
        return switch (q.group()) {
            case ALL -> "NULL";
            case AFFILIATE -> "av.affiliate_id";
            case LANDING_PAGE -> "landing.text";
            case MINUTE, HOUR, DAY, WEEK, MONTH ->
                TimeBuckets.expression(Dimension.valueOf(q.group().name()), "av.time", q.period(), q.zone());
        };
    }

    private static String order(AffiliateQuery.Group group) {
        return time(group) ? "k" : "visits DESC, k";
    }

    private static String value(AffiliateQuery q, ResultSet row) throws SQLException {
        return time(q.group())
                ? TimeBuckets.name(Dimension.valueOf(q.group().name()), row.getLong(1))
                : row.getString(1);
    }
}
