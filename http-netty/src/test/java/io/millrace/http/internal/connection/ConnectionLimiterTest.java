package io.millrace.http.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.http.HttpSettings.Limits;
import io.millrace.http.HttpSettings.Trust;
import io.millrace.http.internal.client.ClientResolver;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class ConnectionLimiterTest {
    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Test
    void limitsOpenConnectionsOfOneAddress() {
        ConnectionLimiter doors = new ConnectionLimiter(
                Limits.DEFAULT.with().connections(5).connectionsPerAddress(2).build(),
                new ClientResolver(Trust.DEFAULT));
        InetAddress one = address("203.0.113.1");
        assertThat(doors.enter(one)).isTrue();
        assertThat(doors.enter(one)).isTrue();
        assertThat(doors.enter(one)).isFalse();
        assertThat(doors.enter(address("203.0.113.2"))).isTrue();
        doors.leave(one);
        assertThat(doors.enter(one)).isTrue();
        assertThat(doors.open()).isEqualTo(3);
    }
}
