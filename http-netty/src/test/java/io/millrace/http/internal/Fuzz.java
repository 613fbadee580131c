package io.millrace.http.internal;

import io.millrace.engine.Affiliate;
import io.millrace.engine.Beacon;
import io.millrace.engine.Bounds;
import io.millrace.engine.Collector;
import io.millrace.engine.Counters;
import io.millrace.engine.Event;
import io.millrace.engine.Outcome;
import io.millrace.engine.Place;
import io.millrace.engine.Position;
import io.millrace.engine.Receipt;
import io.millrace.engine.Site;
import io.millrace.engine.Sites;
import io.millrace.http.HttpSettings;
import io.millrace.http.HttpSettings.Forwarding;
import io.millrace.http.HttpSettings.Geo;
import io.millrace.http.HttpSettings.Trust;
import io.millrace.http.StaticFiles;
import io.millrace.http.internal.client.Client;
import io.millrace.http.internal.client.ClientResolver;
import io.millrace.http.internal.collect.RateLimiter;
import io.millrace.http.internal.collect.ServerContext;
import io.millrace.http.internal.connection.AccessLog;
import io.millrace.http.internal.connection.Connection;
import io.millrace.http.internal.connection.LoopState;
import io.millrace.replay.internal.CombinedDecoder;
import io.millrace.wire.Addresses;
import io.millrace.wire.BeaconReader;
import io.millrace.wire.Body;
import io.millrace.wire.Draft;
import io.millrace.wire.GoatCounter;
import io.millrace.wire.Pixel;
import io.millrace.wire.PlausibleReader;
import io.millrace.wire.ReplayReader;
import io.millrace.wire.UmamiReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * Everything that reads bytes of strangers, fed with bytes of a fuzzer. An input's first byte chooses the
 * {@link Target}; an exception that escapes, an answer 500, a beacon that is not accounted for, memory that is not given back
 * to its budget, or a heap that grows is a find.
 */
public final class Fuzz {
    private static final String ONLY = System.getProperty("fuzz.target");

    /** After how many inputs the heap is looked at, and how much it may hold more than at the first time. */
    private static final int LOOK_EVERY = 1 << 18;

    private static final long MAY_GROW = 16 << 20;

    private static long inputs;
    private static long heapAtFirst;

    private Fuzz() {}

