package io.millrace.replay.internal.imports;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** What the rows of a kind of file mean. Used for one file. */
interface Rows {
    /** The columns without which it is another file. */
    List<String> needs();

    /** Is told which columns there are. */
    default void columns(Set<String> names) {}

    /**
     * Tells the hits of a row, none where it has none that count.
     *
     * @throws BadRow when it cannot be read
     */
    void read(Row row, Consumer<Hit> hits) throws IOException;
}
