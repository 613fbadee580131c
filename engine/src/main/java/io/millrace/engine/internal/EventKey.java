package io.millrace.engine.internal;

import io.millrace.engine.Beacon;
import io.millrace.engine.Event;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/**
 * A site's event id as 128 bits, so that half a million of them fit in memory. Of SHA-256, because clients choose the
 * ids: nobody can make two that meet. And of a secret of this process: nobody can make many that meet in a table's place.
 */
record EventKey(long high, long low) {

    /** By hand, as hashCode below: what a record brings goes through a chain of method handles, with each event. */
    @Override
    public boolean equals(Object o) {
        return o instanceof EventKey other && low == other.low && high == other.high;
    }

    @Override
    public int hashCode() {
        return (int) low; // of a secret hash: any of its bits do
    }

    /** Not thread-safe: one for each thread. */
    static final class Hasher {
        private static final byte[] SECRET = new byte[16];

        static {
            new SecureRandom().nextBytes(SECRET);
        }

        private final MessageDigest sha;

        Hasher() {
            try {
                sha = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }

        /** Of the event's id, of an engagement that of the page view that it speaks of; null: it has none. */
        EventKey key(Event event) {
            String id = event.type() == Beacon.Type.ENGAGEMENT ? event.view() : event.id();
            return id == null ? null : key(event.site().id(), id);
        }

        EventKey key(int siteId, String id) {
            sha.update(SECRET);
            sha.update((byte) (siteId >>> 24));
            sha.update((byte) (siteId >>> 16));
            sha.update((byte) (siteId >>> 8));
            sha.update((byte) siteId);
            ByteBuffer digest = ByteBuffer.wrap(sha.digest(id.getBytes(StandardCharsets.UTF_8)));
            return new EventKey(digest.getLong(), digest.getLong());
        }
    }
}
