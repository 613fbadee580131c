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

/**
 * Everything that reads bytes of strangers, fed with bytes of a fuzzer. An input's first byte chooses the
 * {@link Target}; an exception that escapes, an answer 500 or a beacon that is not accounted for is a find.
 */
public final class Fuzz {
    private static final String ONLY = System.getProperty("fuzz.target");

    private Fuzz() {}

    /** What the fuzzer calls. */
    public static void fuzzerTestOneInput(byte[] data) {
        if (data.length == 0) {
            return;
        }
        Target[] all = Target.values();
        Target target = ONLY == null ? all[Math.floorMod(data[0], all.length)] : Target.valueOf(ONLY);
        target.read(Arrays.copyOfRange(data, 1, data.length));
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
                wire.send(data);
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

    /** A connection without a socket: whole requests and halves, all routes, everything settled at once. */
    private static final class Wire {
        private static final InstantSource CLOCK = () -> java.time.Instant.ofEpochMilli(1_763_600_000_000L);

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
                new RateLimiter(50, 200, 1000),
                new RateLimiter(0, 0, 1000),
                new RateLimiter(0, 0, 1),
                CLOCK);

        private final Peer home = new Peer();
        private final LoopState loop = new LoopState(home.eventLoop(), CLOCK, HttpSettings.Limits.DEFAULT, 1);
        private final Router router = new Router(services, loop);

        void send(byte[] data) {
            Peer channel = new Peer();
            Connection connection = new Connection(
                    loop, router, new ClientResolver(Trust.DEFAULT), HttpSettings.Limits.DEFAULT, new AccessLog(false));
            channel.pipeline().addLast(connection);
            channel.pipeline().fireChannelActive();
            int half = data.length == 0 ? 0 : Math.floorMod(data[data.length - 1], data.length);
            channel.writeInbound(Unpooled.copiedBuffer(data, 0, half));
            if (channel.isOpen()) {
                channel.writeInbound(Unpooled.copiedBuffer(data, half, data.length - half));
            }
            home.runPendingTasks();
            channel.runPendingTasks();
            channel.checkException();
            look(channel);
            channel.finishAndReleaseAll();
            if (loop.connections() != 0) {
                throw new IllegalStateException("connections left: " + loop.connections());
            }
            if (counters.unsettled() != 0) {
                throw new IllegalStateException("received less outcomes: " + counters.unsettled());
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
