package io.millrace.http.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.http.Certificates;
import io.millrace.http.HttpSettings;
import io.netty.handler.ssl.SslContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsReloadTest {
    @TempDir
    private Path directory;

    @Test
    void takesANewCertificateIntoUseAndKeepsTheOldOneWhenItIsJunk() throws Exception {
        Path certificate = directory.resolve("cert.pem");
        Path key = directory.resolve("key.pem");
        Certificates.write(Certificates.make(directory, "first"), certificate, key);
        Tls tls = new Tls(new HttpSettings.Tls(certificate, key), Duration.ofSeconds(10));
        SslContext first = tls.context();
        tls.reload();
        assertThat(tls.context()).as("nothing has changed").isSameAs(first);
        Certificates.write(Certificates.make(directory, "second"), certificate, key);
        Files.setLastModifiedTime(key, FileTime.fromMillis(4_000_000_000_000L));
        tls.reload();
        SslContext second = tls.context();
        assertThat(second).isNotSameAs(first);
        Files.writeString(certificate, "junk");
        Files.setLastModifiedTime(key, FileTime.fromMillis(4_000_000_001_000L));
        tls.reload();
        assertThat(tls.context()).isSameAs(second);
    }
}
