package io.millrace.storage.sqlite.internal.account;

import io.millrace.engine.spi.AccountStore;
import io.millrace.storage.sqlite.internal.connection.ReadConnections;
import io.millrace.storage.sqlite.internal.connection.WriteConnection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;

/** Who may see and change what. Reads on the read-only connections, changes on the store thread. */
public record SqliteAccountStore(WriteConnection connection, ReadConnections readers) implements AccountStore {
    private <T> T read(Function<AccountDao, T> work) {
        return readers.read(
                "accounts",
                sql -> Jdbi.create(sql.connection())
                        .installPlugin(new SqlObjectPlugin())
                        .withExtension(AccountDao.class, work::apply));
    }

    private AccountDao dao() {
        return connection.handle().attach(AccountDao.class);
    }

    @Override
    public List<Key> keys() {
        return read(AccountDao::keys);
    }

    @Override
    public Key saveKey(Key key) {
        return connection.transact("key " + key.name(), sql -> dao().saveKey(key));
    }

    @Override
    public void removeKey(int id) {
        change("removal of key " + id, dao -> dao.removeKey(id));
    }

    @Override
    public List<User> users() {
        return read(dao -> {
            Map<Integer, Map<Integer, Role>> roles = new HashMap<>();
            dao.roles()
                    .forEach(r -> roles.computeIfAbsent(r.userId(), u -> new HashMap<>())
                            .put(r.siteId(), r.role()));
            return dao.users().stream()
                    .map(u -> u.withRoles(roles.getOrDefault(u.id(), Map.of())))
                    .toList();
        });
    }

    @Override
    public User saveUser(User user) {
        int id = connection.transact("user " + user.email(), sql -> {
            AccountDao dao = dao();
            int saved = dao.saveUser(user, String.join("\n", user.recovery()));
            dao.removeRoles(saved);
            user.roles().forEach((siteId, role) -> dao.addRole(saved, siteId, role));
            return saved;
        });
        return user.withId(id);
    }

    @Override
    public void removeUser(int id) {
        change("removal of user " + id, dao -> {
            dao.removeSegments(id);
            dao.removeUser(id);
        });
    }

    private void change(String doing, Consumer<AccountDao> work) {
        connection.change(doing, sql -> work.accept(dao()));
    }

    @Override
    public List<Session> sessions() {
        return read(AccountDao::sessions);
    }

    @Override
    public void addSession(Session session) {
        change("log-in", dao -> {
            dao.removeExpired(session.createdAt());
            dao.addSession(session);
        });
    }

    @Override
    public void removeSession(String hash) {
        change("log-out", dao -> dao.removeSession(hash));
    }

    @Override
    public void removeSessions(int userId) {
        change("log-out everywhere", dao -> dao.removeSessions(userId));
    }

    @Override
    public List<Invitation> invitations() {
        return read(AccountDao::invitations);
    }

    @Override
    public Invitation saveInvitation(Invitation invitation) {
        String roles = AccountDao.InvitationMapper.text(invitation.roles());
        return invitation.withId(connection.transact("invitation", sql -> dao().addInvitation(invitation, roles)));
    }

    @Override
    public void removeInvitation(int id) {
        change("removal of invitation " + id, dao -> dao.removeInvitation(id));
    }

    @Override
    public List<Subscription> subscriptions() {
        return read(AccountDao::subscriptions);
    }

    @Override
    public Subscription saveSubscription(Subscription subscription) {
        String topics = AccountDao.SubscriptionMapper.text(subscription.topics());
        return subscription.withId(
                connection.transact("subscription", sql -> dao().saveSubscription(subscription, topics)));
    }

    @Override
    public void removeSubscription(int id) {
        change("removal of subscription " + id, dao -> dao.removeSubscription(id));
    }

    @Override
    public List<Link> links() {
        return read(AccountDao::links);
    }

    @Override
    public Link saveLink(Link link) {
        return connection.transact("link " + link.name(), sql -> dao().saveLink(link));
    }

    @Override
    public void removeLink(int id) {
        change("removal of link " + id, dao -> dao.removeLink(id));
    }

    @Override
    public List<Segment> segments() {
        return read(AccountDao::segments);
    }

    @Override
    public Segment saveSegment(Segment segment) {
        return connection.transact("segment " + segment.name(), sql -> dao().saveSegment(segment));
    }

    @Override
    public void removeSegment(int id) {
        change("removal of segment " + id, dao -> dao.removeSegment(id));
    }

    @Override
    public List<Annotation> annotations(int siteId) {
        return read(dao -> dao.annotations(siteId));
    }

    @Override
    public Annotation saveAnnotation(Annotation annotation) {
        return connection.transact("annotation", sql -> dao().saveAnnotation(annotation));
    }

    @Override
    public void removeAnnotation(int id) {
        change("removal of annotation " + id, dao -> dao.removeAnnotation(id));
    }

    @Override
    public void addAudit(Audit entry) {
        change("audit trail", dao -> dao.addAudit(entry));
    }

    @Override
    public List<Audit> audit(int siteId, long before, int limit) {
        return read(dao -> siteId == 0 ? dao.audit(before, limit) : dao.auditOfSite(siteId, before, limit));
    }
}
