package io.millrace.perf.traffic;

import io.millrace.engine.Beacon;
import io.millrace.engine.BeaconBuilder;
import io.millrace.engine.Place;
import io.millrace.wire.BeaconReader;
import java.util.ArrayList;
import java.util.List;

/** The same traffic as beacons, for benchmarks that leave HTTP out. Not thread-safe. */
public final class Beacons {
    private final Traffic traffic;
    private final World world = new World();
    private final Format format;
    private final BeaconReader reader = new BeaconReader();
    private final Bytes body = new Bytes();
    private final Hit hit = new Hit();
    private final int siteId;

    public Beacons(long seed, int siteId) {
        this.traffic = new Traffic(seed, 0, 0);
        this.siteId = siteId;
        this.format = Format.of(Format.Name.MILLRACE, Integer.toString(siteId), "example.com");
    }

    /** Draws the next page view as its collect body; the array is the caller's. */
    public byte[] nextBody() {
        traffic.next(hit);
        body.clear();
        format.encode(hit, body);
        byte[] bytes = new byte[body.length()];
        System.arraycopy(body.array(), 0, bytes, 0, bytes.length);
        return bytes;
    }

    /** Draws the next page view as the front-end would hand it to the engine. */
    public Beacon next() {
        return next(0);
    }

    /** The same with a time of its own, UTC milliseconds. */
    public Beacon next(long time) {
        byte[] bytes = nextBody();
        String agent = new String(world.agents[hit.agent], java.nio.charset.StandardCharsets.UTF_8);
        String country = new String(world.countries[hit.country], java.nio.charset.StandardCharsets.UTF_8);
        BeaconBuilder beacon = reader.read(bytes, bytes.length, false)
                .members()
                .get(0)
                .toBeacon(siteId, time, "192.0.2.1", agent, new Place(country, null, null));
        return time == 0 ? beacon.build() : beacon.time(time).trusted(true).build();
    }

    /** So many of them. */
    public List<Beacon> next(int n, long time) {
        List<Beacon> all = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            all.add(next(time));
        }
        return all;
    }
}
