package io.millrace.perf.net;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** How a client speaks TLS: to which name, and whose certificates it believes. Immutable. */
public final class Tls {
    private final SSLContext context;
    private final String host;
    private final int port;
    private final boolean verifies;

    private Tls(SSLContext context, String host, int port, boolean verifies) {
        this.context = context;
        this.host = host;
        this.port = port;
        this.verifies = verifies;
    }

    /** Believes what the JDK believes. */
    public static Tls of(String host, int port) {
        return new Tls(context(null), host, port, true);
    }

    /**
     * Believes the certificates of a file and nobody else.
     *
     * @param authorities certificates in PEM
     * @throws IOException when the file cannot be read or holds none
     */
    public static Tls of(String host, int port, Path authorities) throws IOException {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store(authorities));
            return new Tls(context(trust.getTrustManagers()), host, port, true);
        } catch (GeneralSecurityException e) {
            throw new IOException("not certificates in PEM", e);
        }
    }

    /** Believes everybody: the certificate is not looked at. */
    public static Tls insecure(String host, int port) {
        return new Tls(context(new TrustManager[] {new Everybody()}), host, port, false);
    }

    private static KeyStore store(Path file) throws IOException, GeneralSecurityException {
        Collection<? extends Certificate> found;
        try (InputStream in = Files.newInputStream(file)) {
            found = CertificateFactory.getInstance("X.509").generateCertificates(in);
        }
        if (found.isEmpty()) {
            throw new CertificateException("none");
        }
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (Certificate each : found) {
            store.setCertificateEntry("authority-" + store.size(), each);
        }
        return store;
    }

    private static SSLContext context(TrustManager[] trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** For clients that are not a {@link Wire}. */
    public SSLContext context() {
        return context;
    }

    SSLEngine engine() {
        SSLEngine engine = context.createSSLEngine(host, port);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        if (verifies) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        if (host.matches("[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*") && host.matches(".*[A-Za-z].*")) {
            parameters.setServerNames(List.of(new SNIHostName(host)));
        }
        engine.setSSLParameters(parameters);
        return engine;
    }

    private static final class Everybody extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
