package io.millrace.storage.sqlite.internal.numbers;

import java.util.Arrays;

/**
 * Numbers keys from 0 on, in the order that they come: a table for small keys, open addressing with linear probing for others.
 * Not thread-safe.
 */
public final class SlotMap {
    private static final long MIX = 0x9E3779B97F4A7C15L; // 2^64 / golden ratio: Fibonacci hashing (Knuth, TAOCP 3, 6.4)
    private static final int SMALL = 1 << 20;

    private int[] small = new int[1 << 8]; // slot + 1; 0: none
    private long[] bySlot = new long[16];
    private long[] keys = new long[16];
    private int[] slots = new int[16]; // slot + 1; 0: free
    private int hashed;
    private int size;

    /** The number of a key; a new one gets the next. */
    public int slot(long key) {
        if (key >= 0 && key < small.length) {
            int slot = small[(int) key];
            return slot != 0 ? slot - 1 : (small[(int) key] = add(key)) - 1;
        }
        if (key >= 0 && key < SMALL) {
            small = Arrays.copyOf(small, (int) Math.min(SMALL, Long.highestOneBit(key) * 2));
            return slot(key);
        }
        return hashedSlot(key);
    }

    private int add(long key) {
        if (size == bySlot.length) {
            bySlot = Arrays.copyOf(bySlot, size * 2);
        }
        bySlot[size++] = key;
        return size;
    }

    private int hashedSlot(long key) {
        int at = find(key);
        if (slots[at] == 0) {
            keys[at] = key;
            slots[at] = add(key);
            if (++hashed * 2 > keys.length) {
                grow();
                return size - 1;
            }
        }
        return slots[at] - 1;
    }

    private int find(long key) {
        int mask = keys.length - 1;
        int at = (int) (key * MIX >>> Integer.SIZE) & mask;
        while (slots[at] != 0 && keys[at] != key) {
            at = at + 1 & mask;
        }
        return at;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldSlots = slots;
        keys = new long[oldKeys.length * 2];
        slots = new int[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldSlots[i] != 0) {
                int at = find(oldKeys[i]);
                keys[at] = oldKeys[i];
                slots[at] = oldSlots[i];
            }
        }
    }

    public int size() {
        return size;
    }

    /** The key with a number. */
    public long key(int slot) {
        return bySlot[slot];
    }
}