    /** What the fuzzer calls. */
    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length == 0) {
            return;
        }
        Target[] all = Target.values();
        Target target = ONLY == null ? all[Math.floorMod(data[0], all.length)] : Target.valueOf(ONLY);
        target.read(Arrays.copyOfRange(data, 1, data.length));
        if (++inputs % LOOK_EVERY == 0) {
            lookAtHeap();
        }
    }

    private static void lookAtHeap() {
        System.gc();
        long used = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        if (heapAtFirst == 0) {
            heapAtFirst = used;
        }
        System.err.println("inputs " + inputs + ", heap " + (used >> 10) + " KiB");
        if (used > heapAtFirst + MAY_GROW) {
            throw new IllegalStateException(
                    "the heap has grown from " + heapAtFirst + " to " + used + " bytes:\n" + mostOfHeap());
        }
    }

    private static String mostOfHeap() {
        try {
            String all = (String) ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "gcClassHistogram",
                            new Object[] {new String[0]},
                            new String[] {String[].class.getName()});
            return all.lines().limit(20).collect(Collectors.joining("\n"));
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What is fuzzed; their order is part of the corpus. */
    enum Target {
        COLLECT {
            private final BeaconReader reader = new BeaconReader();

            @Override
            void read(byte[] data) {
                use(reader.read(data, data.length, true));
                use(reader.read(data, data.length, false));
            }
        },
        PIXEL {
            @Override
            void read(byte[] data) {
                Map<String, List<String>> params = params(data);
                use(Pixel.read(params, null));
                use(GoatCounter.read(params, 0, null));
                use(GoatCounter.read(params, 1, "example.com"));
            }
        },
        FOREIGN {
            private final PlausibleReader plausible = new PlausibleReader();
            private final UmamiReader umami = new UmamiReader();

            @Override
            void read(byte[] data) {
                use(plausible.read(data, data.length));
                use(umami.read(data, data.length, true));
            }
        },
        FORWARDING {
            @Override
            void read(byte[] data) {
                forward(new String(data, StandardCharsets.ISO_8859_1));
            }
        },
        REPLAY {
            private final ReplayReader reader = new ReplayReader(new OneSite());

            @Override
            void read(byte[] data) {
                if (reader.read(data, data.length).isEmpty() && data.length == 0) {
                    throw new IllegalStateException("no answer");
                }
            }
        },
        ACCESS_LOG {
            private final CombinedDecoder decoder = CombinedDecoder.of(new OneSite(), 1);

            @Override
            void read(byte[] data) {
                int[] lines = {0};
                decoder.decode(data, data.length, new Position("f", 1), line -> lines[0]++);
                if (lines[0] == 0) {
                    throw new IllegalStateException("no answer");
                }
            }
        },
        REQUEST {
            private final Wire wire = new Wire();

            @Override
            void read(byte[] data) {
                wire.send(data, data.length == 0 ? 0 : Math.floorMod(data[data.length - 1], data.length));
            }
        },
        GZIP {
            private final Wire wire = new Wire();

            @Override
            void read(byte[] data) {
                if (data.length > 2) {
                    byte[] request = Packed.post(data);
                    wire.send(request, data[1] & 0xFF);
                }
            }
        };

        abstract void read(byte[] data);
    }

    private static void use(Body body) {
        if (body.error() == null) {
            body.members().forEach(Fuzz::use);
        } else if (!body.members().isEmpty()) {
            throw new IllegalStateException("an error and members");
        }
    }

    private static void use(Draft draft) {
        if (draft.error() == null) {
            Beacon beacon = draft.toBeacon(1, 1_763_600_000_000L, "192.0.2.1", "agent", Place.UNKNOWN)
                    .build();
            if (beacon.weight() > 1 << 20 || beacon.type() == null) {
                throw new IllegalStateException("weighs " + beacon.weight());
            }
        }
    }

    private static Map<String, List<String>> params(byte[] data) {
        try {
            return new QueryStringDecoder('?' + new String(data, StandardCharsets.ISO_8859_1)).parameters();
        } catch (IllegalArgumentException e) {
            return Map.of();
        }
    }

    private static final List<String> PROXIES = List.of("loopback", "10.0.0.0/8", "2001:db8::/32");

    private static final List<ClientResolver> TRUSTING = Arrays.stream(Forwarding.values())
            .flatMap(f -> Arrays.stream(Geo.values()).map(geo -> new ClientResolver(new Trust(PROXIES, f, geo))))
            .toList();

    private static void forward(String text) {
        HttpHeaders headers = DefaultHttpHeadersFactory.headersFactory()
                .withValidation(false)
                .newHeaders()
                .add("x-forwarded-for", text)
                .add("forwarded", text)
                .add("cf-ipcountry", text)
                .add("x-vercel-ip-country", "DE")
                .add("x-vercel-ip-city", text);
        for (ClientResolver clients : TRUSTING) {
            Client client = clients.of(clients.peer(InetAddress.getLoopbackAddress()), headers);
            if (Addresses.parse(client.address()) == null) {
                throw new IllegalStateException("not an address: " + client.address());
            }
        }
    }

    /** Compressed bodies: what stands in them, in how many members, and what is broken in them, is the fuzzer's choice. */
    private static final class Packed {
        private static final int MOST = 20;

        /** The first byte says how many members, the second where to break something; the rest is the plain body. */
        static byte[] post(byte[] data) {
            int members = 1 + (data[0] & 0xFF) % MOST;
            int plain = data.length - 2;
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            for (int i = 0; i < members; i++) {
                int from = 2 + plain * i / members;
                body.writeBytes(member(Arrays.copyOfRange(data, from, 2 + plain * (i + 1) / members)));
            }
            byte[] packed = body.toByteArray();
            if (data[1] < 0) {
                packed[-data[1] * 7 % packed.length] ^= data[0];
            }
            byte[] head =
                    ("POST /api/collect HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nContent-Encoding: gzip\r\n"
                                    + "Content-Length: " + packed.length + "\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1);
            byte[] request = Arrays.copyOf(head, head.length + packed.length);
            System.arraycopy(packed, 0, request, head.length, packed.length);
            return request;
        }

        private static byte[] member(byte[] plain) {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
                out.write(plain);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return packed.toByteArray();
        }
    }

    /** A connection without a socket: whole requests and halves, all routes, everything settled at once. */
    private static final class Wire {
        private static final InstantSource CLOCK = () -> java.time.Instant.ofEpochMilli(1_763_600_000_000L);

        /** What is held of bytes that have come: a request's objects, the most headers, and twice the bytes for growth. */
        private static final int HELD = 20 << 10;

        private static final int HELD_OF_A_BYTE = 4;

        private final RateLimiter rates = new RateLimiter(50, 200, 1000);

        private final Counters counters = new Counters();
        private final ServerContext services = new ServerContext(
                HttpSettings.DEFAULT,
                null,
                null,
                StaticFiles.builder()
                        .add("/t.js", "t.js", new byte[3000], StaticFiles.Kind.SCRIPT)
                        .build(),
                new AtOnce(counters),
                new OneSite(),
                counters,
                new Bounds(),
                1024,
                rates,
                new RateLimiter(0, 0, 1000),
                new RateLimiter(0, 0, 1),
                CLOCK);

        private final Peer home = new Peer();
        private final LoopState loop = new LoopState(home.eventLoop(), CLOCK, HttpSettings.Limits.DEFAULT, 1);
        private final Router router = new Router(services, loop);

        void send(byte[] data, int split) {
            Peer channel = new Peer();
            Connection connection = new Connection(
                    loop, router, new ClientResolver(Trust.DEFAULT), HttpSettings.Limits.DEFAULT, new AccessLog(false));
            channel.pipeline().addLast(connection);
            channel.pipeline().fireChannelActive();
            int half = Math.min(split, data.length);
            channel.writeInbound(Unpooled.copiedBuffer(data, 0, half));
            home.runPendingTasks();
            must(loop.unfinishedBytes() <= HELD + HELD_OF_A_BYTE * half, "held", loop.unfinishedBytes());
            if (channel.isOpen()) {
                channel.writeInbound(Unpooled.copiedBuffer(data, half, data.length - half));
            }
            home.runPendingTasks();
            channel.runPendingTasks();
            channel.checkException();
            look(channel);
            channel.finishAndReleaseAll();
            must(loop.connections() == 0, "connections left", loop.connections());
            must(loop.unfinishedBytes() == 0, "unfinished bytes left", loop.unfinishedBytes());
            must(loop.unsentBytes() == 0, "unsent bytes left", loop.unsentBytes());
            must(rates.bytes() <= rates.limitBytes(), "bytes of rates", rates.bytes());
            must(counters.unsettled() == 0, "received less outcomes", counters.unsettled());
        }

        private static void must(boolean holds, String otherwise, long count) {
            if (!holds) {
                throw new IllegalStateException(otherwise + ": " + count);
            }
        }

        private static void look(Peer channel) {
            for (Object out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
                ByteBuf bytes = (ByteBuf) out;
                String text = bytes.toString(StandardCharsets.ISO_8859_1);
                bytes.release();
                if (text.contains("HTTP/1.1 500")) {
                    throw new IllegalStateException(text);
                }
            }
        }
    }

    private static final class Peer extends EmbeddedChannel {
        @Override
        protected SocketAddress remoteAddress0() {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
        }
    }

    private record AtOnce(Counters counters) implements Collector {
        @Override
        public boolean offer(Beacon beacon, Receipt receipt) {
            return offer(List.of(beacon), receipt);
        }

        @Override
        public boolean offer(List<Beacon> beacons, Receipt receipt) {
            for (int i = 0; i < beacons.size(); i++) {
                counters.add(Outcome.STORED.counter(), beacons.get(i).siteId());
                receipt.settled(i, Outcome.STORED);
            }
            if (receipt.afterBatch() != null) {
                receipt.afterBatch().run();
            }
            return true;
        }

        @Override
        public boolean crowded(int members) {
            return false;
        }

        @Override
        public CompletableFuture<Outcome> put(Beacon beacon) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletableFuture<Outcome> put(Event event) {
            throw new UnsupportedOperationException();
        }
    }

    private static final class OneSite implements Sites {
        private final Site site = Site.of("example.com").withId(1);

        @Override
        public Site byId(int id) {
            return id == 1 ? site : null;
        }

        @Override
        public Site byDomain(String domain) {
            return site.domain().equals(domain) ? site : null;
        }

        @Override
        public Collection<Site> all() {
            return List.of(site);
        }

        @Override
        public Affiliate affiliate(int siteId, String slug) {
            return null;
        }

        @Override
        public Collection<Affiliate> affiliates(int siteId) {
            return List.of();
        }
    }
}
