package io.millrace.storage.sqlite.internal.connection;

import io.millrace.engine.spi.StorageException;
import io.millrace.engine.spi.StorageException.Kind;
import org.sqlite.SQLiteJDBCLoader;

/**
 * SQLite itself, which the driver unpacks into a directory and loads from there: {@code org.sqlite.tmpdir}, or the system's for
 * temporary files. Some file systems forbid that.
 */
public final class NativeLibrary {
    private static final String PLACE = "org.sqlite.tmpdir";

    private NativeLibrary() {}

    /** Loads it, unless it is loaded; from the system's directory where the other one forbids it. */
    public static synchronized void load() {
        String place = System.getProperty(PLACE);
        Exception refused = tryToLoad();
        if (refused != null && place != null) {
            System.clearProperty(PLACE);
            refused = tryToLoad();
            System.setProperty(PLACE, place);
        }
        if (refused != null) {
            String temporary = System.getProperty("java.io.tmpdir");
            throw new StorageException(
                    Kind.FATAL,
                    "SQLite's library cannot be loaded from " + (place == null ? "" : place + " nor from ") + temporary
                            + ", maybe mounted noexec: name a directory that allows it by the option -D" + PLACE
                            + "=DIR",
                    refused);
        }
    }

    private static Exception tryToLoad() {
        try {
            return SQLiteJDBCLoader.initialize() ? null : new IllegalStateException("not loaded");
        } catch (Exception e) {
            return e;
        }
    }
}
