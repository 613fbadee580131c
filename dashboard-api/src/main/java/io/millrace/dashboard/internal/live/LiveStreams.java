package io.millrace.dashboard.internal.live;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import io.millrace.dashboard.Api;
import io.millrace.dashboard.ApiResponse;
import io.millrace.dashboard.DashboardSettings;
import io.millrace.dashboard.internal.limit.Claim;
import io.millrace.dashboard.internal.limit.Digest;
import io.millrace.dashboard.internal.report.Realtime;
import io.millrace.dashboard.internal.report.ReportKind;
import io.millrace.dashboard.internal.request.ApiAnswers;
import io.millrace.dashboard.internal.request.ApiException;
import io.millrace.dashboard.internal.request.Call;
import io.millrace.dashboard.internal.request.Operation;
import io.millrace.dashboard.internal.request.Permission;
import io.millrace.dashboard.internal.request.Principal;
import io.millrace.dashboard.internal.shape.RecordJson;
import io.millrace.engine.Engine;
import io.millrace.engine.Site;
import io.millrace.engine.spi.Bounded;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pushes who is there now to everybody who watches. One thread makes each site's event once a second, sends it when it
 * differs from the last one, and a comment line when nothing was sent for 15 s. Thread-safe.
 */
public final class LiveStreams implements AutoCloseable {
    /** What ends a stream from this side: no event is empty. */
    static final byte[] END = new byte[0];

    private static final Logger LOG = LoggerFactory.getLogger(LiveStreams.class);
    private static final int PER_USER = 32;
    private static final int RETRY_SECONDS = 15;
    private static final int SILENT_TICKS = 15;
    private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.UTF_8);
    private final Engine engine;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(new ThreadFactoryBuilder()
                    .setNameFormat("millrace-live")
                    .setDaemon(true)
                    .build());

    /** Read and written by the one thread. */
    @Bounded("live_streams")
    private final Set<Opened> streams = new LinkedHashSet<>();

    private final StreamLimits limits;
    private final UnaryOperator<Principal> again;

    /** @param again says who somebody is at the moment that has asked before */
    public LiveStreams(Engine engine, DashboardSettings settings, UnaryOperator<Principal> again) {
        this.engine = engine;
        this.again = again;
        limits = new StreamLimits(
                new StreamLimits.Places(
                        settings.streams(),
                        settings.streams() / 4,
                        PER_USER,
                        settings.streamsPerNetwork(),
                        settings.streamsPerLink()),
                engine.bounds());
    }

    /** Begins to push. */
    public void start() {
        thread.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
    }

    /**
     * Opens a stream.
     *
     * @param call the caller's: streams of a user are counted together, those of guests by network and by link
     * @param allowed asked before each event: whether the caller may still see the site; kept as long as the stream is
     *     open, so it must not hold the request, which may be long
     */
    public Api.Stream open(Call call, Site site, BooleanSupplier allowed, Consumer<byte[]> send) {
        StreamLimits.Holder holder = holder(call);
        if (!limits.admit(holder)) {
            return refused(ApiAnswers.error(ApiException.tooMany(RETRY_SECONDS)));
        }
        Opened opened = new Opened(holder, site.id(), allowed, send);
        onThread(() -> {
            if (!opened.closed.get() && tick(opened, new HashMap<>())) {
                streams.add(opened);
            }
        });
        return opened;
    }

    private Api.Stream open(Call call, Consumer<byte[]> send) {
        Site site = call.site();
        Principal principal = call.principal();
        return open(call, site, () -> again.apply(principal).may(Permission.READ, site.id()), send);
    }

    /** Takes how many streams a network and a link may have. */
    public void set(DashboardSettings settings) {
        limits.set(settings.streamsPerNetwork(), settings.streamsPerLink());
    }

    private static StreamLimits.Holder holder(Call call) {
        Principal principal = call.principal();
        if (principal.known()) {
            Digest user = principal.user() != null
                    ? Digest.of("user", principal.user().id())
                    : Digest.of("key", principal.key().id());
            return new StreamLimits.Holder(user, null, null);
        }
        Claim claim = Claim.guest(call);
        return new StreamLimits.Holder(null, claim.network(), claim.group());
    }

    public List<Operation> operations() {
        return List.of(Operation.get(
                        ReportKind.PATH + "live",
                        Permission.READ,
                        "The same as realtime, as a stream of events on change")
                .withAny()
                .opens(this::open)
                .by(call -> {
                    throw onlyAStream();
                }));
    }

    /** What a path of streams answers to whoever does not open one. */
    public static ApiException onlyAStream() {
        return new ApiException(406, "not_acceptable", "this path is a stream of events");
    }

    /** No stream, but an answer. */
    public static Api.Stream refused(ApiResponse answer) {
        return new Refused(answer);
    }

    private record Refused(ApiResponse refusal) implements Api.Stream {
        @Override
        public void close() {}
    }

    /** A stream that is open. What was sent last is the one thread's. */
    private final class Opened implements Api.Stream {
        private final StreamLimits.Holder holder;
        private final int siteId;
        private final BooleanSupplier allowed;
        private final Consumer<byte[]> send;
        private final AtomicBoolean closed = new AtomicBoolean();
        private Digest last;
        private int silent;

        private Opened(StreamLimits.Holder holder, int siteId, BooleanSupplier allowed, Consumer<byte[]> send) {
            this.holder = holder;
            this.siteId = siteId;
            this.allowed = allowed;
            this.send = send;
        }

        @Override
        public ApiResponse refusal() {
            return null;
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                limits.leave(holder);
                onThread(() -> streams.remove(this));
            }
        }
    }

    private void onThread(Runnable work) {
        try {
            thread.execute(work);
        } catch (RejectedExecutionException e) {
            LOG.debug("closed already");
        }
    }

    /** What is sent, and what tells whether it was sent before: nobody keeps the bytes. */
    private record Event(byte[] bytes, Digest digest) {}

    /** One round over all streams. */
    void tick() {
        Map<Integer, Event> events = new HashMap<>();
        streams.removeIf(open -> !tick(open, events));
    }

    /** Whether the stream goes on. */
    private boolean tick(Opened open, Map<Integer, Event> events) {
        try {
            Site site = engine.sites().byId(open.siteId);
            if (site == null || !open.allowed.getAsBoolean()) {
                open.send.accept(END);
                return false;
            }
            Event event = events.computeIfAbsent(open.siteId, id -> event(site));
            open.silent++;
            if (!event.digest().equals(open.last)) {
                open.last = event.digest();
                open.silent = 0;
                open.send.accept(event.bytes());
            } else if (open.silent >= SILENT_TICKS) {
                open.silent = 0;
                open.send.accept(COMMENT);
            }
            return true;
        } catch (RuntimeException e) {
            LOG.warn("a live stream failed: {}", e.toString());
            return true;
        }
    }

    private Event event(Site site) {
        byte[] json = RecordJson.write(Realtime.of(site, engine));
        ByteArrayOutputStream out = new ByteArrayOutputStream(json.length + 32);
        out.writeBytes("event: live\ndata: ".getBytes(StandardCharsets.UTF_8));
        out.writeBytes(json);
        out.writeBytes("\n\n".getBytes(StandardCharsets.UTF_8));
        return new Event(out.toByteArray(), Digest.of(new String(json, StandardCharsets.UTF_8)));
    }

    public int open() {
        return limits.open();
    }

    @Override
    public void close() {
        onThread(() -> {
            streams.forEach(open -> open.send.accept(END));
            streams.clear();
        });
        thread.shutdown();
    }
}
