package io.millrace.replay;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Objects;

/**
 * What is imported, and how. Immutable.
 *
 * @param siteId whose it becomes
 * @param zone what times are in that do not say so
 * @param lenient whether rows that cannot be read are left out and named; else the whole file is refused
 */
public record ImportSettings(ImportKind kind, Path file, int siteId, ZoneId zone, boolean lenient) {
    public ImportSettings {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(zone, "zone");
    }
}
