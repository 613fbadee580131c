package io.millrace.storage.sqlite.internal.account;

import io.millrace.engine.spi.AccountStore.Annotation;
import io.millrace.engine.spi.AccountStore.Audit;
import io.millrace.engine.spi.AccountStore.Key;
import io.millrace.engine.spi.AccountStore.Link;
import io.millrace.engine.spi.AccountStore.Role;
import io.millrace.engine.spi.AccountStore.Segment;
import io.millrace.engine.spi.AccountStore.Session;
import io.millrace.engine.spi.AccountStore.User;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.config.RegisterRowMapper;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Keys, users, links, segments, annotations and the audit trail as SQL. */
@RegisterConstructorMapper(Key.class)
@RegisterConstructorMapper(AccountDao.RoleRow.class)
@RegisterConstructorMapper(Session.class)
@RegisterConstructorMapper(Link.class)
@RegisterConstructorMapper(Segment.class)
@RegisterConstructorMapper(Annotation.class)
@RegisterConstructorMapper(Audit.class)
@RegisterRowMapper(AccountDao.UserMapper.class)
interface AccountDao {

    @SqlQuery("SELECT * FROM api_keys ORDER BY id")
    List<Key> keys();

    @SqlQuery("""
            INSERT INTO api_keys (id, hash, scope, site_id, name, created_at, last_used)
            VALUES (nullif(:id, 0), :hash, :scope, :siteId, :name, :createdAt, :lastUsed)
            ON CONFLICT (id) DO UPDATE SET hash = excluded.hash, scope = excluded.scope, site_id = excluded.site_id,
                name = excluded.name, last_used = excluded.last_used
            RETURNING *""")
    Key saveKey(@BindMethods Key key);

    @SqlUpdate("DELETE FROM api_keys WHERE id = :id")
    void removeKey(int id);

    @SqlQuery("SELECT * FROM users ORDER BY id")
    List<User> users();

    @SqlQuery("SELECT user_id, site_id, role FROM user_roles")
    List<RoleRow> roles();

    @SqlQuery("""
            INSERT INTO users (id, email, name, password_hash, created_at)
            VALUES (nullif(:id, 0), :email, :name, :passwordHash, :createdAt)
            ON CONFLICT (id) DO UPDATE SET email = excluded.email, name = excluded.name,
                password_hash = excluded.password_hash
            RETURNING id""")
    int saveUser(@BindMethods User user);

    @SqlUpdate("DELETE FROM user_roles WHERE user_id = :userId")
    void removeRoles(int userId);

    @SqlUpdate("INSERT INTO user_roles (user_id, site_id, role) VALUES (:userId, :siteId, :role)")
    void addRole(int userId, int siteId, Role role);

    @SqlUpdate("DELETE FROM users WHERE id = :id")
    void removeUser(int id);

    @SqlQuery("SELECT * FROM logins ORDER BY created_at, hash")
    List<Session> sessions();

    @SqlUpdate("DELETE FROM logins WHERE expires_at < :now")
    void removeExpired(long now);

    @SqlUpdate(
            "INSERT INTO logins (hash, user_id, created_at, expires_at) VALUES (:hash, :userId, :createdAt, :expiresAt)")
    void addSession(@BindMethods Session session);

    @SqlUpdate("DELETE FROM logins WHERE hash = :hash")
    void removeSession(String hash);

    @SqlUpdate("DELETE FROM logins WHERE user_id = :userId")
    void removeSessions(int userId);

    @SqlQuery("SELECT * FROM links ORDER BY id")
    List<Link> links();

    @SqlQuery("""
            INSERT INTO links (id, hash, site_id, affiliate_id, name, filter, segment_id, password_hash, created_at)
            VALUES (nullif(:id, 0), :hash, :siteId, :affiliateId, :name, :filter, :segmentId, :passwordHash, :createdAt)
            ON CONFLICT (id) DO UPDATE SET hash = excluded.hash, site_id = excluded.site_id,
                affiliate_id = excluded.affiliate_id, name = excluded.name, filter = excluded.filter,
                segment_id = excluded.segment_id, password_hash = excluded.password_hash
            RETURNING *""")
    Link saveLink(@BindMethods Link link);

    @SqlUpdate("DELETE FROM links WHERE id = :id")
    void removeLink(int id);

    @SqlQuery("SELECT * FROM segments ORDER BY id")
    List<Segment> segments();

    @SqlQuery("""
            INSERT INTO segments (id, site_id, user_id, name, filter, created_at)
            VALUES (nullif(:id, 0), :siteId, :userId, :name, :filter, :createdAt)
            ON CONFLICT (id) DO UPDATE SET name = excluded.name, filter = excluded.filter
            RETURNING *""")
    Segment saveSegment(@BindMethods Segment segment);

    @SqlUpdate("DELETE FROM segments WHERE id = :id")
    void removeSegment(int id);

    @SqlUpdate("DELETE FROM segments WHERE user_id = :userId")
    void removeSegments(int userId);

    @SqlQuery("SELECT * FROM annotations WHERE site_id = :siteId ORDER BY time, id")
    List<Annotation> annotations(int siteId);

    @SqlQuery("""
            INSERT INTO annotations (id, site_id, time, text, author)
            VALUES (nullif(:id, 0), :siteId, :time, :text, :author)
            ON CONFLICT (id) DO UPDATE SET time = excluded.time, text = excluded.text, author = excluded.author
            RETURNING *""")
    Annotation saveAnnotation(@BindMethods Annotation annotation);

    @SqlUpdate("DELETE FROM annotations WHERE id = :id")
    void removeAnnotation(int id);

    @SqlUpdate(
            "INSERT INTO audit (time, actor, action, site_id, detail) VALUES (:time, :actor, :action, :siteId, :detail)")
    void addAudit(@BindMethods Audit entry);

    @SqlQuery("SELECT * FROM audit WHERE (:before = 0 OR id < :before) ORDER BY id DESC LIMIT :limit")
    List<Audit> audit(long before, int limit);

    @SqlQuery(
            "SELECT * FROM audit WHERE site_id = :siteId AND (:before = 0 OR id < :before) ORDER BY id DESC LIMIT :limit")
    List<Audit> auditOfSite(int siteId, long before, int limit);

    /** What a user may do on a site. */
    record RoleRow(int userId, int siteId, Role role) {}

    /** A row of users, without its roles. */
    final class UserMapper implements RowMapper<User> {
        @Override
        public User map(ResultSet row, StatementContext context) throws SQLException {
            return new User(
                    row.getInt("id"),
                    row.getString("email"),
                    row.getString("name"),
                    row.getString("password_hash"),
                    Map.of(),
                    row.getLong("created_at"));
        }
    }
}
