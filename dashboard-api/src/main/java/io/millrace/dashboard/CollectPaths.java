package io.millrace.dashboard;

import java.util.List;
import java.util.stream.Stream;

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

    private static final List<String> FOREIGN = List.of("/api/event", "/api/send", "/api/batch", "/count");

    public CollectPaths {
        beacons = List.copyOf(beacons);
    }

    /**
     * What a tag must name so that a tracker at this path posts where beacons are taken.
     *
     * @return null: it does by itself, to {@code api/collect} beside it
     */
    public String ofTag(String script) {
        String own = script.substring(0, script.lastIndexOf('/') + 1) + "api/collect";
        return beacons.isEmpty() || beacons.contains(own) ? null : beacons.get(0);
    }

    /** Those that are not ours to choose: of the pixel and of other trackers. */
    public List<String> others() {
        return Stream.concat(Stream.of(pixel), foreign ? FOREIGN.stream() : Stream.empty())
                .toList();
    }
}
