package io.millrace.engine;

import io.millrace.engine.spi.AccountStore;
import io.millrace.engine.spi.Batch;
import io.millrace.engine.spi.Storage;
import io.millrace.engine.spi.StorageReader;
import io.millrace.engine.spi.StorageWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;

/** A storage around another one, whose writes a test makes fail before or after they have happened. */
public final class FlakyStorage implements Storage {
    private final Storage inner;
    private final StorageWriter writer;

    /**
     * @param before called with each batch before it is written; what it throws is what the engine sees
     */
    public FlakyStorage(Storage inner, Consumer<Batch> before) {
        this(inner, before, () -> {});
    }

    /**
     * @param before called with each batch before it is written; what it throws is what the engine sees
     * @param probed called when the engine asks whether the storage writes; the same
     */
    public FlakyStorage(Storage inner, Consumer<Batch> before, Runnable probed) {
        this.inner = inner;
        this.writer = (StorageWriter) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {StorageWriter.class}, (proxy, method, args) -> {
                    if (method.getName().equals("write")) {
                        before.accept((Batch) args[0]);
                    } else if (method.getName().equals("probe")) {
                        probed.run();
                    }
                    try {
                        return method.invoke(inner.writer(), args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Override
    public StorageWriter writer() {
        return writer;
    }

    @Override
    public StorageReader reader() {
        return inner.reader();
    }

    @Override
    public AccountStore accounts() {
        return inner.accounts();
    }

    @Override
    public void close() {
        inner.close();
    }
}
