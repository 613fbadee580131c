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
import java.util.Optional;
import java.util.function.Consumer;

/** Reads what an affiliate has earned, lost and been paid. Stateless. */
public final class SaleMapper {
    /** What {@link #refunds} reads; the conditions follow. */
    public static final String REFUNDS =
            "SELECT r.id, r.site_id, r.external_id, r.conversion_id, r.amount, r.occurred_at FROM refunds r ";

    private static final String CREDITED = "c.site_id = ? AND c.affiliate_id = ? AND c.affiliate_id <> 0";

    private static final String PAYOUTS = "SELECT id, site_id, affiliate_id, reference, amount, currency, paid_at"
            + " FROM payouts WHERE site_id = ? AND affiliate_id = ?";
    private static final String LATEST = " ORDER BY paid_at DESC, id DESC";

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

    /** Tells the sales of an affiliate; refunds are looked up where there are some. */
    public static void sales(StatementCache sql, int siteId, int affiliateId, Consumer<Sale> each) throws SQLException {
        sql.each(
                ConversionMapper.SELECT + "WHERE " + CREDITED + " ORDER BY c.occurred_at, c.id",
                row -> each.accept(sale(sql, row)),
                siteId,
                affiliateId);
    }

    private static Sale sale(StatementCache sql, ResultSet row) throws SQLException {
        Conversion sold = ConversionMapper.conversion(row);
        return new Sale(
                sold,
                sold.refunded() == 0
                        ? List.of()
                        : refunds(sql.bind(REFUNDS + "WHERE r.conversion_id = ? ORDER BY r.id", sold.id())));
    }

    /** All sales of a site by their ids, so many behind one. */
    public static List<Sale> sales(StatementCache sql, int siteId, long after, int limit) throws SQLException {
        return StatementCache.list(
                sql.bind(
                        ConversionMapper.SELECT + "WHERE c.id > ? AND c.site_id = ? ORDER BY c.id LIMIT ?",
                        after,
                        siteId,
                        limit),
                row -> sale(sql, row));
    }

    /** Tells what an affiliate was paid. */
    public static void payouts(StatementCache sql, int siteId, int affiliateId, Consumer<Payout> each)
            throws SQLException {
        sql.each(PAYOUTS + LATEST, row -> each.accept(payout(row)), siteId, affiliateId);
    }

    /** A part of the same. */
    public static List<Payout> payouts(StatementCache sql, int siteId, int affiliateId, int offset, int limit)
            throws SQLException {
        return StatementCache.list(
                sql.bind(PAYOUTS + LATEST + " LIMIT ? OFFSET ?", siteId, affiliateId, limit, offset),
                SaleMapper::payout);
    }

    /** One that an affiliate was paid, by a further condition. */
    public static Optional<Payout> payout(StatementCache sql, String where, int siteId, int affiliateId, Object value)
            throws SQLException {
        return StatementCache.list(sql.bind(PAYOUTS + " AND " + where, siteId, affiliateId, value), SaleMapper::payout)
                .stream()
                .findFirst();
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
