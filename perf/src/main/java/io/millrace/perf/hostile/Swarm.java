package io.millrace.perf.hostile;

import com.sun.management.OperatingSystemMXBean;
import io.millrace.perf.hostile.Script.Pace;
import io.millrace.perf.load.Response;
import io.millrace.perf.net.Tls;
import io.millrace.perf.net.Wire;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Many connections, each with a script; whoever is thrown out comes back. Lives on the thread that runs it. */
final class Swarm {
    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final int JOIN_AT_ONCE = 200;
    private static final int WRITES_AT_ONCE = 8;
    private static final int SIP = 64;
    private static final int SMALL_BUFFER = 4 << 10;
    private static final long REST_NANOS = 1_000_000;
    private static final long SECOND = 1_000_000_000;

    /**
     * How it attacks.
     *
     * @param time how long
     * @param cores processors that it may keep busy
     * @param seed of everything random
     * @param strangers whether it runs in a {@link Network}, and its connections come from addresses of that
     * @param tls whether the server speaks it
     */
    record Orders(Duration time, double cores, long seed, boolean strangers, boolean tls) {

        List<String> words() {
            return List.of(
                    Long.toString(time.toMillis()),
                    Double.toString(cores),
                    Long.toString(seed),
                    Boolean.toString(strangers),
                    Boolean.toString(tls));
        }

        static Orders read(List<String> words) {
            return new Orders(
                    Duration.ofMillis(Long.parseLong(words.get(0))),
                    Double.parseDouble(words.get(1)),
                    Long.parseLong(words.get(2)),
                    Boolean.parseBoolean(words.get(3)),
                    Boolean.parseBoolean(words.get(4)));
        }
    }

    private final InetSocketAddress server;
    private final Tls tls;
    private final Supplier<Script> scripts;
    private final List<Member> absent = new ArrayList<>();
    private final ByteBuffer in = ByteBuffer.allocateDirect(64 << 10);
    private final byte[] bytes = new byte[64 << 10];
    private final Map<Integer, Long> statuses = new TreeMap<>();
    private long connects;
    private long refused;
    private long closed;
    private long sent;
    private boolean strangers;
    private SplittableRandom random;
    private Selector selector;

    /** A connection, and what it is in the middle of. */
    private static final class Member {
        private Script script;
        private Wire wire;
        private boolean connected;
        private boolean resting;
        private ByteBuffer sending;
        private Response response;
    }

    /** @param tls null: plain */
    Swarm(InetSocketAddress server, Tls tls, int connections, Supplier<Script> scripts) {
        this.server = server;
        this.tls = tls;
        this.scripts = scripts;
        for (int i = 0; i < connections; i++) {
            absent.add(new Member());
        }
    }

    /** Attacks as ordered; what it did, by name. */
    Map<String, Number> run(Orders orders) throws IOException {
        strangers = orders.strangers();
        random = new SplittableRandom(orders.seed());
        long start = System.nanoTime();
        long cpu = PROCESS.getProcessCpuTime();
        long nextTick = start + SECOND;
        try (Selector open = Selector.open()) {
            selector = open;
            while (System.nanoTime() - start < orders.time().toNanos()) {
                join();
                selector.select(this::ready, 10);
                if (System.nanoTime() >= nextTick) {
                    nextTick += SECOND;
                    selector.keys().forEach(this::tick);
                }
                breathe(start, cpu, orders.cores());
            }
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
        }
        return done((PROCESS.getProcessCpuTime() - cpu) / 1e6 / orders.time().toMillis());
    }

    private Map<String, Number> done(double cores) {
        Map<String, Number> done = new LinkedHashMap<>();
        done.put("connects", connects);
        done.put("refused", refused);
        done.put("closed", closed);
        done.put("sent", sent);
        done.put("cores", cores);
        statuses.forEach((status, n) -> done.put("status-" + status, n));
        return done;
    }

    /** Waits while more processor time has been used than is allowed. */
    private static void breathe(long start, long cpu, double cores) {
        while ((PROCESS.getProcessCpuTime() - cpu) / cores > System.nanoTime() - start) {
            LockSupport.parkNanos(REST_NANOS);
        }
    }

