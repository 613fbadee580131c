package io.millrace.storage.sqlite.internal.mapper;

import io.millrace.engine.Conversion;
import io.millrace.engine.Money;
import io.millrace.engine.Payout;
import io.millrace.engine.Refund;
import io.millrace.engine.Sale;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads what an affiliate has earned, lost and been paid. Stateless. */
public final class SaleMapper {
    /** What {@link #refunds} reads; the conditions follow. */
    public static final String REFUNDS =
            "SELECT r.id, r.site_id, r.external_id, r.conversion_id, r.amount, r.occurred_at FROM refunds r ";

    private static final String CREDITED = "c.site_id = ? AND c.affiliate_id = ? AND c.affiliate_id <> 0";

    private SaleMapper() {}

    public static List<Refund> refunds(PreparedStatement statement) throws SQLException {
        return StatementCache.list(
                statement,
                row -> new Refund(
                        row.getLong(1),
                        row.getInt(2),
                        row.getString(3),
                        row.getLong(4),
                        row.getLong(5),
                        row.getLong(6)));
    }

    public static List<Sale> sales(StatementCache sql, int siteId, int affiliateId) throws SQLException {
        List<Conversion> conversions = ConversionMapper.list(sql.bind(
                ConversionMapper.SELECT + "WHERE " + CREDITED + " ORDER BY c.occurred_at, c.id", siteId, affiliateId));
        Map<Long, List<Refund>> refunds = refunds(sql.bind(
                        REFUNDS + "JOIN conversions c ON c.id = r.conversion_id WHERE " + CREDITED + " ORDER BY r.id",
                        siteId,
                        affiliateId))
                .stream()
                .collect(Collectors.groupingBy(Refund::conversionId));
        return conversions.stream()
                .map(c -> new Sale(c, refunds.getOrDefault(c.id(), List.of())))
                .toList();
    }

    public static List<Payout> payouts(StatementCache sql, int siteId, int affiliateId) throws SQLException {
        return StatementCache.list(
                sql.bind(
                        "SELECT id, site_id, affiliate_id, reference, amount, currency, paid_at FROM payouts"
                                + " WHERE site_id = ? AND affiliate_id = ? ORDER BY paid_at, id",
                        siteId,
                        affiliateId),
                SaleMapper::payout);
    }

    private static Payout payout(ResultSet row) throws SQLException {
        return new Payout(
                row.getLong(1),
                row.getInt(2),
                row.getInt(3),
                row.getString(4),
                new Money(row.getLong(5), row.getString(6)),
                row.getLong(7));
    }
}
