package io.millrace.storage.sqlite.internal.rollup;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.roaringbitmap.PeekableIntIterator;
import org.roaringbitmap.RoaringBitmap;

/**
 * A set of visitors that remembers how often those were added that were added more than once, where it is asked to: so
 * one can be taken out again. Few are kept in an array, many in a compressed bitmap. Not thread-safe.
 *
 * <p>As bytes, whatever is shorter: a 0 and the gaps between the ascending numbers, or a 1 and the bitmap; behind a 2 or 3
 * instead stand the repetitions first.
 */
public final class VisitorSet {
    private static final int FEW = 24;
    private static final int MANY = 1;
    private static final int COUNTED = 2;
    private static final int BITMAP_BYTES = 200;

    /** What a repetition takes: a node of a tree and two numbers. */
    static final int AGAIN_BYTES = 72;

    private int[] few = new int[2];
    private int size;
    private RoaringBitmap many;
    private Map<Integer, Integer> again = Map.of();

    /** Adds a visitor; a second time changes nothing. */
    boolean add(int visitor) {
        if (many != null) {
            return many.checkedAdd(visitor);
        }
        int at = Arrays.binarySearch(few, 0, size, visitor);
        if (at >= 0) {
            return false;
        }
        if (size == FEW) {
            many = bitmap();
            few = null;
            return many.checkedAdd(visitor);
        }
        insert(-at - 1, visitor);
        return true;
    }

    private void insert(int at, int visitor) {
        if (size == few.length) {
            few = Arrays.copyOf(few, Math.min(FEW, size * 2));
        }
        System.arraycopy(few, at, few, at + 1, size - at);
        few[at] = visitor;
        size++;
    }

    /** Adds a visitor as often as this is called; whether this was the first time. */
    boolean count(int visitor) {
        boolean added = add(visitor);
        if (!added) {
            if (again.isEmpty()) {
                again = new TreeMap<>();
            }
            again.merge(visitor, 1, Integer::sum);
        }
        return added;
    }

    /** Makes it as small as it can be, and says how many bytes it holds. */
    long measure() {
        long visitors;
        if (many != null) {
            many.runOptimize();
            visitors = BITMAP_BYTES + many.getLongSizeInBytes();
        } else {
            visitors = (long) few.length * Integer.BYTES;
        }
        return visitors + (long) again.size() * AGAIN_BYTES;
    }

    /** Takes back one {@link #count}. */
    void discount(int visitor) {
        Integer times = again.get(visitor);
        if (times == null) {
            remove(visitor);
        } else if (times == 1) {
            again.remove(visitor);
        } else {
            again.put(visitor, times - 1);
        }
    }

    private void remove(int visitor) {
        if (many != null) {
            many.remove(visitor);
            return;
        }
        int at = Arrays.binarySearch(few, 0, size, visitor);
        if (at >= 0) {
            System.arraycopy(few, at + 1, few, at, --size - at);
        }
    }

    /** Takes the visitors of one set out and puts those of another in, each as often as it is in there. */
    void replace(VisitorSet out, VisitorSet in) {
        RoaringBitmap both = RoaringBitmap.or(out.bitmap(), in.bitmap());
        for (PeekableIntIterator all = both.getIntIterator(); all.hasNext(); ) {
            int visitor = all.next();
            int times = times(visitor) - out.times(visitor) + in.times(visitor);
            if (times <= 0) {
                remove(visitor);
            } else {
                add(visitor);
            }
            if (times > 1) {
                again = again.isEmpty() ? new TreeMap<>() : again;
                again.put(visitor, times - 1);
            } else if (!again.isEmpty()) {
                again.remove(visitor);
            }
        }
    }

    private int times(int visitor) {
        return contains(visitor) ? 1 + again.getOrDefault(visitor, 0) : 0;
    }

    public boolean contains(int visitor) {
        return many != null ? many.contains(visitor) : Arrays.binarySearch(few, 0, size, visitor) >= 0;
    }

    public int size() {
        return many != null ? many.getCardinality() : size;
    }

    /** Adds all visitors to another set. */
    public void addTo(RoaringBitmap set) {
        if (many != null) {
            set.or(many);
        } else {
            for (int i = 0; i < size; i++) {
                set.add(few[i]);
            }
        }
    }

