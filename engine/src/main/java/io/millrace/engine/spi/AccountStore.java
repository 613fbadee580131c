package io.millrace.engine.spi;

import io.millrace.engine.PlainText;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps who may see and change what, and what they saved and noted. It holds hashes only, never a secret. Reads are thread-safe and may be slow: the
 * caller caches. Changes come from the store thread, each one a transaction.
 *
 * <p>A small storage may keep keys alone: then there are no users, sessions, links, segments, annotations and audit.
 */
public interface AccountStore {

    /** What a key may do. */
    enum Scope {
        /** Send beacons with times, addresses and agents of its own; record conversions. */
        INGEST,
        /** Read reports. */
        READ,
        /** Everything, administration included. */
        ADMIN
    }

    /**
     * An API key.
     *
     * @param id 0 until stored
     * @param hash hexadecimal SHA-256 of the key
     * @param siteId the one site it is for, or 0: all
     * @param lastUsed UTC milliseconds, 0: never
     */
    @RecordBuilder
    @RecordBuilder.Options(enableGetters = false)
    record Key(int id, String hash, Scope scope, int siteId, String name, long createdAt, long lastUsed)
            implements AccountStoreKeyBuilder.With {}

    /** All keys that are not revoked. */
    List<Key> keys();

    /** Stores a new key (id 0) or changes one. */
    Key saveKey(Key key);

    /** Revokes a key. */
    void removeKey(int id);

    /** What a user may do on a site. Each includes those before. */
    enum Role {
        /** Read its reports. */
        VIEWER,
        /** Change its settings, affiliates, links and keys. */
        EDITOR,
        /** Remove it, and say who may do what. */
        OWNER
    }

    /**
     * Somebody who logs in.
     *
     * @param id 0 until stored
     * @param email lower case; unique
     * @param passwordHash with its parameters and salt, as the hashing library writes it
     * @param roles by site id; under 0 what holds for all sites, those of the future too
     * @param factor what the secret of the second factor is derived from, with a key that is kept elsewhere; null: there is none
     * @param recovery hexadecimal SHA-256 of the codes that are left for who has lost that
     */
    @RecordBuilder
    @RecordBuilder.Options(enableGetters = false)
    record User(
            int id,
            String email,
            String name,
            String passwordHash,
            Map<Integer, Role> roles,
            long createdAt,
            String factor,
            List<String> recovery)
            implements AccountStoreUserBuilder.With {
        public User {
            roles = Map.copyOf(roles);
            recovery = List.copyOf(recovery);
        }

        /** Somebody without a second factor. */
        public User(int id, String email, String name, String passwordHash, Map<Integer, Role> roles, long createdAt) {
            this(id, email, name, passwordHash, roles, createdAt, null, List.of());
        }
    }

    /**
     * A browser that is logged in.
     *
     * @param hash hexadecimal SHA-256 of the token in the cookie
     * @param expiresAt UTC milliseconds
     * @param agent what the browser calls itself, cut; null: not known
     */
    record Session(String hash, int userId, long createdAt, long expiresAt, String agent) {
        /** Bytes of an agent. */
        public static final int LONGEST_AGENT = 200;

        /** Of a browser that is not known. */
        public Session(String hash, int userId, long createdAt, long expiresAt) {
            this(hash, userId, createdAt, expiresAt, null);
        }
    }

    /**
     * A link that makes somebody a user, once.
     *
     * @param id 0 until stored
     * @param hash hexadecimal SHA-256 of the token
     * @param email whose address it is for, or null: whoever has the link
     * @param roles as a user's
     * @param author for people: who invited
     * @param expiresAt UTC milliseconds
     */
    @RecordBuilder
    @RecordBuilder.Options(enableGetters = false)
    record Invitation(
            int id, String hash, String email, Map<Integer, Role> roles, String author, long createdAt, long expiresAt)
            implements AccountStoreInvitationBuilder.With {
        /** So many may be open. */
        public static final int MOST = 100;

        /** What a token begins with, so that the page behind its link knows what it is. */
        public static final String PREFIX = "join-";

        /** How long one is open. */
        public static final long OPEN_MILLIS = 7 * 86_400_000L;

        public Invitation {
            roles = Map.copyOf(roles);
        }
    }

    /** How somebody is told. */
    enum Channel {
        /** By mail. */
        MAIL,
        /** By a signed JSON text that is posted to an address. */
        WEBHOOK,
        /** The same in the shape that Slack takes, and Mattermost and Discord's {@code /slack} addresses. */
        SLACK
    }

    /** What somebody is told of. */
    enum Topic {
        /** The figures of a week, on Monday. */
        WEEKLY,
        /** The figures of a month, on its first day. */
        MONTHLY,
        /** Far more visitors in an hour than at that time of the weeks before. */
        SPIKE,
        /** Far fewer. */
        DROP,
        /** Nothing has come for longer than is usual. */
        NO_DATA,
        /** A goal was completed. */
        GOAL,
        /** The disk is nearly full, or the server takes nothing. */
        SERVER
    }

