package io.millrace.replay.internal;

import com.google.common.hash.Hashing;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.PushbackInputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.zip.GZIPInputStream;

/**
 * A file or a stream (a pipe, standard input) that is being read, plain or gzip. Not thread-safe.
 *
 * @param key what tells it from other files
 * @param stream whether it is read once only: it has no size, and no place to go on at
 */
record OpenFile(FileChannel channel, Object key, boolean stream, boolean gzip, Lines lines) implements AutoCloseable {
    static OpenFile open(Path path) throws IOException {
        BasicFileAttributes named = attributes(path);
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        try {
            BasicFileAttributes now = attributes(path);
            while (!key(path, now).equals(key(path, named))) { // renamed meanwhile
                channel.close();
                channel = FileChannel.open(path, StandardOpenOption.READ);
                named = now;
                now = attributes(path);
            }
            PushbackInputStream in = new PushbackInputStream(Channels.newInputStream(channel), 2);
            byte[] magic = in.readNBytes(2);
            in.unread(magic);
            boolean gzip = magic.length == 2 && magic[0] == (byte) 0x1f && magic[1] == (byte) 0x8b;
            return new OpenFile(
                    channel,
                    key(path, named),
                    !named.isRegularFile(),
                    gzip,
                    new Lines(gzip ? new GZIPInputStream(new BufferedInputStream(in), 64 << 10) : in));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static BasicFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class);
    }

    private static Object key(Path path, BasicFileAttributes of) {
        Object key = of.fileKey();
        return key == null ? path.toAbsolutePath() : key;
    }

    /** Whether it ends for good: nothing is appended to it, and nobody rotates it. */
    boolean ends() {
        return gzip || stream;
    }

    /** 0: a stream does not know. */
    long bytesRead() throws IOException {
        return stream ? 0 : channel.position();
    }

    /** 0: a stream does not know. */
    long size() throws IOException {
        return stream ? 0 : channel.size();
    }

    /**
     * Which file this is: its inode and first line. Renaming it (rotation) changes neither; emptying it, and another
     * file that later gets the same inode, change the line. To be asked on the first line.
     */
    String identity() {
        String hash =
                Hashing.sha256().hashBytes(lines.bytes(), 0, lines.length()).toString();
        return "replay:" + key + ":" + hash.substring(0, 16);
    }

    /** Whether the path names another file by now, or this one was cut. */
    boolean rotated(Path path) throws IOException {
        if (channel.size() < channel.position()) {
            return true;
        }
        try {
            return !key(path, attributes(path)).equals(key);
        } catch (NoSuchFileException e) {
            return false; // between being renamed and being there anew
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
