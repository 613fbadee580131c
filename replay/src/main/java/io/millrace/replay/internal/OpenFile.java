package io.millrace.replay.internal;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;

/** A file that is being read, plain or gzip. Not thread-safe. */
final class OpenFile implements AutoCloseable {
    private final FileChannel channel;
    private final Object key;
    private final boolean gzip;
    private final Lines lines;

    private OpenFile(FileChannel channel, Object key, boolean gzip, Lines lines) {
        this.channel = channel;
        this.key = key;
        this.gzip = gzip;
        this.lines = lines;
    }

    static OpenFile open(Path path) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        try {
            ByteBuffer magic = ByteBuffer.allocate(2);
            channel.read(magic, 0);
            boolean gzip = magic.get(0) == (byte) 0x1f && magic.get(1) == (byte) 0x8b;
            InputStream in = Channels.newInputStream(channel);
            return new OpenFile(
                    channel,
                    keyOf(path),
                    gzip,
                    new Lines(gzip ? new GZIPInputStream(new BufferedInputStream(in), 64 << 10) : in));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static Object keyOf(Path path) throws IOException {
        Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        return key == null ? path.toAbsolutePath() : key;
    }

    Lines lines() {
        return lines;
    }

    boolean gzip() {
        return gzip;
    }

    long bytesRead() throws IOException {
        return channel.position();
    }

    long size() throws IOException {
        return channel.size();
    }

    /**
     * Which file this is: its inode and first line. Renaming it (rotation) changes neither; emptying it, and another
     * file that later gets the same inode, change the line. To be asked on the first line.
     */
    String identity() {
        byte[] first = Arrays.copyOf(lines.bytes(), lines.length());
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(first);
            return "replay:" + key + ":" + HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether the path names another file by now, or this one was cut. */
    boolean rotated(Path path) throws IOException {
        if (channel.size() < channel.position()) {
            return true;
        }
        return Files.exists(path) && !keyOf(path).equals(key);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