    /**
     * Who is told what of a site, and how.
     *
     * @param id 0 until stored
     * @param siteId 0: of the server
     * @param target an address of mail, or a URL
     * @param nonce what the secret that signs, and the one that unsubscribes, are derived from, with a key that is kept elsewhere
     */
    @RecordBuilder
    @RecordBuilder.Options(enableGetters = false)
    record Subscription(
            int id, int siteId, Channel channel, String target, Set<Topic> topics, String nonce, long createdAt)
            implements AccountStoreSubscriptionBuilder.With {
        /** So many a site may have. */
        public static final int MOST = 50;

        /** Bytes of a target. */
        public static final int LONGEST_TARGET = 500;

        public Subscription {
            topics = Set.copyOf(topics);
        }
    }

    /**
     * A shared link: whoever has its token reads one site, or one affiliate's figures.
     *
     * @param id 0 until stored
     * @param hash hexadecimal SHA-256 of the token
     * @param affiliateId the one affiliate whose figures it shows, or 0: the site's
     * @param filter a saved filter as a query string that always holds, or null
     * @param segmentId the site's segment that always holds, too, or 0: none
     * @param passwordHash as the hashing library writes it, or null: no password
     */
    @RecordBuilder
    @RecordBuilder.Options(enableGetters = false)
    record Link(
            int id,
            String hash,
            int siteId,
            int affiliateId,
            String name,
            String filter,
            int segmentId,
            String passwordHash,
            long createdAt)
            implements AccountStoreLinkBuilder.With {}

    /**
     * Filters of a site that somebody saved under a name.
     *
     * @param id 0 until stored; never that of one that is gone
     * @param userId the one who alone has it, or 0: it is the site's
     * @param name each of the site's has another, and each of a user's on that site
     * @param filter a query string
     */
    @RecordBuilder
    @RecordBuilder.Options(enableGetters = false)
    record Segment(int id, int siteId, int userId, String name, String filter, long createdAt)
            implements AccountStoreSegmentBuilder.With {
        /** So many a site may have, and so many each user on it. */
        public static final int MOST = 100;

        /** Bytes of a name. */
        public static final int LONGEST_NAME = 120;

        /** Bytes of a filter. */
        public static final int LONGEST_FILTER = 2048;

        /** Whether these are the site's, or the same user's on the same site. */
        private boolean beside(Segment other) {
            return siteId == other.siteId && userId == other.userId;
        }

        /** Why it cannot be called and be as long as it is, beginning with the field at fault; empty: it can. */
        public Optional<String> fault() {
            if (name.isBlank() || !PlainText.fits(name, LONGEST_NAME) || PlainText.isDirty(name)) {
                return Optional.of("name: has 1 to " + LONGEST_NAME + " bytes, none of them a control character");
            }
            if (name.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return Optional.of("name: a number alone looks like an id");
            }
            if (!PlainText.fits(filter, LONGEST_FILTER)) {
                return Optional.of("filter: longer than " + LONGEST_FILTER + " bytes");
            }
            return Optional.empty();
        }

        /**
         * Why it cannot be saved beside what is there, beginning with the field at fault; empty: it can.
         *
         * @param all the segments that there are, and {@code links} the links
         */
        public Optional<String> conflict(Collection<Segment> all, Collection<Link> links) {
            if (all.stream().anyMatch(s -> s.id != id && beside(s) && s.name.equals(name))) {
                return Optional.of("name: " + name + " is a segment already");
            }
            if (id == 0 && all.stream().filter(this::beside).count() >= MOST) {
                return Optional.of("name: there are " + MOST + " segments already, and no more are kept");
            }
            boolean same = all.stream().anyMatch(s -> s.id == id && s.filter.equals(filter));
            return id == 0 || same ? Optional.empty() : lock(links).map(why -> "filter: " + why);
        }

        /** Why it may neither be removed nor select other visits: whoever has a link would see more. Empty: it may. */
        public Optional<String> lock(Collection<Link> links) {
            return links.stream()
                    .filter(link -> link.segmentId() == id)
                    .findFirst()
                    .map(link -> "shared link " + link.id() + (link.name() == null ? "" : " (" + link.name() + ")")
                            + " is locked to this segment; revoke it first");
        }
    }

