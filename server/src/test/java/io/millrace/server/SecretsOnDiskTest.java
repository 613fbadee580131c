package io.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Looks for keys, passwords, tokens, salts, addresses and user agents in the names and contents of all files that a server leaves. */
@Timeout(120)
class SecretsOnDiskTest {
    @TempDir
    private Path directory;

    private final List<String> secrets = new ArrayList<>();
    private final List<String> said = new ArrayList<>();

    private String run(String... words) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(words));
        line.addAll(List.of("--data", directory.resolve("data").toString()));
        ServerProcess.Result result = ServerProcess.run(line.toArray(String[]::new));
        assertThat(result.code()).as(result.err()).isZero();
        said.add(result.err());
        return result.firstLine();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void areInNoFilesNameNorInBackupsNorInTheLog() throws Exception {
        Path data = directory.resolve("data");
        run("site", "add", "example.com", "--cookieless");
        secrets.add(run("key", "add", "--scope", "admin", "--name", "all"));
        secrets.add(run("key", "add", "--scope", "ingest", "--site", "1"));
        try (ServerProcess server = ServerProcess.serve(data)) {
            secrets.add(server.awaitLogged("/setup#(\\S+)\\s"));
            Client client = new Client(server.url());
            assertThat(client.post(Client.pageView(1, "v", "/")).statusCode()).isEqualTo(202);
            for (String address : List.of("203.0.113.77", "2001:db8:7777:1::77")) {
                String agent = "Mozilla/5.0 (X11; Linux x86_64; build 4711-" + address + ") Firefox/140.0";
                assertThat(client.from(address, agent, Client.pageView(1, "v", "/"))
                                .statusCode())
                        .isEqualTo(202);
                assertThat(client.from(address, agent, "{\"site_id\":1,\"type\":\"nonsense\"}")
                                .statusCode())
                        .isEqualTo(400);
                secrets.addAll(List.of(address, hex(address), "build 4711"));
            }
            secrets.add(run("user", "add", "ann@example.com"));
            secrets.add(run("key", "add", "--scope", "read"));
            run("backup", directory.resolve("online.db").toString());
            assertThat(server.terminate()).isZero();
        }
        run("backup", directory.resolve("offline.db").toString());
        run("restore", directory.resolve("online.db").toString(), "--force");
        for (String line : Files.readAllLines(data.resolve("salts"))) {
            secrets.add(line.split(" ")[2]);
        }

        assertThat(secrets).hasSizeGreaterThanOrEqualTo(6).doesNotContain("").doesNotContainNull();
        assertThat(files()).extracting(f -> f.getFileName().toString()).contains("online.db", "millrace.db.replaced");
        assertThat(files()).allSatisfy(this::keepsThemToItself);
        assertThat(said).allSatisfy(text -> assertThat(text).doesNotContain(secrets));
    }

    /** The bytes of an address, as a blob's text or a dump shows them. */
    private static String hex(String address) throws IOException {
        return HexFormat.of().formatHex(InetAddress.getByName(address).getAddress());
    }

    /** The salts stand in their own file, and the one-time link is logged for the owner to click; neither is elsewhere. */
    private void keepsThemToItself(Path file) throws IOException {
        String name = file.getFileName().toString();
        assertThat(name).doesNotContain(secrets);
        List<String> elsewhere = new ArrayList<>(secrets);
        if (name.equals("salts")) {
            elsewhere.removeIf(secret -> secret.length() == 64);
        }
        if (name.equals("server.log")) {
            elsewhere.remove(secrets.get(2));
        }
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).as(name).doesNotContain(elsewhere);
    }
}