    private RoaringBitmap bitmap() {
        if (many != null) {
            return many;
        }
        RoaringBitmap bitmap = new RoaringBitmap();
        for (int i = 0; i < size; i++) {
            bitmap.add(few[i]);
        }
        return bitmap;
    }

    public VisitorSet copy() {
        VisitorSet copy = new VisitorSet();
        copy.few = few == null ? null : few.clone();
        copy.size = size;
        copy.many = many == null ? null : many.clone();
        copy.again = again.isEmpty() ? Map.of() : new TreeMap<>(again);
        return copy;
    }

    byte[] bytes() {
        byte[] gaps = gaps(bitmap());
        RoaringBitmap compact = compact(gaps.length);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(gaps.length + 1);
        bytes.write((compact != null ? MANY : 0) | (again.isEmpty() ? 0 : COUNTED));
        if (!again.isEmpty()) {
            writeAgain(bytes);
        }
        if (compact != null) {
            writeBitmap(bytes, compact);
        } else {
            bytes.writeBytes(gaps);
        }
        return bytes.toByteArray();
    }

    /** The set as a bitmap that is not larger than this many bytes, or null. */
    private RoaringBitmap compact(int bytes) {
        if (many == null) {
            return null;
        }
        RoaringBitmap compact = many.clone();
        compact.runOptimize();
        return compact.serializedSizeInBytes() <= bytes ? compact : null;
    }

    private void writeAgain(ByteArrayOutputStream bytes) {
        Varints.write(bytes, again.size());
        int before = 0;
        for (Map.Entry<Integer, Integer> entry : again.entrySet()) {
            Varints.write(bytes, entry.getKey() - before);
            Varints.write(bytes, entry.getValue());
            before = entry.getKey();
        }
    }

    private static byte[] gaps(RoaringBitmap visitors) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int before = 0;
        PeekableIntIterator all = visitors.getIntIterator();
        while (all.hasNext()) {
            int visitor = all.next();
            Varints.write(bytes, visitor - before);
            before = visitor;
        }
        return bytes.toByteArray();
    }

    private static void writeBitmap(ByteArrayOutputStream bytes, RoaringBitmap compact) {
        try {
            compact.serialize(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static VisitorSet of(byte[] bytes) {
        VisitorSet set = new VisitorSet();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int kind = in.get();
        if ((kind & COUNTED) != 0) {
            set.again = readAgain(in);
        }
        if ((kind & MANY) != 0) {
            set.few = null;
            set.many = readBitmap(bytes, in.position());
        } else {
            for (int visitor = 0; in.hasRemaining(); ) {
                visitor += Varints.read(in);
                set.add(visitor);
            }
        }
        return set;
    }

    /** Adds all visitors of a set that is still bytes to another. */
    public static void addTo(RoaringBitmap set, byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int kind = in.get();
        if ((kind & COUNTED) != 0) {
            readAgain(in);
        }
        if ((kind & MANY) != 0) {
            set.or(readBitmap(bytes, in.position()));
        } else {
            int[] visitors = new int[in.remaining()];
            set.addN(visitors, 0, readGaps(in, visitors));
        }
    }

    private static int readGaps(ByteBuffer in, int[] visitors) {
        int n = 0;
        for (int visitor = 0; in.hasRemaining(); ) {
            visitor += Varints.read(in);
            visitors[n++] = visitor;
        }
        return n;
    }

    private static Map<Integer, Integer> readAgain(ByteBuffer in) {
        Map<Integer, Integer> again = new TreeMap<>();
        int visitor = 0;
        for (int n = Varints.read(in); n > 0; n--) {
            visitor += Varints.read(in);
            again.put(visitor, Varints.read(in));
        }
        return again;
    }

    private static RoaringBitmap readBitmap(byte[] bytes, int from) {
        RoaringBitmap bitmap = new RoaringBitmap();
        try {
            bitmap.deserialize(new DataInputStream(new ByteArrayInputStream(bytes, from, bytes.length - from)));
            return bitmap;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof VisitorSet other && bitmap().equals(other.bitmap()) && again.equals(other.again);
    }

    @Override
    public int hashCode() {
        return bitmap().hashCode();
    }

    @Override
    public String toString() {
        return bitmap() + (again.isEmpty() ? "" : " again " + again);
    }
}
