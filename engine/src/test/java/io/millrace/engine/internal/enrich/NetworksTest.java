package io.millrace.engine.internal.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.IpAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworksTest {
    @TempDir
    private Path dir;

    private long second;

    private Path write(String lines) throws IOException {
        Path file = Files.writeString(dir.resolve("networks"), lines);
        return Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(++second)));
    }

    @Test
    void aFileIsReadAnewWhenItChanges() throws IOException {
        Networks networks = new Networks(write("192.0.2.0/24\n"));
        write("192.0.3.0/31\n");
        networks.refresh();
        assertThat(networks.contains(IpAddress.parse("192.0.2.255"))).isFalse();
        assertThat(networks.contains(IpAddress.parse("192.0.3.1"))).isTrue();
        assertThat(networks.contains(IpAddress.parse("192.0.3.2"))).isFalse();
    }

    @Test
    void whatCannotBeReadChangesNothing() throws IOException {
        Networks networks = new Networks(write("192.0.2.0/24\n"));
        Files.delete(dir.resolve("networks"));
        networks.refresh();
        assertThat(networks.contains(IpAddress.parse("192.0.2.1"))).isTrue();
        write("2001:db8::/129\nnone\n1.2.3.4/x\n198.51.100.7\n");
        networks.refresh();
        assertThat(networks.contains(IpAddress.parse("198.51.100.7"))).isTrue();
        assertThat(networks.contains(IpAddress.parse("2001:db8::1"))).isFalse();
    }

    @Test
    void networksWithinOthersAddNothing() throws IOException {
        Networks networks = new Networks(write("10.1.0.0/16\n10.1.2.0/24\n10.0.0.0/8\n::/0\n"));
        assertThat(networks.contains(IpAddress.parse("10.255.0.1"))).isTrue();
        assertThat(networks.contains(IpAddress.parse("2001:db8::"))).isTrue();
        assertThat(networks.contains(IpAddress.parse(null))).isFalse();
        assertThat(networks.contains(IpAddress.parse("localhost"))).isFalse();
    }
}
