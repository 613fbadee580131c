package io.millrace.storage.sqlite.internal.mapper;

import io.millrace.engine.Conversion;
import io.millrace.engine.Money;
import io.millrace.storage.sqlite.internal.connection.StatementCache;
import io.millrace.storage.sqlite.internal.dictionary.SqlJson;
import io.millrace.storage.sqlite.internal.dictionary.VisitorNames;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/** Reads conversions back as the engine knows them. Stateless. */
public final class ConversionMapper {
    /** What {@link #list} reads; the conditions follow. */
    public static final String SELECT = """
            SELECT c.id, c.site_id, c.external_id, c.status, c.amount, c.currency, c.refunded, c.occurred_at, v.name,
                c.session_id, c.affiliate_id, c.rate, c.sent
            FROM conversions c LEFT JOIN visitors v ON v.id = c.visitor_id
            """;

    private ConversionMapper() {}

    public static List<Conversion> list(PreparedStatement statement) throws SQLException {
        return StatementCache.list(statement, ConversionMapper::conversion);
    }

    /** The conversion of a row of {@link #SELECT}. */
    static Conversion conversion(ResultSet row) throws SQLException {
        String sent = row.getString(13);
        Object visitor = row.getObject(9);
        return new Conversion(
                row.getLong(1),
                row.getInt(2),
                row.getString(3),
                Conversion.Status.valueOf(row.getString(4).toUpperCase(Locale.ROOT)),
                new Money(row.getLong(5), row.getString(6)),
                row.getLong(7),
                row.getLong(8),
                visitor == null ? null : VisitorNames.unpack(visitor),
                row.getLong(10),
                row.getInt(11),
                row.getDouble(12),
                sent == null ? null : SqlJson.map(sent));
    }
}
