package io.millrace.perf.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** This project's server on a data directory of its own, which has one site. Used by one thread. */
public final class Millrace implements AutoCloseable {
    /** What the launcher gives a server on this program's JDK. */
    public static final List<String> JVM_OPTIONS = Stream.concat(
                    Stream.of(
                            "-Djdk.tls.rejectClientInitiatedRenegotiation=true",
                            "-XX:+UseG1GC",
                            "-XX:MaxGCPauseMillis=10",
                            "-XX:GCTimeRatio=2",
                            "-Xms240m",
                            "-Xmx576m",
                            "-XX:MetaspaceSize=64m",
                            "-XX:MaxDirectMemorySize=64m",
                            "-XX:+ExitOnOutOfMemoryError"),
                    Stream.of("-XX:+UseCompactObjectHeaders")
                            .filter(o -> Runtime.version().feature() >= 25))
            .toList();

    private final List<String> java;
    private final Path work;
    private final Path data;
    private final ServerUnderTest process;
    private final boolean secure;
    private String site;

    /**
     * How to run one.
     *
     * @param java the JDK's directory
     * @param jar the server's, with the jars it needs beside it
     * @param jvmOptions of the launcher
     * @param options of {@code serve}
     * @param host the address to listen on
     * @param certificate null: plain HTTP
     * @param disk the directory in which it gets one of its own
     */
    public record Setup(
            Path java,
            Path jar,
            List<String> jvmOptions,
            List<String> options,
            String host,
            OwnCertificate certificate,
            Path disk) {

        /**
         * This program's JDK and the launcher's options, on loopback.
         *
         * @param jar the server's, or null: the one beside this program
         */
        public static Setup of(Path jar, String... options) throws IOException {
            Path found = jar == null ? jarBeside() : jar;
            Path java = Path.of(System.getProperty("java.home"));
            Path disk = Path.of(System.getProperty("java.io.tmpdir"));
            return new Setup(java, found, JVM_OPTIONS, List.of(options), "127.0.0.1", null, disk);
        }

        /** The same with other options for the JVM. */
        public Setup withJvm(List<String> others) {
            return new Setup(java, jar, List.copyOf(others), options, host, certificate, disk);
        }

        /** The same on another JDK. */
        public Setup withJava(Path home) {
            return new Setup(home, jar, jvmOptions, options, host, certificate, disk);
        }

        /** The same on another address of this machine, from where it believes forwarding headers as from loopback. */
        public Setup listening(String address) {
            return new Setup(java, jar, jvmOptions, options, address, certificate, disk);
        }

        /** The same with HTTPS. */
        public Setup secured(OwnCertificate own) {
            return new Setup(java, jar, jvmOptions, options, host, own, disk);
        }

        /** The same with its files elsewhere. */
        public Setup on(Path directory) {
            return new Setup(java, jar, jvmOptions, options, host, certificate, directory);
        }

        private Map<String, String> environment() {
            Map<String, String> environment = new HashMap<>();
            if (!host.equals("127.0.0.1")) {
                environment.put("MILLRACE_HTTP_TRUSTED_PROXIES", "loopback," + host);
            }
            if (certificate != null) {
                environment.put(
                        "MILLRACE_HTTP_TLS_CERTIFICATE",
                        certificate.certificate().toString());
                environment.put("MILLRACE_HTTP_TLS_KEY", certificate.key().toString());
            }
            return environment;
        }
    }

    public Millrace(Setup setup) throws IOException {
        work = Files.createTempDirectory(setup.disk(), "millrace-perf");
        data = Files.createDirectories(work.resolve("data"));
        java = new ArrayList<>(List.of(setup.java().resolve("bin/java").toString()));
        java.addAll(setup.jvmOptions());
        java.addAll(List.of("-jar", setup.jar().toString()));
        List<String> serve = new ArrayList<>(java);
        serve.addAll(List.of("serve", "--data", data.toString(), "--host", setup.host(), "--port", "PORT"));
        serve.addAll(setup.options());
        process = new ServerUnderTest(serve, work.resolve("server.log"), setup.host(), setup.environment());
        secure = setup.certificate() != null;
    }

    /** The server's jar among or beside those that this program runs from. */
    public static Path jarBeside() throws IOException {
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path jar = Path.of(entry).toAbsolutePath().resolveSibling("millrace.jar");
            if (Files.exists(jar)) {
                return jar;
            }
        }
        throw new IOException("no millrace.jar beside this program: name one with --server");
    }

    /** Adds the site, on the first call, and starts the server; returns when it takes connections. */
    public void start() throws IOException, InterruptedException {
        site();
        process.start();
    }

    /** The data directory has been filled from elsewhere, with a site of this id. */
    public void adopt(String id) {
        site = id;
    }

    /** The site's id; adds it on the first call. */
    public String site() throws IOException, InterruptedException {
        if (site == null) {
            site = must("site", "add", "example.com").firstLine();
        }
        return site;
    }

    /** A new key that reads every site. */
    public String readKey() throws IOException, InterruptedException {
        return must("key", "add", "--scope", "read").firstLine();
    }

    private ServerUnderTest.Output must(String... words) throws IOException, InterruptedException {
        ServerUnderTest.Output output = command(words);
        if (output.exit() != 0) {
            throw new IOException(String.join(" ", words) + " failed: " + output.text());
        }
        return output;
    }

    /** Runs another command of the program on the same data directory. */
    public ServerUnderTest.Output command(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(java);
        command.addAll(List.of(words));
        command.addAll(List.of("--data", data.toString()));
        return ServerUnderTest.run(command);
    }

    /** Ends the server; see {@link ServerUnderTest#end}. */
    public int end(ServerUnderTest.Signal signal, Duration frozen) throws IOException, InterruptedException {
        return process.end(signal, frozen);
    }

    public int port() {
        return process.port();
    }

    /** The address that is listened on. */
    public String host() {
        return process.host();
    }

    /** Scheme, host and port. */
    public String url() {
        return (secure ? "https://" : "http://") + host() + ":" + port();
    }

    /** Whether its process lives. */
    public boolean alive() {
        return process.alive();
    }

    public long pid() {
        return process.pid();
    }

    /** What the server has printed. */
    public String log() throws IOException {
        return process.log();
    }

    /** The data directory. */
    public Path data() {
        return data;
    }

    /** Kills the server; its files stay. */
    @Override
    public void close() {
        process.close();
    }

    /** Kills the server and removes its files. */
    public void delete() throws IOException {
        close();
        try (Stream<Path> all = Files.walk(work)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
