package io.millrace.perf.jmh;

import io.millrace.engine.Affiliate;
import io.millrace.engine.MemoryStorage;
import io.millrace.engine.Site;
import io.millrace.engine.Visit;
import io.millrace.engine.spi.AccountStore;
import io.millrace.engine.spi.Batch;
import io.millrace.engine.spi.Storage;
import io.millrace.engine.spi.StorageReader;
import io.millrace.engine.spi.StorageWriter;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Keeps sites and forgets batches, so that a benchmark sees the engine alone. */
public final class ForgetfulStorage implements Storage, StorageWriter {
    private final Storage memory = new MemoryStorage();
    private final Consumer<Batch> witness;

    public ForgetfulStorage() {
        this(batch -> {});
    }

    /**
     * @param witness shown every batch, on the store thread
     */
    public ForgetfulStorage(Consumer<Batch> witness) {
        this.witness = witness;
    }

    @Override
    public StorageWriter writer() {
        return this;
    }

    @Override
    public StorageReader reader() {
        return memory.reader();
    }

    @Override
    public AccountStore accounts() {
        return memory.accounts();
    }

    @Override
    public void write(Batch batch) {
        witness.accept(batch);
    }

    @Override
    public long lastVisitId() {
        return 0;
    }

    @Override
    public Catalog catalog() {
        return memory.writer().catalog();
    }

    @Override
    public Optional<Found> findVisit(Visit.Key key, long startedFrom, long startedTo, long activeSince) {
        return Optional.empty();
    }

    @Override
    public boolean contains(int siteId, String id, long from, long to) {
        return false;
    }

    @Override
    public Optional<Visit.View> findView(Visit visit, String viewId) {
        return Optional.empty();
    }

    @Override
    public List<Visit> activeSince(long since, int limit) {
        return List.of();
    }

    @Override
    public Site saveSite(Site site) {
        return memory.writer().saveSite(site);
    }

    @Override
    public void removeSite(int siteId) {
        memory.writer().removeSite(siteId);
    }

    @Override
    public Affiliate saveAffiliate(Affiliate affiliate) {
        return memory.writer().saveAffiliate(affiliate);
    }

    @Override
    public void removeAffiliate(int affiliateId) {
        memory.writer().removeAffiliate(affiliateId);
    }

    @Override
    public void close() {
        memory.close();
    }
}
