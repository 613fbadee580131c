package io.millrace.engine.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.MemoryStorage;
import io.millrace.engine.spi.StorageException;
import io.millrace.engine.spi.StorageWriter;
import java.lang.reflect.Proxy;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CommandTest {
    private boolean locked;
    private final StorageWriter memory = new MemoryStorage().writer();

    private final StorageWriter writer = (StorageWriter) Proxy.newProxyInstance(
            StorageWriter.class.getClassLoader(), new Class<?>[] {StorageWriter.class}, (proxy, method, arguments) -> {
                if (locked && method.getName().equals("probe")) {
                    throw new StorageException(StorageException.Kind.RETRY, "another program holds the lock");
                }
                return method.invoke(memory, arguments);
            });

    private static Command<String> askedFor(int secondsAgo) {
        return new Command<>(w -> "done", System.nanoTime() - TimeUnit.SECONDS.toNanos(secondsAgo));
    }

    private Command<String> run(Command<String> command, boolean hopeless) {
        command.run(writer, hopeless);
        return command;
    }

    @Test
    void aChangeThatIsAskedForIsDone() {
        assertThat(run(askedFor(0), false).done()).isCompletedWithValue("done");
        assertThat(run(askedFor(6), false).done()).isCompletedWithValue("done");
    }

    @Test
    void aChangeThatHasWaitedForTenSecondsIsNotBegun() {
        assertThat(run(askedFor(11), false).done())
                .failsWithin(0, TimeUnit.SECONDS)
                .withThrowableThat()
                .withMessageContaining("nothing was done: the storage did not come to it in 10 s");
    }

    @Test
    void aChangeThatHasWaitedLongDoesNotWaitForALockAsLongAgain() {
        locked = true;
        assertThat(run(askedFor(1), false).done()).isCompletedWithValue("done");
        assertThat(run(askedFor(6), false).done())
                .failsWithin(0, TimeUnit.SECONDS)
                .withThrowableThat()
                .withMessageContaining("another program holds the lock");
    }

    @Test
    void whenTheStorageIsGivenUpNoChangeIsBegunButTheLast() {
        assertThat(run(askedFor(1), true).done())
                .failsWithin(0, TimeUnit.SECONDS)
                .withThrowableThat()
                .withMessageContaining("nothing was done: the storage did not write before it was closed");
        assertThat(run(Command.last(w -> "done"), true).done()).isCompletedWithValue("done");
    }
}
