package io.millrace.http.internal;

import io.millrace.engine.SteadyClock;
import io.millrace.engine.spi.Fixed;
import io.millrace.http.HttpSettings;
import io.millrace.http.Latencies;
import io.millrace.http.internal.client.ClientResolver;
import io.millrace.http.internal.collect.ServerContext;
import io.millrace.http.internal.connection.AccessLog;
import io.millrace.http.internal.connection.Admission;
import io.millrace.http.internal.connection.Connection;
import io.millrace.http.internal.connection.ConnectionLimiter;
import io.millrace.http.internal.connection.HeapReceiveAllocator;
import io.millrace.http.internal.connection.LatencyCounts;
import io.millrace.http.internal.connection.LoopState;
import io.millrace.http.internal.connection.Tls;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannelRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToLongFunction;

/** The listening socket, the event loops, and what each connection's pipeline is made of. */
public final class HttpServer {
    /** Connections that may wait in the kernel: beyond them it lets clients come again after a second, and then three. */
    private static final int BACKLOG = 2048;

    private static final int ACCEPTED_AT_ONCE = 32;
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(16 << 10, 32 << 10);
    /** Memory of a connection on which nothing happens: channel, pipeline and {@link Connection}. */
    private static final int CONNECTION_BYTES = 2560;

    private static final long TICK_MILLIS = 100;
    private static final long SWEEP_SECONDS = 1;
    private static final long RELOAD_SECONDS = 60;

    private record Worker(LoopState loop, Router router) {}

    private final HttpSettings settings;
    private final InstantSource steady;
    private final ServerContext context;
    private final ClientResolver clients;
    private final ConnectionLimiter limiter;
    private final Tls tls;
    private final MultiThreadIoEventLoopGroup acceptor;
    private final MultiThreadIoEventLoopGroup group;

    @Fixed("one for each event loop")
    private final Map<EventLoop, Worker> workers = new IdentityHashMap<>();

    private Channel listener;
    private volatile AccessLog log;

    /** Makes everything; listens to nothing yet. */
    public HttpServer(ServerContext context) {
        this.context = context;
        settings = context.settings();
        steady = SteadyClock.of(context.clock());
        clients = new ClientResolver(settings.trust());
        limiter = new ConnectionLimiter(settings.limits(), clients);
        log = new AccessLog(settings.accessLog());
        tls = settings.tls() == null
                ? null
                : new Tls(settings.tls(), settings.limits().requestTime());
        acceptor = new MultiThreadIoEventLoopGroup(1, threads("millrace-accept-"), NioIoHandler.newFactory());
        group = new MultiThreadIoEventLoopGroup(settings.loops(), threads("millrace-http-"), NioIoHandler.newFactory());
        for (EventExecutor executor : group) {
            worker((EventLoop) executor);
        }
    }

    private void tick(LoopState loop) {
        loop.tick();
        int surplus = limiter.surplus();
        if (surplus > 0) {
            loop.closeQuiet(Math.max(1, surplus / settings.loops()));
        }
    }

    /** Says what strangers can make grow here, and how far. */
    private void register() {
        HttpSettings.Limits limits = settings.limits();
        String name = settings.name();
        context.bounds().add(name + "_unfinished", limits.unfinishedBytes(), () -> sum(LoopState::unfinishedBytes));
        context.bounds().add(name + "_unsent", limits.unsentBytes(), () -> sum(LoopState::unsentBytes));
        context.bounds().add(name + "_addresses", context.addressRates().limitBytes(), context.addressRates()::bytes);
        context.bounds()
                .add(
                        name + "_connections",
                        (long) limiter.limit() * CONNECTION_BYTES,
                        () -> (long) limiter.open() * CONNECTION_BYTES);
    }

    private long sum(ToLongFunction<LoopState> part) {
        return workers.values().stream().map(Worker::loop).mapToLong(part).sum();
    }

    private static ThreadFactory threads(String name) {
        AtomicInteger next = new AtomicInteger();
        return work -> new FastThreadLocalThread(work, name + next.getAndIncrement());
    }

