package io.millrace.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Reads databases of other programs: what knows SQL hands it in. */
public interface ForeignTables {
    /** Is given rows one after the other. */
    @FunctionalInterface
    interface Rows {
        /** @param cells texts by the names of their columns; null: there is none */
        void row(Map<String, String> cells) throws IOException;
    }

    /**
     * Hands over the rows of a question, in its order.
     *
     * @throws IOException when the file is no such database, with one line for people
     */
    void each(Path file, String sql, List<String> parameters, Rows rows) throws IOException;
}
