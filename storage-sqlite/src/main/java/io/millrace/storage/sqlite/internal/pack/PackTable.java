package io.millrace.storage.sqlite.internal.pack;

import io.millrace.storage.sqlite.internal.connection.StatementCache;
import io.millrace.storage.sqlite.internal.dictionary.SqlJson;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.roaringbitmap.RoaringBitmap;

/** The tables of packs. Stateless; what writes belongs into a transaction of the store thread. */
public final class PackTable {
    /** Of the columns; a reader knows this one and those before: 2 lacks sparse columns, 1 also {@link PackColumn#IDENTIFIED}. */
    private static final int FORMAT = 3;

    private static final int COLUMNS = 32;
    private static final int PROPS = 31;
    private static final String HEAD =
            "SELECT id, site_id, day, visits, hits, first_id, last_id, earliest, latest, early, superseded FROM packs ";

    private PackTable() {}

    /** The packs of a site's days, both inclusive, oldest first. */
    public static List<Pack> list(StatementCache sql, int siteId, int firstDay, int lastDay) throws SQLException {
        return StatementCache.list(
                sql.bind(HEAD + "WHERE site_id = ? AND day BETWEEN ? AND ? ORDER BY id", siteId, firstDay, lastDay),
                PackTable::pack);
    }

    private static Pack pack(ResultSet row) throws SQLException {
        return new Pack(
                row.getLong(1),
                row.getInt(2),
                row.getInt(3),
                row.getInt(4),
                row.getInt(5),
                row.getLong(6),
                row.getLong(7),
                row.getLong(8),
                row.getLong(9),
                row.getBoolean(10),
                bitmap(row.getBytes(11)));
    }

    private static RoaringBitmap bitmap(byte[] bytes) {
        if (bytes == null) {
            return null;
        }
        try {
            RoaringBitmap bitmap = new RoaringBitmap();
            bitmap.deserialize(ByteBuffer.wrap(bytes));
            return bitmap;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(RoaringBitmap bitmap) {
        bitmap.runOptimize();
        ByteBuffer bytes = ByteBuffer.allocate(bitmap.serializedSizeInBytes());
        bitmap.serialize(bytes);
        return bytes.array();
    }

    /** A block as the values of the tables, to be made beside the store thread. */
    public record Written(VisitBlock block, int siteId, long firstId, long lastId, List<byte[]> columns, byte[] props) {
        public static Written of(int siteId, VisitBlock block, Pace pace) {
            List<byte[]> columns = new ArrayList<>();
            for (PackColumn column : PackColumn.values()) {
                pace.rest();
                columns.add(block.write(column));
            }
            LongSummaryStatistics ids = Arrays.stream(block.ids()).summaryStatistics();
            return new Written(block, siteId, ids.getMin(), ids.getMax(), columns, deflate(block.props()));
        }
    }

    /** Adds a pack. */
    public static void insert(StatementCache sql, Written pack) throws SQLException {
        VisitBlock block = pack.block();
        long id = sql.number(
                0,
                "INSERT INTO packs (site_id, day, format, visits, hits, first_id, last_id, earliest, latest, early)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
                pack.siteId(),
                block.day(),
                FORMAT,
                block.visits(),
                block.hits(),
                pack.firstId(),
                pack.lastId(),
                block.earliest(),
                block.latest(),
                block.early() ? 1 : 0);
        for (int c = 0; c < pack.columns().size(); c++) {
            insertColumn(sql, id * COLUMNS + c, pack.columns().get(c));
        }
        if (!block.props().isEmpty()) {
            insertColumn(sql, id * COLUMNS + PROPS, pack.props());
        }
    }

    private static void insertColumn(StatementCache sql, long id, byte[] data) throws SQLException {
        sql.run("INSERT INTO pack_columns (id, data) VALUES (?, ?)", id, data);
    }

    /** Says of visits that they count in none of a day's packs any more. */
    public static void supersede(StatementCache sql, int siteId, int day, Collection<Long> visits) throws SQLException {
        for (Pack pack : list(sql, siteId, day, day)) {
            RoaringBitmap superseded = pack.superseded() == null ? new RoaringBitmap() : pack.superseded();
            int before = superseded.getCardinality();
            for (long visit : visits) {
                if (visit >= pack.firstId() && visit <= pack.lastId()) {
                    superseded.add((int) (visit - pack.firstId()));
                }
            }
            if (superseded.getCardinality() > before) {
                sql.run("UPDATE packs SET superseded = ? WHERE id = ?", bytes(superseded), pack.id());
            }
        }
    }

    /** Removes packs; how many there were still. */
    public static int delete(StatementCache sql, Collection<Pack> packs) throws SQLException {
        int deleted = 0;
        for (Pack pack : packs) {
            deleted += sql.run("DELETE FROM packs WHERE id = ?", pack.id());
        }
        return deleted;
    }

    static byte[] column(StatementCache sql, long id) throws SQLException {
        try (ResultSet row =
                sql.bind("SELECT data FROM pack_columns WHERE id = ?", id).executeQuery()) {
            return row.next() ? row.getBytes(1) : null;
        }
    }

    static long columnId(Pack pack, PackColumn column) {
        return pack.id() * COLUMNS + column.ordinal();
    }

    /** {@link PackColumn#IDENTIFIED} of a pack that lacks it: who has no name any more counts as one with an id. */
    static Packed identified(StatementCache sql, Packed visitors, int count) throws SQLException {
        Set<Long> numbers = new TreeSet<>();
        for (int v = 0; v < count; v++) {
            numbers.add(visitors.get(v));
        }
        Set<Long> cookieless = new HashSet<>();
        sql.each(
                "SELECT id FROM visitors WHERE typeof(name) = 'integer' AND id IN (SELECT value FROM json_each(?))",
                row -> cookieless.add(row.getLong(1)),
                SqlJson.array(numbers));
        long[] identified = new long[count];
        for (int v = 0; v < count; v++) {
            identified[v] = cookieless.contains(visitors.get(v)) ? 0 : 1;
        }
        return Packed.of(identified, count);
    }

    static boolean exists(StatementCache sql, Pack pack) throws SQLException {
        return sql.number(0, "SELECT count(*) FROM packs WHERE id = ?", pack.id()) != 0;
    }

    static List<String> props(StatementCache sql, Pack pack) throws SQLException {
        byte[] deflated = column(sql, pack.id() * COLUMNS + PROPS);
        return deflated == null ? List.of() : inflate(deflated);
    }

    private static byte[] deflate(List<String> lines) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
            deflater.write(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static List<String> inflate(byte[] deflated) {
        try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(deflated))) {
            return List.of(new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
