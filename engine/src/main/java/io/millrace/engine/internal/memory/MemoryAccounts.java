package io.millrace.engine.internal.memory;

import io.millrace.engine.spi.AccountStore;
import io.millrace.engine.spi.Fixed;
import io.millrace.engine.spi.StorageException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** Users, keys, links, segments and annotations in memory. */
@Fixed("the storage in memory keeps all that it is given")
final class MemoryAccounts implements AccountStore {
    private final Map<Integer, Key> keys = new ConcurrentSkipListMap<>();
    private final Map<Integer, User> users = new ConcurrentSkipListMap<>();
    private final Map<String, Session> sessions = new ConcurrentSkipListMap<>();
    private final Map<Integer, Invitation> invitations = new ConcurrentSkipListMap<>();
    private final Map<Integer, Subscription> subscriptions = new ConcurrentSkipListMap<>();
    private final Map<Integer, Link> links = new ConcurrentSkipListMap<>();
    private final Map<Integer, Segment> segments = new ConcurrentSkipListMap<>();
    private final Map<Integer, Annotation> annotations = new ConcurrentSkipListMap<>();
    private final Map<Long, Audit> audit = new ConcurrentSkipListMap<>(Comparator.reverseOrder());

    private int lastId;

    private int idOr(int id) {
        return id == 0 ? ++lastId : id;
    }

    @Override
    public List<Key> keys() {
        return new ArrayList<>(keys.values());
    }

    @Override
    public Key saveKey(Key k) {
        Key saved = k.withId(idOr(k.id()));
        keys.put(saved.id(), saved);
        return saved;
    }

    @Override
    public void removeKey(int id) {
        keys.remove(id);
    }

    @Override
    public List<User> users() {
        return new ArrayList<>(users.values());
    }

    @Override
    public User saveUser(User u) {
        if (users.values().stream().anyMatch(o -> o.id() != u.id() && o.email().equals(u.email()))) {
            throw new StorageException(StorageException.Kind.CONTENT, "email: " + u.email() + " is a user already");
        }
        User saved = u.withId(idOr(u.id()));
        users.put(saved.id(), saved);
        return saved;
    }

    @Override
    public void removeUser(int id) {
        users.remove(id);
        removeSessions(id);
        segments.values().removeIf(s -> s.userId() == id);
    }

    @Override
    public List<Session> sessions() {
        return new ArrayList<>(sessions.values());
    }

    @Override
    public void addSession(Session session) {
        sessions.values().removeIf(s -> s.expiresAt() <= session.createdAt());
        sessions.put(session.hash(), session);
    }

    @Override
    public void removeSession(String hash) {
        sessions.remove(hash);
    }

    @Override
    public void removeSessions(int userId) {
        sessions.values().removeIf(s -> s.userId() == userId);
    }

    @Override
    public List<Invitation> invitations() {
        return new ArrayList<>(invitations.values());
    }

    @Override
    public Invitation saveInvitation(Invitation i) {
        Invitation saved = i.withId(idOr(i.id()));
        invitations.put(saved.id(), saved);
        return saved;
    }

    @Override
    public void removeInvitation(int id) {
        invitations.remove(id);
    }

    @Override
    public List<Subscription> subscriptions() {
        return new ArrayList<>(subscriptions.values());
    }

    @Override
    public Subscription saveSubscription(Subscription s) {
        Subscription saved = s.withId(idOr(s.id()));
        subscriptions.put(saved.id(), saved);
        return saved;
    }

    @Override
    public void removeSubscription(int id) {
        subscriptions.remove(id);
    }

    @Override
    public List<Link> links() {
        return new ArrayList<>(links.values());
    }

    @Override
    public Link saveLink(Link l) {
        Link saved = l.withId(idOr(l.id()));
        links.put(saved.id(), saved);
        return saved;
    }

    @Override
    public void removeLink(int id) {
        links.remove(id);
    }

    @Override
    public List<Segment> segments() {
        return new ArrayList<>(segments.values());
    }

    @Override
    public Segment saveSegment(Segment s) {
        boolean taken = segments.values().stream()
                .anyMatch(o -> o.id() != s.id()
                        && o.siteId() == s.siteId()
                        && o.userId() == s.userId()
                        && o.name().equals(s.name()));
        if (taken) {
            throw new StorageException(StorageException.Kind.CONTENT, "name: " + s.name() + " is a segment already");
        }
        Segment saved = s.withId(idOr(s.id()));
        segments.put(saved.id(), saved);
        return saved;
    }

    @Override
    public void removeSegment(int id) {
        segments.remove(id);
    }

    @Override
    public List<Annotation> annotations(int siteId) {
        return annotations.values().stream()
                .filter(a -> a.siteId() == siteId)
                .sorted(Comparator.comparingLong(Annotation::time))
                .toList();
    }

    @Override
    public Annotation saveAnnotation(Annotation a) {
        Annotation saved = a.withId(idOr(a.id()));
        annotations.put(saved.id(), saved);
        return saved;
    }

    @Override
    public void removeAnnotation(int id) {
        annotations.remove(id);
    }

    void removeSite(int siteId) {
        keys.values().removeIf(k -> k.siteId() == siteId);
        links.values().removeIf(l -> l.siteId() == siteId);
        segments.values().removeIf(s -> s.siteId() == siteId);
        annotations.values().removeIf(a -> a.siteId() == siteId);
        subscriptions.values().removeIf(s -> s.siteId() == siteId);
        users.replaceAll((id, u) -> {
            Map<Integer, Role> roles = new HashMap<>(u.roles());
            roles.remove(siteId);
            return u.withRoles(roles);
        });
    }

    @Override
    public void addAudit(Audit e) {
        long id = audit.isEmpty() ? 1 : audit.keySet().iterator().next() + 1;
        audit.put(id, new Audit(id, e.time(), e.actor(), e.action(), e.siteId(), e.detail()));
    }

    @Override
    public List<Audit> audit(int siteId, long before, int limit) {
        return audit.values().stream()
                .filter(e -> (siteId == 0 || e.siteId() == siteId) && (before == 0 || e.id() < before))
                .limit(limit)
                .toList();
    }
}
