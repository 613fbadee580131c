package io.millrace.server.internal.data;

import io.millrace.dashboard.Keyring;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The file with the server's own key; only its owner may read it. Made when there is none. */
public final class KeyFile {
    private KeyFile() {}

    /** @throws IOException when it cannot be read or made, or is not a key */
    public static Keyring read(Path file) throws IOException {
        if (Files.notExists(file)) {
            make(file);
        }
        try {
            return Keyring.of(HexFormat.of().parseHex(Files.readString(file).strip()));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": not a key of " + Keyring.BYTES + " bytes in hexadecimal digits", e);
        }
    }

    private static void make(Path file) throws IOException {
        byte[] key = new byte[Keyring.BYTES];
        new SecureRandom().nextBytes(key);
        Path next = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(next);
        try {
            Files.createFile(next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (UnsupportedOperationException e) { // a file system without such permissions
            Files.createFile(next);
        }
        Files.writeString(next, HexFormat.of().formatHex(key) + "\n");
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
