package io.millrace.engine.internal.enrich;

import io.millrace.engine.Agent;
import io.millrace.engine.Bounds;
import io.millrace.engine.Campaign;
import io.millrace.engine.Place;
import io.millrace.engine.spi.HeapSize;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets equal values be one object: what repeats in every visit (paths, hosts, languages, places) then takes memory once
 * and not with each of the open visits. A small table in which the newer value replaces the older one in its place; the
 * enrich thread's.
 */
final class Interner {
    private static final int PLACES = 4_096;

    /** What is larger hardly repeats, and would let a flood of it pin memory. */
    private static final int LARGEST = 768;

    private final Object[] values = new Object[PLACES];
    private final int[] sizes = new int[PLACES];
    private final AtomicLong bytes = new AtomicLong();

    void register(Bounds bounds) {
        bounds.add("shared_values", (long) PLACES * LARGEST, bytes::get);
    }

    /** The value, or an equal one seen before: a text, campaign, place or agent. */
    @SuppressWarnings("unchecked") // equal values have the same class: these are records and strings
    <T> T one(T value) {
        if (value == null) {
            return null;
        }
        int hash = value.hashCode();
        int at = (hash ^ hash >>> 16) & PLACES - 1;
        if (value.equals(values[at])) {
            return (T) values[at];
        }
        int size = sizeOf(value);
        if (size <= LARGEST) {
            bytes.lazySet(bytes.getPlain() + size - sizes[at]);
            sizes[at] = size;
            values[at] = value;
        }
        return value;
    }

    private static int sizeOf(Object value) {
        if (value instanceof String text) {
            return HeapSize.of(text);
        }
        if (value instanceof Campaign campaign) {
            return HeapSize.of(campaign);
        }
        return value instanceof Place place ? HeapSize.of(place) : HeapSize.of((Agent) value);
    }
}
