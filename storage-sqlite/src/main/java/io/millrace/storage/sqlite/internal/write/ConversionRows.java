package io.millrace.storage.sqlite.internal.write;

import io.millrace.engine.Conversion;
import io.millrace.engine.Visit;
import io.millrace.engine.spi.StorageWriter.AffiliateTouch;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import io.millrace.storage.sqlite.internal.dictionary.Dictionary;
import io.millrace.storage.sqlite.internal.mapper.ConversionMapper;
import io.millrace.storage.sqlite.internal.mapper.VisitMapper;
import io.millrace.storage.sqlite.internal.rollup.StatsRows;
import io.millrace.storage.sqlite.internal.rollup.Totals;
import io.millrace.storage.sqlite.internal.state.SiteTable;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Conversions: written and looked up on the store thread. */
record ConversionRows(SiteTable sites, Dictionary dictionary) {
    /** How many visits of a site are searched for a session id alone, latest first; there is no index by it. */
    private static final int SEARCHED = 100_000;

    private static final String SAVE = """
            INSERT INTO conversions (id, site_id, external_id, status, amount, currency, occurred_at, recorded_at,
                visitor_id, session_id, affiliate_id)
            VALUES (nullif(?, 0), ?, ?, ?, ?, ?, ?, unixepoch() * 1000, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET status = excluded.status, amount = excluded.amount,
                currency = excluded.currency, occurred_at = excluded.occurred_at, visitor_id = excluded.visitor_id,
                session_id = excluded.session_id, affiliate_id = excluded.affiliate_id
            RETURNING id""";

    Conversion save(StatementCache sql, Conversion c) throws SQLException {
        if (c.id() != 0) {
            for (Conversion before :
                    ConversionMapper.list(sql.bind(ConversionMapper.SELECT + "WHERE c.id = ?", c.id()))) {
                revenue(sql, before, -1);
            }
        }
        long id = sql.number(
                0,
                SAVE,
                c.id(),
                c.siteId(),
                c.externalId(),
                c.status().name().toLowerCase(Locale.ROOT),
                c.amount().minor(),
                c.amount().currency(),
                c.occurredAt(),
                c.visitor() == null ? 0 : dictionary.visitor(sql, c.siteId(), c.visitor()),
                c.visitId(),
                c.affiliateId());
        revenue(sql, c, 1);
        return c.withId(id);
    }

    private void revenue(StatementCache sql, Conversion c, int sign) throws SQLException {
        if (c.status() == Conversion.Status.COMPLETED && c.amount().minor() != 0) {
            int day = sites.get(c.siteId()).dayOf(c.occurredAt());
            StatsRows.addDay(
                    sql, c.siteId(), day, new Totals(), sign * c.amount().minor());
        }
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
