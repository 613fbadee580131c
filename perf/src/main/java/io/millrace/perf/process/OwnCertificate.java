package io.millrace.perf.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/**
 * A certificate for this machine that nobody vouches for, made for one run by the JDK's keytool. Immutable.
 *
 * @param certificate in PEM
 * @param key PKCS#8 in PEM
 */
public record OwnCertificate(Path certificate, Path key) {
    private static final String PASSWORD = "not a secret";
    private static final String ALIAS = "server";

    /** Makes one in this directory. */
    public static OwnCertificate in(Path directory) throws IOException, InterruptedException {
        Path store = Files.createDirectories(directory).resolve("server.p12");
        ServerUnderTest.Output made = ServerUnderTest.run(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1,ip:::1,ip:198.18.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD));
        if (made.exit() != 0) {
            throw new IOException("keytool: " + made.text());
        }
        try {
            return unpack(store, directory);
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        } finally {
            Files.delete(store);
        }
    }

    private static OwnCertificate unpack(Path file, Path directory) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        byte[] key = store.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded();
        return new OwnCertificate(
                pem(
                        directory.resolve("server.crt"),
                        "CERTIFICATE",
                        store.getCertificate(ALIAS).getEncoded()),
                pem(directory.resolve("server.key"), "PRIVATE KEY", key));
    }

    private static Path pem(Path file, String what, byte[] der) throws IOException {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        String text = "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n";
        return Files.writeString(file, text, StandardCharsets.US_ASCII);
    }
}
