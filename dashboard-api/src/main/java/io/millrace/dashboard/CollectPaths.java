package io.millrace.dashboard;

import java.util.List;

/**
 * Where a front-end takes beacons, for the OpenAPI document. Immutable.
 *
 * @param beacons paths that take our own; empty: it takes none at all
 * @param pixel the path of the image for pages without scripts
 * @param foreign whether the routes of other trackers are there
 */
public record CollectPaths(List<String> beacons, String pixel, boolean foreign) {
    /** Those of a server that nobody has set up otherwise. */
    public static final CollectPaths DEFAULT = new CollectPaths(List.of("/api/collect"), "/p.gif", true);

    public CollectPaths {
        beacons = List.copyOf(beacons);
    }
}