    private void join() {
        for (int i = 0; i < JOIN_AT_ONCE && !absent.isEmpty(); i++) {
            Member member = absent.remove(absent.size() - 1);
            connects++;
            try {
                begin(member);
            } catch (IOException e) {
                refused++;
                absent.add(member);
                return;
            }
        }
    }

    private void begin(Member member) throws IOException {
        SocketChannel socket = SocketChannel.open();
        socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
        member.script = scripts.get();
        member.resting = false;
        member.sending = null;
        member.response = null;
        if (member.script.pace() != Pace.FULL) {
            socket.setOption(StandardSocketOptions.SO_RCVBUF, SMALL_BUFFER);
        }
        if (strangers) {
            socket.bind(new InetSocketAddress(Network.stranger(random), 0));
        }
        member.wire = new Wire(socket, tls);
        member.connected = member.wire.connect(selector, server, member);
        if (member.connected) {
            listen(member, true);
        }
    }

    private static void listen(Member member, boolean writes) {
        boolean full = member.script.pace() == Pace.FULL;
        member.wire.want(full, writes && member.script.pace() != Pace.SLOW);
    }

    private void ready(SelectionKey key) {
        Member member = (Member) key.attachment();
        try {
            if (!member.connected) {
                member.connected = member.wire.establish();
                if (member.connected) {
                    listen(member, true);
                }
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
        for (int i = 0; i < WRITES_AT_ONCE; i++) {
            if (member.sending == null) {
                member.sending = member.script.next();
            }
            if (member.sending == null) {
                rest(key, member);
                return;
            }
            int before = member.sending.remaining();
            boolean all = member.wire.write(member.sending);
            sent += before - member.sending.remaining();
            if (!all) {
                return;
            }
            member.sending = null;
        }
    }

    private void rest(SelectionKey key, Member member) throws IOException {
        member.resting = true;
        listen(member, false);
        switch (member.script.rest()) {
            case ENDS_OUTPUT -> member.wire.endOutput();
            case RESETS -> {
                ((SocketChannel) key.channel()).setOption(StandardSocketOptions.SO_LINGER, 0);
                leave(key, member);
            }
            case WAITS -> {
                // An answer or the server's patience goes on from here.
            }
        }
    }

    /** Once a second: the slow go on, and the deaf who rest look whether they are still there. */
    private void tick(SelectionKey key) {
        Member member = (Member) key.attachment();
        boolean slow = member.script.pace() == Pace.SLOW;
        boolean rests = member.script.pace() == Pace.DEAF && member.resting;
        if (!key.isValid() || !member.connected || !slow && !rests) {
            return;
        }
        try {
            in.clear().limit(slow ? SIP : 1);
            if (member.wire.read(in) < 0) {
                lost(key, member);
            } else if (slow) {
                sendPart(member);
            }
        } catch (IOException e) {
            lost(key, member);
        }
    }

    private void sendPart(Member member) throws IOException {
        ByteBuffer part = member.sending != null ? member.sending : member.script.next();
        if (part != null) {
            int before = part.remaining();
            member.sending = member.wire.write(part) ? null : part;
            sent += before - part.remaining();
        }
    }

    private void read(SelectionKey key, Member member) throws IOException {
        for (int n = fill(member); n != 0; n = fill(member)) {
            if (n < 0) {
                lost(key, member);
                return;
            }
            take(member, n);
            if (tls == null) {
                return;
            }
        }
    }

    private int fill(Member member) throws IOException {
        in.clear();
        return member.wire.read(in);
    }

    private void take(Member member, int n) throws IOException {
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
                statuses.merge(member.response.status(), 1L, Long::sum);
                member.script.answered(member.response.status());
                member.response.reset();
                listen(member, true);
            }
        }
    }

    private void lost(SelectionKey key, Member member) {
        if (member.connected) {
            closed++;
        } else {
            refused++;
        }
        leave(key, member);
    }

    private void leave(SelectionKey key, Member member) {
        key.cancel();
        try {
            key.channel().close();
        } catch (IOException e) {
            // It is gone either way.
        }
        member.connected = false;
        absent.add(member);
    }
}
