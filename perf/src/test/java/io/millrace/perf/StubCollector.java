package io.millrace.perf;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.millrace.perf.process.OwnCertificate;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A server that answers the n-th request with a text, or closes its connection when that is null. Thread-safe. */
public final class StubCollector implements AutoCloseable {
    public static final String ACCEPTED = "HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n";
    public static final String BUSY = "HTTP/1.1 503 Busy\r\nRetry-After: 3\r\nContent-Length: 0\r\n\r\n";

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger received = new AtomicInteger();
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private final ServerSocket server;

    private StubCollector(ServerSocket server, IntFunction<String> answers) {
        this.server = server;
        threads.execute(() -> accept(answers));
    }

    public static StubCollector answering(IntFunction<String> answers) throws IOException {
        return new StubCollector(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), answers);
    }

    /** One that speaks TLS. */
    public static StubCollector secured(OwnCertificate own, IntFunction<String> answers) throws Exception {
        char[] password = new char[0];
        Certificate certificate = CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(own.certificate())));
        String pem = Files.readString(own.key()).replaceAll("-----[^-]+-----|\\s", "");
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "server",
                KeyFactory.getInstance("EC")
                        .generatePrivate(
                                new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem))),
                password,
                new Certificate[] {certificate});
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return new StubCollector(
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress()), answers);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** How many requests have come. */
    public int received() {
        return received.get();
    }

    /** Heads of requests, without the line that ends them. */
    public List<String> heads() {
        return heads;
    }

    private void accept(IntFunction<String> answers) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                threads.execute(() -> serve(socket, answers));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket, IntFunction<String> answers) {
        try (socket) {
            InputStream in = socket.getInputStream();
            for (String head = head(in); head != null; head = head(in)) {
                heads.add(head);
                in.readNBytes(length(head));
                String answer = answers.apply(received.getAndIncrement());
                if (answer == null) {
                    return;
                }
                socket.getOutputStream().write(answer.getBytes(US_ASCII));
                if (answer.contains("Connection: close")) {
                    return;
                }
            }
        } catch (IOException gone) {
            // A client may go whenever it likes.
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return null;
            }
            head.append((char) next);
        }
        return head.toString().strip();
    }

    private static int length(String head) {
        return head.lines()
                .filter(line -> line.startsWith("Content-Length: "))
                .mapToInt(line -> Integer.parseInt(line.substring(16)))
                .findFirst()
                .orElse(0);
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}
