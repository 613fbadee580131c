package io.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.internal.control.ControlClient;
import io.millrace.server.internal.control.ControlServer;
import io.millrace.server.internal.control.TypedCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands on their way to the process that owns the data. */
@Timeout(30)
class ControlSocketTest {
    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int call(Path socket, String... arguments) throws Exception {
        TypedCommand call = new TypedCommand(Path.of("/some where"), true, List.of(arguments));
        return ControlClient.run(socket, call, new PrintWriter(out), new PrintWriter(err));
    }

    @Test
    void bringsArgumentsThereAndOutputBack() throws Exception {
        Path socket = directory.resolve("control.sock");
        ControlServer server = ControlServer.start(socket, (call, o, e, cancelled) -> {
            o.println(call.directory() + " " + call.terminal());
            call.arguments().forEach(o::println);
            e.print("ä\r50 %");
            return 7;
        });
        try (server) {
            assertThat(call(socket, "site", "add", "a b\nc", "")).isEqualTo(7);

            assertThat(out.toString()).isEqualTo("/some where true\nsite\nadd\na b\nc\n\n");
            assertThat(err.toString()).isEqualTo("ä\r50 %");
            assertThat(Files.getPosixFilePermissions(socket)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
        assertThat(socket).doesNotExist();
    }

    @Test
    void worksWhereThePathIsTooLongForAnAddress() throws Exception {
        Path deep = Files.createDirectories(directory.resolve("d".repeat(120)));
        Path socket = deep.resolve("control.sock");
        ControlServer server = ControlServer.start(socket, (call, o, e, cancelled) -> 3);
        try (server) {
            assertThat(call(socket, "x")).isEqualTo(3);
        }
        assertThat(deep).isEmptyDirectory();
    }

    @Test
    void saysSoWhenNobodyListens() throws Exception {
        Path socket = directory.resolve("control.sock");
        assertThat(call(socket, "x")).isEqualTo(-1);

        Files.createFile(socket); // left behind by a process that was killed
        assertThat(call(socket, "x")).isEqualTo(-1);
        ControlServer server = ControlServer.start(socket, (call, o, e, cancelled) -> 0);
        try (server) {
            assertThat(call(socket, "x")).isZero();
        }
    }
}
