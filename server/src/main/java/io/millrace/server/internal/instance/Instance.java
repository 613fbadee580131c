package io.millrace.server.internal.instance;

import io.millrace.dashboard.Keyring;
import io.millrace.engine.Engine;
import io.millrace.engine.spi.Fixed;
import io.millrace.http.MmdbPlaces;
import io.millrace.replay.DeadLetterFile;
import io.millrace.server.internal.config.Config;
import io.millrace.server.internal.config.Settings;
import io.millrace.server.internal.data.DataDirectory;
import io.millrace.server.internal.data.KeyFile;
import io.millrace.server.internal.jobs.Backups;
import io.millrace.storage.sqlite.DatabaseLock;
import io.millrace.storage.sqlite.Removal;
import io.millrace.storage.sqlite.RowCount;
import io.millrace.storage.sqlite.SqliteSettings;
import io.millrace.storage.sqlite.SqliteStorage;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A running engine over the data of one directory, with nothing in front of it: what {@code serve} serves, and what
 * commands work on. Thread-safe.
 */
public final class Instance implements AutoCloseable {
    private static final long WAIT_NANOS = 500_000_000;
    private static final Duration CLOSING = Duration.ofSeconds(30);

    private final DataDirectory directory;
    private volatile Config config;
    private final PrometheusRegistry metrics;
    private final SqliteStorage storage;
    private final MmdbPlaces places;
    private final Engine engine;
    private final Keyring keyring;
    private final InstantSource clock;

    @Fixed("added when the server is put together")
    private final List<Runnable> accountListeners = new CopyOnWriteArrayList<>();

    private volatile Supplier<List<String>> reload;
    private volatile String baseUrl;

    private Instance(
            DataDirectory directory,
            Config config,
            PrometheusRegistry metrics,
            SqliteStorage storage,
            MmdbPlaces places,
            Engine engine,
            Keyring keyring,
            InstantSource clock) {
        this.directory = directory;
        this.config = config;
        this.metrics = metrics;
        this.storage = storage;
        this.places = places;
        this.engine = engine;
        this.keyring = keyring;
        this.clock = clock;
        this.baseUrl = BaseUrl.of(config, config.get(Settings.PORT));
    }

    /** Opens the data for its owner. */
    public static Instance open(DataDirectory directory, DatabaseLock lock, Config config) throws IOException {
        return open(directory, lock, config, InstantSource.system());
    }

    static Instance open(DataDirectory directory, DatabaseLock lock, Config config, InstantSource clock)
            throws IOException {
        directory.clean();
        Keyring keyring = KeyFile.read(directory.key());
        SqliteSettings settings = Assembly.sqlite(config)
                .with()
                .temporaryDirectory(directory.temporary())
                .build();
        PrometheusRegistry metrics = new PrometheusRegistry();
        SqliteStorage storage = SqliteStorage.open(lock, directory.database(), settings, metrics);
        Engine.Builder builder = Engine.builder(storage)
                .settings(Assembly.engine(config))
                .clock(clock)
                .salts(directory.salts())
                .deadLetters(new DeadLetterFile(directory.deadLetters(), config.get(Settings.DEAD_LETTER_BYTES)));
        MmdbPlaces places = config.get(Settings.GEO_DATABASE) == null
                ? null
                : new MmdbPlaces(config.get(Settings.GEO_DATABASE), directory.temporary());
        if (places != null) {
            builder.enrichment(places);
        }
        return new Instance(directory, config, metrics, storage, places, builder.start(), keyring, clock);
    }

    public Engine engine() {
        return engine;
    }

    /** The database, for what only a database can do: verify, back up, prune, erase. */
    public SqliteStorage storage() {
        return storage;
    }

    /** The time. */
    InstantSource clock() {
        return clock;
    }

    /** What secrets are derived from. */
    Keyring keyring() {
        return keyring;
    }

    /** What is measured of everything that runs here. */
    PrometheusRegistry metrics() {
        return metrics;
    }

    public DataDirectory directory() {
        return directory;
    }

    public Config config() {
        return config;
    }

    /** Takes up other settings, as far as the data is concerned. */
    void takeUp(Config next) {
        config = next;
        if (places != null) {
            places.use(next.get(Settings.GEO_DATABASE));
        }
    }

    void onReload(Supplier<List<String>> reads) {
        reload = reads;
    }

    /**
     * Has the server read its settings again; answers what came of it, one line for each setting that differs. Null: there is
     * no server.
     *
     * @throws io.millrace.server.internal.config.ConfigException when they cannot be used; then nothing has changed
     */
    public List<String> reload() {
        Supplier<List<String>> reads = reload;
        return reads == null ? null : reads.get();
    }

    /** Where pages and programs reach the server, without a slash at the end. */
    public String baseUrl() {
        return baseUrl;
    }

    void listensAt(int port) {
        baseUrl = BaseUrl.of(config, port);
    }

    /** When the database of places was made, or null: there is none. */
    Instant placesOf() {
        return places == null ? null : places.madeAt();
    }

    /** The copies that are made each day, or null: there are none. */
    public Backups backups() {
        Path to = config.get(Settings.BACKUP_DIRECTORY);
        return to == null ? null : new Backups(to.toAbsolutePath(), config.get(Settings.BACKUP_KEEP));
    }

    /** Calls this whenever keys or users have changed. */
    void onAccountsChanged(Runnable listener) {
        accountListeners.add(listener);
    }

    /** To be called after keys or users have changed, so that what keeps them in memory reads them again. */
    public void accountsChanged() {
        accountListeners.forEach(Runnable::run);
    }

    /**
     * Removes something in small transactions on the store thread, between its other work.
     *
     * @param goOn is told how many rows are gone so far, and answers whether to go on
     * @return how many rows are gone
     */
    public RowCount remove(Removal removal, Predicate<RowCount> goOn) {
        return remove(removal, step -> engine.execute(writer -> step.get()), goOn);
    }

    /** The same, with how a step gets to the store thread. */
    public RowCount remove(
            Removal removal,
            Function<Supplier<Removal.Step>, CompletableFuture<Removal.Step>> onStoreThread,
            Predicate<RowCount> goOn) {
        RowCount removed = RowCount.NONE;
        Removal.Step step = new Removal.Step(RowCount.NONE, false);
        while (!step.over() && goOn.test(removed)) {
            long began = System.nanoTime();
            if (step.removed().isEmpty()) {
                removal.look();
            }
            step = onStoreThread.apply(removal::step).join();
            removed = removed.plus(step.removed());
            // As long for the page views that have waited; longer where the storage is to do something first.
            LockSupport.parkNanos(step.removed().isEmpty() && !step.over() ? WAIT_NANOS : System.nanoTime() - began);
        }
        return removed;
    }

    /**
     * Writes what was admitted and closes the data.
     *
     * @return how many events could not be stored; they are in the dead letters, if there was room
     */
    public int close(Duration atMost) {
        if (places != null) {
            places.close();
        }
        return engine.close(atMost);
    }

    @Override
    public void close() {
        close(CLOSING);
    }
}
