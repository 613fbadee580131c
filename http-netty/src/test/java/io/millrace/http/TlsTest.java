package io.millrace.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.engine.Engine;
import io.millrace.engine.Site;
import io.millrace.engine.StubEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TlsTest {
    @TempDir
    private Path directory;

    @Test
    void servesFromPemFiles() throws Exception {
        KeyStore store = Certificates.make(directory, "store");
        Path certificate = directory.resolve("cert.pem");
        Path key = directory.resolve("key.pem");
        Certificates.write(store, certificate, key);
        try (ServerFixture server = new ServerFixture(HttpSettings.DEFAULT
                        .with()
                        .tls(new HttpSettings.Tls(certificate, key))
                        .build());
                SSLSocket socket = (SSLSocket) trusting(store.getCertificate("t"))
                        .getSocketFactory()
                        .createSocket(
                                InetAddress.getLoopbackAddress(),
                                server.frontEnd().port())) {
            String request = ServerFixture.collect("{'site_id':1,'url':'https://e/'}", "Connection: close");
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 202 ");
        }
    }

    @Test
    void doesNotStartWithoutAUsableCertificate() throws IOException {
        Path junk = Files.writeString(directory.resolve("junk.pem"), "junk");
        Engine engine = new StubEngine(
                Site.of("example.com").withId(1), Site.of("other.org").withId(2));
        for (Path file : new Path[] {junk, directory.resolve("none.pem")}) {
            HttpSettings settings = HttpSettings.DEFAULT
                    .with()
                    .host("127.0.0.1")
                    .port(0)
                    .tls(new HttpSettings.Tls(file, file))
                    .build();
            NettyFrontEnd frontEnd = new NettyFrontEnd(settings, null, null, StaticFiles.NONE);
            assertThatThrownBy(() -> frontEnd.start(engine)).isInstanceOf(UncheckedIOException.class);
            frontEnd.close();
        }
    }

    @Test
    void saysWhichAddressIsTaken() {
        try (ServerFixture server = new ServerFixture()) {
            int port = server.frontEnd().port();
            HttpSettings settings =
                    HttpSettings.DEFAULT.with().host("127.0.0.1").port(port).build();
            NettyFrontEnd second = new NettyFrontEnd(settings, null, null, StaticFiles.NONE);
            assertThatThrownBy(() -> second.start(server.engine))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("127.0.0.1:" + port);
        }
    }

    @Test
    void listensOnIpv6() throws IOException {
        StubEngine engine = new StubEngine(
                Site.of("example.com").withId(1), Site.of("other.org").withId(2));
        NettyFrontEnd frontEnd = new NettyFrontEnd(
                HttpSettings.DEFAULT.with().host("::1").port(0).build(), null, null, StaticFiles.NONE);
        frontEnd.start(engine);
        try (var socket = new Socket("::1", frontEnd.port())) {
            String request = ServerFixture.collect("{'site_id':1,'url':'https://e/'}", "Connection: close");
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 202 ");
            assertThat(engine.taken().get(0).address()).isEqualTo("::1");
        } finally {
            frontEnd.drain(Duration.ofSeconds(1));
            frontEnd.close();
        }
    }

    @Test
    void answersThoseWhoShakeHandsWhileOthersNeverDo() throws Exception {
        KeyStore store = Certificates.make(directory, "store");
        Path certificate = directory.resolve("cert.pem");
        Path key = directory.resolve("key.pem");
        Certificates.write(store, certificate, key);
        // Memory for 14 handshakes.
        HttpSettings settings = HttpSettings.DEFAULT
                .with()
                .loops(1)
                .tls(new HttpSettings.Tls(certificate, key))
                .limits(HttpSettings.Limits.DEFAULT
                        .with()
                        .unfinishedBytes(1 << 20)
                        .build())
                .build();
        SSLContext context = trusting(store.getCertificate("t"));
        List<Socket> silent = new ArrayList<>();
        try (ServerFixture server = new ServerFixture(settings)) {
            int port = server.frontEnd().port();
            for (int round = 0; round < 10; round++) {
                for (int i = 0; i < 20; i++) {
                    silent.add(new Socket(InetAddress.getLoopbackAddress(), port));
                }
                try (Socket honest = context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
                    String request = ServerFixture.collect("{'site_id':1,'url':'https://e/'}", "Connection: close");
                    honest.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
                    assertThat(new String(honest.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                            .startsWith("HTTP/1.1 202 ");
                }
            }
            assertThat(server.frontEnd().connections()).isBetween(5, 14);
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }

    /** New keys cost the server much more than the client that wants them. */
    @Test
    void endsAConnectionThatWantsNewKeysWithoutAnEnd() throws Exception {
        KeyStore store = Certificates.make(directory, "store");
        Path certificate = directory.resolve("cert.pem");
        Path key = directory.resolve("key.pem");
        Certificates.write(store, certificate, key);
        HttpSettings settings = HttpSettings.DEFAULT
                .with()
                .tls(new HttpSettings.Tls(certificate, key))
                .build();
        try (ServerFixture server = new ServerFixture(settings);
                SSLSocket socket = (SSLSocket) trusting(store.getCertificate("t"))
                        .getSocketFactory()
                        .createSocket(
                                InetAddress.getLoopbackAddress(),
                                server.frontEnd().port())) {
            byte[] request =
                    ServerFixture.collect("{'site_id':1,'url':'https://e/'}").getBytes(StandardCharsets.US_ASCII);
            socket.startHandshake();
            assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.3");
            for (int i = 0; i < 10; i++) {
                socket.startHandshake();
                socket.getOutputStream().write(request);
            }
            assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 202");
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 100_000; i++) {
                            socket.startHandshake();
                        }
                    })
                    .isInstanceOf(IOException.class);
            Await.until(() -> server.frontEnd().connections() == 0);
        }
    }

    private static SSLContext trusting(Certificate certificate) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("t", certificate);
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }
}
