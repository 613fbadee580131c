package io.millrace.storage.sqlite.internal;

import io.millrace.engine.spi.AccountStore.Key;
import io.millrace.engine.spi.AccountStore.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.sqlobject.config.RegisterRowMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Keys as SQL. */
@RegisterRowMapper(AccountDao.KeyMapper.class)
interface AccountDao {

    @SqlQuery("SELECT * FROM api_keys ORDER BY id")
    List<Key> keys();

    @SqlQuery("""
            INSERT INTO api_keys (id, hash, scope, site_id, name, created_at, last_used)
            VALUES (nullif(:id, 0), :hash, :scope, :siteId, :name, :createdAt, :lastUsed)
            ON CONFLICT (id) DO UPDATE SET hash = excluded.hash, scope = excluded.scope, site_id = excluded.site_id,
                name = excluded.name, last_used = excluded.last_used
            RETURNING id""")
    int saveKey(int id, String hash, String scope, int siteId, String name, long createdAt, long lastUsed);

    @SqlUpdate("DELETE FROM api_keys WHERE id = :id")
    void removeKey(int id);

    /** A row of api_keys. */
    final class KeyMapper implements RowMapper<Key> {
        @Override
        public Key map(ResultSet row, StatementContext context) throws SQLException {
            return new Key(
                    row.getInt("id"),
                    row.getString("hash"),
                    Scope.valueOf(row.getString("scope")),
                    row.getInt("site_id"),
                    row.getString("name"),
                    row.getLong("created_at"),
                    row.getLong("last_used"));
        }
    }
}
