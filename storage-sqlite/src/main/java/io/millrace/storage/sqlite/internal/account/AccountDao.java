package io.millrace.storage.sqlite.internal.account;

import io.millrace.engine.spi.AccountStore.Annotation;
import io.millrace.engine.spi.AccountStore.Audit;
import io.millrace.engine.spi.AccountStore.Channel;
import io.millrace.engine.spi.AccountStore.Invitation;
import io.millrace.engine.spi.AccountStore.Key;
import io.millrace.engine.spi.AccountStore.Link;
import io.millrace.engine.spi.AccountStore.Role;
import io.millrace.engine.spi.AccountStore.Segment;
import io.millrace.engine.spi.AccountStore.Session;
import io.millrace.engine.spi.AccountStore.Subscription;
import io.millrace.engine.spi.AccountStore.Topic;
import io.millrace.engine.spi.AccountStore.User;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
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
@RegisterConstructorMapper(Link.class)
@RegisterConstructorMapper(Segment.class)
@RegisterConstructorMapper(Annotation.class)
@RegisterConstructorMapper(Audit.class)
@RegisterRowMapper(AccountDao.UserMapper.class)
@RegisterRowMapper(AccountDao.SessionMapper.class)
@RegisterRowMapper(AccountDao.InvitationMapper.class)
@RegisterRowMapper(AccountDao.SubscriptionMapper.class)
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
            INSERT INTO users (id, email, name, password_hash, created_at, factor, recovery)
            VALUES (nullif(:id, 0), :email, :name, :passwordHash, :createdAt, :factor, :recoveryLines)
            ON CONFLICT (id) DO UPDATE SET email = excluded.email, name = excluded.name,
                password_hash = excluded.password_hash, factor = excluded.factor, recovery = excluded.recovery
            RETURNING id""")
    int saveUser(@BindMethods User user, String recoveryLines);

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

    @SqlUpdate("INSERT INTO logins (hash, user_id, created_at, expires_at, agent)"
            + " VALUES (:hash, :userId, :createdAt, :expiresAt, :agent)")
    void addSession(@BindMethods Session session);

    @SqlUpdate("DELETE FROM logins WHERE hash = :hash")
    void removeSession(String hash);

    @SqlUpdate("DELETE FROM logins WHERE user_id = :userId")
    void removeSessions(int userId);

    @SqlQuery("SELECT * FROM invitations ORDER BY id")
    List<Invitation> invitations();

    @SqlQuery("""
            INSERT INTO invitations (hash, email, roles, author, created_at, expires_at)
            VALUES (:hash, :email, :roleLines, :author, :createdAt, :expiresAt)
            RETURNING id""")
    int addInvitation(@BindMethods Invitation invitation, String roleLines);

    @SqlUpdate("DELETE FROM invitations WHERE id = :id")
    void removeInvitation(int id);

    @SqlQuery("SELECT * FROM subscriptions ORDER BY id")
    List<Subscription> subscriptions();

    @SqlQuery("""
            INSERT INTO subscriptions (id, site_id, channel, target, topics, nonce, created_at)
            VALUES (nullif(:id, 0), :siteId, :channel, :target, :topicLines, :nonce, :createdAt)
            ON CONFLICT (id) DO UPDATE SET channel = excluded.channel, target = excluded.target, topics = excluded.topics,
                nonce = excluded.nonce
            RETURNING id""")
    int saveSubscription(@BindMethods Subscription subscription, String topicLines);

    @SqlUpdate("DELETE FROM subscriptions WHERE id = :id")
    void removeSubscription(int id);

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
                    row.getLong("created_at"),
                    row.getString("factor"),
                    lines(row.getString("recovery")));
        }
    }

    /** A row of logins. */
    final class SessionMapper implements RowMapper<Session> {
        @Override
        public Session map(ResultSet row, StatementContext context) throws SQLException {
            return new Session(
                    row.getString("hash"),
                    row.getInt("user_id"),
                    row.getLong("created_at"),
                    row.getLong("expires_at"),
                    row.getString("agent"));
        }
    }

    /** A row of invitations; roles are lines of a site's id, a blank and a role. */
    final class InvitationMapper implements RowMapper<Invitation> {
        @Override
        public Invitation map(ResultSet row, StatementContext context) throws SQLException {
            Map<Integer, Role> roles = new TreeMap<>();
            for (String line : lines(row.getString("roles"))) {
                int blank = line.indexOf(' ');
                roles.put(Integer.valueOf(line.substring(0, blank)), Role.valueOf(line.substring(blank + 1)));
            }
            return new Invitation(
                    row.getInt("id"),
                    row.getString("hash"),
                    row.getString("email"),
                    roles,
                    row.getString("author"),
                    row.getLong("created_at"),
                    row.getLong("expires_at"));
        }

        static String text(Map<Integer, Role> roles) {
            return new TreeMap<>(roles)
                    .entrySet().stream()
                            .map(e -> e.getKey() + " " + e.getValue())
                            .collect(Collectors.joining("\n"));
        }
    }

    /** A row of subscriptions; topics are lines. */
    final class SubscriptionMapper implements RowMapper<Subscription> {
        @Override
        public Subscription map(ResultSet row, StatementContext context) throws SQLException {
            return new Subscription(
                    row.getInt("id"),
                    row.getInt("site_id"),
                    Channel.valueOf(row.getString("channel")),
                    row.getString("target"),
                    lines(row.getString("topics")).stream().map(Topic::valueOf).collect(Collectors.toSet()),
                    row.getString("nonce"),
                    row.getLong("created_at"));
        }

        static String text(Set<Topic> topics) {
            return topics.stream().map(Topic::name).sorted().collect(Collectors.joining("\n"));
        }
    }

    private static List<String> lines(String text) {
        return text.lines().toList();
    }
}
