package io.millrace.perf.hostile;

import com.sun.management.OperatingSystemMXBean;
import io.millrace.perf.load.Response;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Many connections, each with a script; whoever is thrown out comes back. Lives on the thread that runs it. */
final class Swarm {
    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final int JOIN_AT_ONCE = 200;
    private static final int WRITES_AT_ONCE = 8;
    private static final long REST_NANOS = 1_000_000;

    private final InetSocketAddress server;
    private final Supplier<Script> scripts;
    private final double cores;
    private final List<Member> absent = new ArrayList<>();
    private final ByteBuffer in = ByteBuffer.allocateDirect(64 << 10);
    private final byte[] bytes = new byte[64 << 10];
    private final Totals totals = new Totals();
    private Selector selector;

    /** What a swarm has done. */
    static final class Totals {
        final Map<Integer, Long> statuses = new TreeMap<>();
        long connects;
        long refused;
        long thrownOut;
        long sent;
        double cpuSeconds;
    }

    /** A connection, and what it is in the middle of. */
    private static final class Member {
        private Script script;
        private ByteBuffer sending;
        private Response response;
    }

    /** @param cores processors that this process may keep busy at most */
    Swarm(InetSocketAddress server, int connections, Supplier<Script> scripts, double cores) {
        this.server = server;
        this.scripts = scripts;
        this.cores = cores;
        for (int i = 0; i < connections; i++) {
            absent.add(new Member());
        }
    }

    /** Attacks for so long. */
    Totals run(Duration time) throws IOException {
        long start = System.nanoTime();
        long cpu = PROCESS.getProcessCpuTime();
        try (Selector open = Selector.open()) {
            selector = open;
            while (System.nanoTime() - start < time.toNanos()) {
                join();
                selector.select(this::ready, 10);
                breathe(start, cpu);
            }
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
        }
        totals.cpuSeconds = (PROCESS.getProcessCpuTime() - cpu) / 1e9;
        return totals;
    }

    /** Waits while more processor time has been used than is allowed. */
    private void breathe(long start, long cpu) {
        while ((PROCESS.getProcessCpuTime() - cpu) / cores > System.nanoTime() - start) {
            LockSupport.parkNanos(REST_NANOS);
        }
    }

    private void join() {
        for (int i = 0; i < JOIN_AT_ONCE && !absent.isEmpty(); i++) {
            Member member = absent.remove(absent.size() - 1);
            try {
                SocketChannel channel = SocketChannel.open();
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.configureBlocking(false);
                member.script = scripts.get();
                member.sending = null;
                member.response = null;
                totals.connects++;
                int interest = channel.connect(server) ? interest(member) : SelectionKey.OP_CONNECT;
                channel.register(selector, interest, member);
            } catch (IOException e) {
                totals.refused++;
                absent.add(member);
                return;
            }
        }
    }

    private static int interest(Member member) {
        return SelectionKey.OP_WRITE | (member.script.reads() ? SelectionKey.OP_READ : 0);
    }

    private void ready(SelectionKey key) {
        Member member = (Member) key.attachment();
        try {
            if (key.isConnectable()) {
                ((SocketChannel) key.channel()).finishConnect();
                key.interestOps(interest(member));
                return;
            }
            if (key.isReadable()) {
                read(key, member);
            }
            if (key.isValid() && key.isWritable()) {
                write(key, member);
            }
        } catch (IOException e) {
            lost(key, member);
        }
    }

    private void write(SelectionKey key, Member member) throws IOException {
        SocketChannel channel = (SocketChannel) key.channel();
        for (int i = 0; i < WRITES_AT_ONCE; i++) {
            if (member.sending == null) {
                member.sending = member.script.next();
            }
            if (member.sending == null) {
                key.interestOps(SelectionKey.OP_READ);
                return;
            }
            totals.sent += channel.write(member.sending);
            if (member.sending.hasRemaining()) {
                return;
            }
            member.sending = null;
        }
    }

    private void read(SelectionKey key, Member member) throws IOException {
        in.clear();
        int n = ((SocketChannel) key.channel()).read(in);
        if (n < 0) {
            lost(key, member);
            return;
        }
        in.flip();
        in.get(bytes, 0, n);
        for (int at = 0; at < n; ) {
            if (member.response == null) {
                member.response = new Response();
            }
            at = member.response.feed(bytes, at, n);
            if (member.response.broken()) {
                throw new IOException("not HTTP");
            }
            if (member.response.done()) {
                totals.statuses.merge(member.response.status(), 1L, Long::sum);
                member.script.answered(member.response.status());
                member.response.reset();
                key.interestOps(interest(member));
            }
        }
    }

    private void lost(SelectionKey key, Member member) {
        key.cancel();
        try {
            key.channel().close();
        } catch (IOException e) {
            // It is gone either way.
        }
        totals.thrownOut++;
        absent.add(member);
    }
}
