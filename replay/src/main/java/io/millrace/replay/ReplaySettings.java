package io.millrace.replay;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * What is replayed, and how. Immutable.
 *
 * @param files read one after the other; when followed, side by side
 * @param siteId the site of lines that cannot name one (access logs); 0: the only site that there is
 * @param follow whether to wait for more at the end of each file, also when it is rotated; compressed files just end
 * @param again whether to read from the start, whatever was read before
 */
public record ReplaySettings(List<Path> files, Format format, int siteId, boolean follow, boolean again) {

    /** What the lines are. */
    public enum Format {
        /** One JSON object a line: beacons, events, or bare collect bodies. */
        REPLAY,
        /** The combined log format of nginx and Apache: its page views. */
        COMBINED
    }

    public ReplaySettings {
        files = List.copyOf(files);
        Objects.requireNonNull(format, "format");
    }

    /** Reads these files to their ends, from where they were left last time. */
    public static ReplaySettings of(Path... files) {
        return new ReplaySettings(List.of(files), Format.REPLAY, 0, false, false);
    }
}