    /**
     * What somebody noted of a site, for the moment of its graph that it is about.
     *
     * @param id 0 until stored
     * @param time UTC milliseconds
     * @param author for people: a user's address, a key's name, or the command line
     */
    @RecordBuilder
    @RecordBuilder.Options(enableGetters = false)
    record Annotation(int id, int siteId, long time, String text, String author)
            implements AccountStoreAnnotationBuilder.With {
        /** So many a site may have. */
        public static final int MOST = 1_000;

        /** Bytes of a text. */
        public static final int LONGEST_TEXT = 500;

        /** Why it cannot be stored, beginning with the field at fault; empty: it can. */
        public Optional<String> fault() {
            boolean fits = !text.isBlank() && PlainText.fits(text, LONGEST_TEXT) && !PlainText.isDirty(text);
            return fits
                    ? Optional.empty()
                    : Optional.of("text: has 1 to " + LONGEST_TEXT + " bytes, none of them a control character");
        }

        /**
         * Why there is no room for another one, beginning with the field at fault; empty: there is.
         *
         * @param ofSite those that the site has
         */
        public static Optional<String> full(Collection<Annotation> ofSite) {
            return ofSite.size() < MOST
                    ? Optional.empty()
                    : Optional.of("text: the site has " + MOST + " annotations already, and no more are kept");
        }
    }

    /**
     * Who changed what.
     *
     * @param id 0 until stored; ascending
     * @param time UTC milliseconds
     * @param actor for people: a user's address, a key's name, or the command line
     * @param action what was done, {@code site.update}
     * @param siteId 0: of no site
     * @param detail for people; never a secret
     */
    record Audit(long id, long time, String actor, String action, int siteId, String detail) {}

    /** All users, by ascending id. */
    default List<User> users() {
        return List.of();
    }

    /** Stores a new user (id 0) or changes one. An address that is taken is a CONTENT error. */
    default User saveUser(User user) {
        throw new StorageException(StorageException.Kind.FATAL, "users: not supported");
    }

    /** Removes a user with all sessions and segments. */
    default void removeUser(int id) {
        throw new StorageException(StorageException.Kind.FATAL, "users: not supported");
    }

    /** All sessions, expired ones among them. */
    default List<Session> sessions() {
        return List.of();
    }

    /** Stores a new session, and removes those that expired before it was created. */
    default void addSession(Session session) {
        throw new StorageException(StorageException.Kind.FATAL, "users: not supported");
    }

    /** Removes one session. */
    default void removeSession(String hash) {
        throw new StorageException(StorageException.Kind.FATAL, "users: not supported");
    }

    /** Removes all sessions of a user. */
    default void removeSessions(int userId) {
        throw new StorageException(StorageException.Kind.FATAL, "users: not supported");
    }

    /** All invitations, expired ones among them, by ascending id. */
    default List<Invitation> invitations() {
        return List.of();
    }

    /** Stores a new invitation (id 0). */
    default Invitation saveInvitation(Invitation invitation) {
        throw new StorageException(StorageException.Kind.FATAL, "invitations: not supported");
    }

    /** Removes an invitation: it is used, or taken back. */
    default void removeInvitation(int id) {
        throw new StorageException(StorageException.Kind.FATAL, "invitations: not supported");
    }

    /** All subscriptions, by ascending id. */
    default List<Subscription> subscriptions() {
        return List.of();
    }

    /** Stores a new subscription (id 0) or changes one. */
    default Subscription saveSubscription(Subscription subscription) {
        throw new StorageException(StorageException.Kind.FATAL, "subscriptions: not supported");
    }

    /** Removes a subscription. */
    default void removeSubscription(int id) {
        throw new StorageException(StorageException.Kind.FATAL, "subscriptions: not supported");
    }

    /** All shared links, by ascending id. */
    default List<Link> links() {
        return List.of();
    }

    /** Stores a new link (id 0) or changes one. */
    default Link saveLink(Link link) {
        throw new StorageException(StorageException.Kind.FATAL, "links: not supported");
    }

    /** Revokes a link. */
    default void removeLink(int id) {
        throw new StorageException(StorageException.Kind.FATAL, "links: not supported");
    }

    /** All segments, by ascending id. */
    default List<Segment> segments() {
        return List.of();
    }

    /** Stores a new segment (id 0) or changes one. A name that is taken is a CONTENT error. */
    default Segment saveSegment(Segment segment) {
        throw new StorageException(StorageException.Kind.FATAL, "segments: not supported");
    }

    /** Removes a segment. */
    default void removeSegment(int id) {
        throw new StorageException(StorageException.Kind.FATAL, "segments: not supported");
    }

    /** The annotations of a site, by time. */
    default List<Annotation> annotations(int siteId) {
        return List.of();
    }

    /** Stores a new annotation (id 0) or changes one. */
    default Annotation saveAnnotation(Annotation annotation) {
        throw new StorageException(StorageException.Kind.FATAL, "annotations: not supported");
    }

    /** Removes an annotation. */
    default void removeAnnotation(int id) {
        throw new StorageException(StorageException.Kind.FATAL, "annotations: not supported");
    }

    /** Adds to the audit trail (id 0). */
    default void addAudit(Audit entry) {}

    /**
     * The audit trail, newest first.
     *
     * @param siteId of one site, or 0: everything
     * @param before only entries with a smaller id; 0: from the newest
     */
    default List<Audit> audit(int siteId, long before, int limit) {
        return List.of();
    }
}
