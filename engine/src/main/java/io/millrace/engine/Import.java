package io.millrace.engine;

import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * A file of another tracker whose rows were brought in. Immutable.
 *
 * @param id 0 until a storage has given it one
 * @param kind what the file is of, in lower case
 * @param name the file's
 * @param hash hexadecimal SHA-256 of the file, by which it is known again
 * @param startedAt UTC milliseconds
 * @param finishedAt UTC milliseconds; 0: it goes on when it is run again
 * @param pageViews how many page views the file has
 * @param events how many custom events the file has
 */
@RecordBuilder
@RecordBuilder.Options(enableGetters = false)
public record Import(
        int id,
        int siteId,
        String kind,
        String name,
        String hash,
        long startedAt,
        long finishedAt,
        long pageViews,
        long events)
        implements ImportBuilder.With {
    private static final String SOURCE = "import:";

    /** What positions in its file are kept under; visits that its rows open are the import's. */
    public String source() {
        return SOURCE + id;
    }

    /** The id of the import that a position is in; 0: it is in another source. */
    public static int of(Position position) {
        return position != null && position.source().startsWith(SOURCE)
                ? Integer.parseInt(position.source().substring(SOURCE.length()))
                : 0;
    }

    /**
     * What is stored of an import on a day.
     *
     * @param epochDay of the site, days since 1970-01-01
     */
    public record Day(int epochDay, long pageViews, long events) {}
}
