package io.millrace.server.internal.instance;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;

/** This machine's own address, where only its own programs reach a port. */
final class Loopback {
    private static final String IPV4 = "127.0.0.1";

    private Loopback() {}

    /** 127.0.0.1, or ::1 on a machine without IPv4. */
    static String address() {
        try {
            List<InetAddress> own = NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(InetAddress::isLoopbackAddress)
                    .toList();
            return !own.isEmpty() && own.stream().allMatch(Inet6Address.class::isInstance) ? "::1" : IPV4;
        } catch (SocketException e) {
            return IPV4;
        }
    }
}
