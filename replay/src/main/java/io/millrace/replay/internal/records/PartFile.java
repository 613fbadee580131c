package io.millrace.replay.internal.records;

import io.millrace.wire.json.JsonObject;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;

/** A file that gets its name when it is whole, with its hash. Not thread-safe. */
final class PartFile implements AutoCloseable {
    private final Path unfinished;
    private final Path file;
    private final DigestOutputStream hashed;
    private final OutputStream out;
    private long lines;
    private boolean open = true;

    PartFile(Path directory, String name, boolean gzip) throws IOException {
        file = directory.resolve(gzip ? name + ".gz" : name);
        unfinished = directory.resolve(file.getFileName() + ".unfinished");
        hashed =
                new DigestOutputStream(new BufferedOutputStream(Files.newOutputStream(unfinished), 64 << 10), sha256());
        out = gzip ? new GZIPOutputStream(hashed, 64 << 10) : hashed;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes a line that has its end. */
    void line(byte[] line) throws IOException {
        out.write(line);
        lines++;
    }

    /** Gives it its name; answers what the manifest says of it. */
    JsonObject finish() throws IOException {
        out.close();
        open = false;
        Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
        return new JsonObject()
                .with("name", file.getFileName().toString())
                .with("lines", lines)
                .with("bytes", Files.size(file))
                .with(
                        "sha256",
                        HexFormat.of().formatHex(hashed.getMessageDigest().digest()));
    }

    /** What is not finished is given up. */
    @Override
    public void close() throws IOException {
        if (open) {
            open = false;
            out.close();
            Files.deleteIfExists(unfinished);
        }
    }
}
