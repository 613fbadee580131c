package io.millrace.http.internal.connection;

import io.millrace.http.HttpSettings;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The certificate in use; read again when its files change. Thread-safe: handlers read it, any thread reloads it. */
public final class Tls {
    private static final Logger LOG = LoggerFactory.getLogger(Tls.class);

    private final Duration handshakeTime;
    private HttpSettings.Tls files;
    private volatile SslContext context;
    private long readAt;

    /** @param handshakeTime how long a handshake may take; @throws UncheckedIOException when the files cannot be used */
    public Tls(HttpSettings.Tls files, Duration handshakeTime) {
        this.handshakeTime = handshakeTime;
        this.files = files;
        try {
            readAt = changedAt();
            context = read();
        } catch (IOException e) {
            throw new UncheckedIOException("TLS: " + e.getMessage(), e);
        }
    }

    private SslContext read() throws SSLException {
        try {
            return SslContextBuilder.forServer(
                            files.certificate().toFile(), files.key().toFile())
                    .build();
        } catch (IllegalArgumentException e) {
            throw new SSLException(
                    "not a PEM certificate and PKCS#8 key: " + files.certificate() + ", " + files.key(), e);
        }
    }

    private long changedAt() throws IOException {
        return Math.max(
                Files.getLastModifiedTime(files.certificate()).toMillis(),
                Files.getLastModifiedTime(files.key()).toMillis());
    }

    public SslHandler handler(ByteBufAllocator allocator) {
        SslHandler handler = new BoundedSslHandler(context.newEngine(allocator));
        handler.setHandshakeTimeoutMillis(handshakeTime.toMillis());
        return handler;
    }

    SslContext context() {
        return context;
    }

    /** Takes the certificate from these files from now on, if it works there; else the old one stays. */
    public synchronized void use(HttpSettings.Tls next) {
        HttpSettings.Tls before = files;
        files = next;
        try {
            context = read();
            readAt = changedAt();
        } catch (IOException e) {
            files = before;
            LOG.warn("TLS certificate not read again: {}", e.getMessage());
        }
    }

    /** Takes a new certificate into use when there is one that works; else the old one stays. */
    public synchronized void reload() {
        try {
            long changed = changedAt();
            if (changed != readAt) {
                readAt = changed;
                context = read();
                LOG.info("TLS certificate read again");
            }
        } catch (IOException e) {
            LOG.warn("TLS certificate not read again: {}", e.getMessage());
        }
    }
}
