package io.millrace.replay.internal.imports;

import io.millrace.engine.Agent;
import io.millrace.wire.json.JsonObject;

/**
 * A page view or event of a row.
 *
 * @param time UTC milliseconds
 * @param beacon what a client would have sent, see docs/collect.md
 * @param around what stands around a beacon in the replay format: place, address and agent
 * @param agent what the visitor's agent is, where the file says no user agent; or null
 */
record Hit(long time, JsonObject beacon, JsonObject around, Agent agent) {
    boolean event() {
        return "event".equals(beacon.get("type"));
    }

    /** Sets a member that is not absent. */
    static void put(JsonObject to, String name, Object value) {
        if (value != null) {
            to.put(name, value);
        }
    }
}
