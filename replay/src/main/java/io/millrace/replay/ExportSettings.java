package io.millrace.replay;

import java.nio.file.Path;
import java.util.Objects;

/**
 * What is exported of a site, and how. Immutable.
 *
 * @param directory where the files go; made when it is not there
 * @param since UTC milliseconds: what was over before is left out; 0: everything
 * @param gzip whether files are compressed
 */
public record ExportSettings(Path directory, Format format, long since, boolean gzip) {

    /** What the files are. */
    public enum Format {
        /** The replay format: replaying all files in the order of their names brings everything back. */
        NDJSON,
        /** A table of visits, one of page views, one of events, one of payments, for other programs. */
        CSV
    }

    public ExportSettings {
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(format, "format");
    }
}
