package io.millrace.storage.sqlite.internal.write;

import io.millrace.engine.Conversion;
import io.millrace.engine.Payout;
import io.millrace.engine.Refund;
import io.millrace.engine.Visit;
import io.millrace.engine.spi.StorageWriter.AffiliateTouch;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import io.millrace.storage.sqlite.internal.dictionary.Dictionary;
import io.millrace.storage.sqlite.internal.dictionary.SqlJson;
import io.millrace.storage.sqlite.internal.mapper.ConversionMapper;
import io.millrace.storage.sqlite.internal.mapper.SaleMapper;
import io.millrace.storage.sqlite.internal.mapper.VisitMapper;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Conversions and their refunds: written and looked up on the store thread. */
record ConversionRows(Dictionary dictionary) {
    /** How many visits of a site are searched for a session id alone, latest first; there is no index by it. */
    private static final int SEARCHED = 100_000;

    private static final String SAVE = """
            INSERT INTO conversions (id, site_id, external_id, status, amount, refunded, currency, occurred_at,
                recorded_at, visitor_id, session_id, affiliate_id, rate, sent)
            VALUES (nullif(?, 0), ?, ?, ?, ?, ?, ?, ?, unixepoch() * 1000, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET status = excluded.status, amount = excluded.amount,
                refunded = excluded.refunded, currency = excluded.currency, occurred_at = excluded.occurred_at,
                visitor_id = excluded.visitor_id, session_id = excluded.session_id,
                affiliate_id = excluded.affiliate_id, rate = excluded.rate, sent = excluded.sent
            RETURNING id""";

    private static final String SAVE_REFUND = """
            INSERT INTO refunds (site_id, external_id, conversion_id, amount, occurred_at, recorded_at)
            VALUES (?, ?, ?, ?, ?, unixepoch() * 1000)
            RETURNING id""";

    private static final String SAVE_PAYOUT = """
            INSERT INTO payouts (site_id, affiliate_id, reference, amount, currency, paid_at, recorded_at)
            VALUES (?, ?, ?, ?, ?, ?, unixepoch() * 1000)
            RETURNING id""";

    Conversion save(StatementCache sql, Conversion c) throws SQLException {
        return c.withId(sql.number(
                0,
                SAVE,
                c.id(),
                c.siteId(),
                c.externalId(),
                c.status().name().toLowerCase(Locale.ROOT),
                c.amount().minor(),
                c.refunded(),
                c.amount().currency(),
                c.occurredAt(),
                c.visitor() == null ? 0 : dictionary.visitor(sql, c.siteId(), c.visitor()),
                c.visitId(),
                c.affiliateId(),
                c.rate(),
                c.sent() == null ? null : SqlJson.object(c.sent())));
    }

    Refund save(StatementCache sql, Refund r, Conversion before) throws SQLException {
        save(sql, r.of(before));
        return r.withId(
                sql.number(0, SAVE_REFUND, r.siteId(), r.externalId(), r.conversionId(), r.amount(), r.occurredAt()));
    }

    Optional<Refund> findRefund(StatementCache sql, int siteId, String externalId) throws SQLException {
        return SaleMapper.refunds(
                        sql.bind(SaleMapper.REFUNDS + "WHERE r.site_id = ? AND r.external_id = ?", siteId, externalId))
                .stream()
                .findFirst();
    }

    static Payout save(StatementCache sql, Payout p) throws SQLException {
        return p.withId(sql.number(
                0,
                SAVE_PAYOUT,
                p.siteId(),
                p.affiliateId(),
                p.reference(),
                p.amount().minor(),
                p.amount().currency(),
                p.paidAt()));
    }

    Optional<Conversion> find(StatementCache sql, int siteId, String externalId) throws SQLException {
        PreparedStatement select =
                sql.bind(ConversionMapper.SELECT + "WHERE c.site_id = ? AND c.external_id = ?", siteId, externalId);
        return ConversionMapper.list(select).stream().findFirst();
    }

    Optional<Visit> findVisit(StatementCache sql, int siteId, String visitor, String sessionId, long at)
            throws SQLException {
        PreparedStatement select;
        if (visitor != null) {
            int id = dictionary.visitorIfKnown(sql, siteId, visitor);
            select = sql.bind(VisitMapper.SELECT + """
                            WHERE s.visitor_id = ? AND s.started_at <= ? AND (? IS NULL OR s.client_id = ?)
                            ORDER BY s.started_at DESC, s.id DESC LIMIT 1""", id, at, sessionId, sessionId);
        } else {
            select = sql.bind(VisitMapper.SELECT + """
                            WHERE s.id = (SELECT id FROM (
                                SELECT id, client_id, started_at FROM sessions WHERE site_id = ? AND started_at <= ?
                                ORDER BY started_at DESC, id DESC LIMIT ?)
                                WHERE client_id = ? ORDER BY started_at DESC, id DESC LIMIT 1)""", siteId, at, SEARCHED, sessionId);
        }
        return VisitMapper.list(select).stream().findFirst();
    }

    List<AffiliateTouch> touches(StatementCache sql, int siteId, String visitor, long at) throws SQLException {
        PreparedStatement select = sql.bind(
                "SELECT affiliate_id, session_id, max(time) FROM affiliate_visits WHERE visitor_id = ? AND time <= ?"
                        + " GROUP BY affiliate_id",
                dictionary.visitorIfKnown(sql, siteId, visitor),
                at);
        return StatementCache.list(select, row -> new AffiliateTouch(row.getInt(1), row.getLong(2), row.getLong(3)));
    }
}
