package io.millrace.engine.spi;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Map;

/**
 * Keeps who may see and change what. It holds hashes only, never a secret. Reads are thread-safe and may be slow: the
 * caller caches. Changes come from the store thread, each one a transaction.
 *
 * <p>A small storage may keep keys alone: then there are no users, sessions, links and audit.
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
     */
    @RecordBuilder
    @RecordBuilder.Options(enableGetters = false)
    record User(int id, String email, String name, String passwordHash, Map<Integer, Role> roles, long createdAt)
            implements AccountStoreUserBuilder.With {
        public User {
            roles = Map.copyOf(roles);
        }
    }

    /**
     * A browser that is logged in.
     *
     * @param hash hexadecimal SHA-256 of the token in the cookie
     * @param expiresAt UTC milliseconds
     */
    record Session(String hash, int userId, long createdAt, long expiresAt) {}

    /**
     * A shared link: whoever has its token reads one site, or one affiliate's figures.
     *
     * @param id 0 until stored
     * @param hash hexadecimal SHA-256 of the token
     * @param affiliateId the one affiliate whose figures it shows, or 0: the site's
     * @param filter a saved filter as a query string that always holds, or null
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
            String passwordHash,
            long createdAt)
            implements AccountStoreLinkBuilder.With {}

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

    /** Removes a user with all sessions. */
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
