package io.millrace.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.Beacon;
import io.millrace.engine.Place;

/** What tests of readers look at: the beacon that was read. */
final class OneBeacon {
    private OneBeacon() {}

    /** Of a draft in which nothing is wrong, at site 1. */
    static Beacon beacon(Draft draft) {
        assertThat(draft.error()).isNull();
        draft.pageHost("site.example");
        return draft.toBeacon(1, 0, null, null, Place.UNKNOWN).build();
    }
}
