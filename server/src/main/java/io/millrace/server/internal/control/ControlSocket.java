package io.millrace.server.internal.control;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Where the socket is. The address of a Unix-domain socket takes about 100 bytes; where the data directory's path is
 * longer, the socket lives in a short private directory and {@code control.sock} is a link to it.
 */
final class ControlSocket {
    private static final int LONGEST_ADDRESS = 100;

    private ControlSocket() {}

    /** Listens at this path, for the owner of the process only; takes over what a dead process left there. */
    static ServerSocketChannel listen(Path path) throws IOException {
        Files.deleteIfExists(path);
        Path real = path;
        if (path.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_ADDRESS) {
            real = Files.createTempDirectory("millrace-").resolve("control.sock");
            Files.createSymbolicLink(path, real);
        }
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(real));
            Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rw-------"));
            return server;
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /** Connects, or throws when nobody listens. */
    static SocketChannel connect(Path path) throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(real(path)));
    }

    /** Removes what {@link #listen} made. */
    static void remove(Path path) throws IOException {
        if (Files.isSymbolicLink(path)) {
            Path real = real(path);
            Files.deleteIfExists(real);
            Files.deleteIfExists(real.getParent());
        }
        Files.deleteIfExists(path);
    }

    private static Path real(Path path) throws IOException {
        return Files.isSymbolicLink(path) ? Files.readSymbolicLink(path) : path;
    }
}