    private void worker(EventLoop executor) {
        HttpSettings.Limits limits = settings.limits();
        LoopState loop = new LoopState(executor, context.clock(), limits, settings.loops());
        workers.put(executor, new Worker(loop, new Router(context, loop)));
        executor.scheduleAtFixedRate(() -> tick(loop), TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Listens. @throws UncheckedIOException when it cannot */
    public void listen() {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(acceptor, group)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new ServerChannelRecvByteBufAllocator().maxMessagesPerRead(ACCEPTED_AT_ONCE))
                .handler(new Admission(limiter, group.next()))
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_SNDBUF, Connection.SEND_BUFFER)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, new HeapReceiveAllocator())
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .childHandler(new Initializer());
        try {
            listener = bootstrap.bind(settings.host(), settings.port()).sync().channel();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while binding", e);
        } catch (Exception e) {
            if (e instanceof UnresolvedAddressException) {
                throw new UncheckedIOException(new IOException(settings.host() + ": there is no such host", e));
            }
            if (e instanceof IOException) {
                throw new UncheckedIOException(
                        new IOException(settings.host() + ":" + settings.port() + ": " + e.getMessage(), e));
            }
            throw e;
        }
        register();
        EventExecutor housekeeper = group.next();
        housekeeper.scheduleAtFixedRate(this::sweepRates, SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
        if (tls != null) {
            housekeeper.scheduleAtFixedRate(tls::reload, RELOAD_SECONDS, RELOAD_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** Takes other limits, certificates and the wish for a log; whatever has its size from the start keeps it. */
    public void reload(HttpSettings next) {
        HttpSettings.Limits was = settings.limits();
        HttpSettings.Limits limits = next.limits()
                .with()
                .bodyBytes(was.bodyBytes())
                .unfinishedBytes(was.unfinishedBytes())
                .unsentBytes(was.unsentBytes())
                .connections(was.connections())
                .addresses(was.addresses())
                .build();
        workers.values().forEach(worker -> worker.loop().setLimits(limits));
        context.setRates(limits);
        limiter.setPerAddress(limits.connectionsPerAddress());
        log = new AccessLog(next.accessLog());
        if (tls != null && next.tls() != null) {
            tls.use(next.tls());
        }
    }

    private void sweepRates() {
        long now = steady.millis() * 1_000_000;
        context.addressRates().sweep(now);
        context.siteRates().sweep(now);
    }

    /** The port that is listened to. */
    public int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    /** Connections open now. */
    public int connections() {
        return limiter.open();
    }

    /** Why its clients may not be told apart, for people; or null. */
    public String suspicion() {
        return workers.values().stream()
                .map(worker -> worker.loop().suspicion())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** How long beacons have waited for their answers, from admission on. */
    public Latencies acknowledgements() {
        long[] sums = new long[LatencyCounts.length()];
        workers.values().forEach(worker -> worker.loop().acknowledgements().addTo(sums));
        List<Long> counts = Arrays.stream(sums).limit(sums.length - 1).boxed().toList();
        return new Latencies(counts, sums[sums.length - 1] / 1e9);
    }

    /** Listens no more, ends idle connections, and waits until every request that has arrived is answered. */
    public void drain(Duration atMost) {
        listener.close().awaitUninterruptibly();
        CompletableFuture<?>[] quiet =
                workers.values().stream().map(w -> quiet(w.loop())).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(quiet).get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // Who is not answered by now will see the connection close.
        }
    }

    private static CompletableFuture<Void> quiet(LoopState loop) {
        CompletableFuture<Void> quiet = new CompletableFuture<>();
        loop.executor().execute(() -> {
            loop.drain();
            look(loop, quiet);
        });
        return quiet;
    }

    private static void look(LoopState loop, CompletableFuture<Void> quiet) {
        if (loop.quiet()) {
            quiet.complete(null);
        } else {
            loop.executor().schedule(() -> look(loop, quiet), 10, TimeUnit.MILLISECONDS);
        }
    }

    /** Closes every connection and ends the loops. */
    public void close() {
        if (group.isShuttingDown()) {
            return;
        }
        if (listener != null) {
            listener.close().awaitUninterruptibly();
        }
        for (Worker worker : workers.values()) {
            worker.loop().executor().execute(worker.loop()::closeAll);
        }
        acceptor.shutdownGracefully(0, 5, TimeUnit.SECONDS);
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly(6, TimeUnit.SECONDS);
        acceptor.terminationFuture().awaitUninterruptibly(6, TimeUnit.SECONDS);
    }

    /** Sets up each connection. */
    private final class Initializer extends ChannelInitializer<SocketChannel> {

        @Override
        protected void initChannel(SocketChannel channel) {
            Worker worker = workers.get(channel.eventLoop());
            Connection connection = new Connection(
                    worker.loop(), worker.router(), clients, worker.loop().limits(), log);
            if (tls != null) {
                channel.pipeline().addLast(tls.handler(channel.alloc()));
            }
            channel.pipeline().addLast(connection);
        }
    }
}
