package io.millrace.wire;

import io.millrace.engine.Sites;
import io.millrace.wire.json.Json;
import io.millrace.wire.json.JsonCursor;
import io.millrace.wire.json.JsonNames;
import io.millrace.wire.json.JsonNumbers;
import io.millrace.wire.json.MalformedJson;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;

/**
 * Reads lines of the replay format: {@code {"v":1,"time":...,"beacon":{...},"ip":...}}, {@code {"v":1,"time":...,
 * "event":{...}}}, or a bare collect body. Whatever bytes it is given it answers; it never throws. Not thread-safe.
 */
public final class ReplayReader {
    private static final long VERSION = 1;

    private enum Part {
        V,
        BEACON,
        EVENT,
        TIME,
        IP,
        USER_AGENT,
        COUNTRY,
        REGION,
        CITY,
        EXPORT,
        SITE,
        AFFILIATE,
        GOAL,
        EXCLUSION,
        FUNNEL,
        SEGMENT,
        ANNOTATION,
        VISIT,
        FILTERED,
        LEDGER,
        CONVERSION,
        PAYOUT;

        /** Whether it holds what an export tells, so that nothing else of the line matters. */
        boolean record() {
            return compareTo(EXPORT) >= 0;
        }

        static final JsonNames<Part> NAMES = new JsonNames<>(values());
    }

    private final Sites sites;
    private final BeaconReader bare = new BeaconReader();
    private final JsonCursor json = new JsonCursor();

    /** @param sites where the sites and affiliates that events name are found */
    public ReplayReader(Sites sites) {
        this.sites = sites;
    }

    /**
     * Reads a line.
     *
     * @param bytes not changed and not kept; only the first {@code length} are read
     * @return one member; of a bare body that is an array, one for each member of it
     */
    public List<ReplayLine> read(byte[] bytes, int length) {
        try {
            json.open(bytes, length, Limits.MAX_DEPTH);
            if (!json.at('{') || !versioned()) {
                return bare(bytes, length);
            }
            json.open(bytes, length, Limits.MAX_DEPTH);
            return List.of(line());
        } catch (MalformedJson e) {
            return List.of(new ReplayLine.Refused(FieldError.malformed(e.getMessage()), 0));
        }
    }

    private boolean versioned() throws MalformedJson {
        boolean found = false;
        for (boolean more = json.enter('}'); more; more = json.next('}')) {
            found |= json.name(Part.NAMES) == Part.V;
            json.skip();
        }
        json.end();
        return found;
    }

    private List<ReplayLine> bare(byte[] bytes, int length) {
        Body body = bare.read(bytes, length, true);
        return body.error() != null
                ? List.of(new ReplayLine.Refused(body.error(), 0))
                : body.members().stream().map(ReplayReader::checked).toList();
    }

    private ReplayLine line() throws MalformedJson {
        Draft around = new Draft();
        Draft draft = null;
        EventReader event = null;
        ReplayLine.OfRecord record = null;
        for (boolean more = json.enter('}'); more; more = json.next('}')) {
            Part part = json.name(Part.NAMES);
            if (part == null) {
                json.skip();
            } else if (part == Part.BEACON) {
                draft = BeaconReader.draft(json, true);
            } else if (part == Part.EVENT) {
                event = EventReader.read(json);
            } else if (part.record()) {
                record = new ReplayLine.OfRecord(part.name().toLowerCase(Locale.ROOT), Json.value(json));
            } else {
                around(part, around);
            }
        }
        json.end();
        if (around.error != null) {
            return new ReplayLine.Refused(around.error, 0);
        }
        if (record != null) {
            return record;
        }
        if (event != null) {
            return event.line(sites, around.time);
        }
        return draft == null
                ? refused(FieldError.missing("beacon", "a line has a beacon or an event"))
                : of(draft, around);
    }

    private void around(Part part, Draft around) throws MalformedJson {
        if (part == Part.V) {
            version(around);
        } else {
            Field.valueOf(part.name()).read(json, around);
        }
    }

    private void version(Draft around) throws MalformedJson {
        Long version = null;
        if (json.atNumber()) {
            version = JsonNumbers.toLong(json.number(), RoundingMode.UNNECESSARY);
        } else {
            json.skip();
        }
        if (version == null || version != VERSION) {
            around.refuse(FieldError.invalid("v", "must be " + VERSION));
        }
    }

    /** What stands around a beacon wins over what it says itself. */
    private static ReplayLine of(Draft draft, Draft around) {
        around.cleaned().forEach(cleaned -> draft.clean(cleaned.field(), cleaned.reason()));
        draft.time = around.time != 0 ? around.time : draft.time;
        draft.beacon.address(around.beacon.address() != null ? around.beacon.address() : draft.beacon.address());
        draft.beacon.userAgent(
                around.beacon.userAgent() != null ? around.beacon.userAgent() : draft.beacon.userAgent());
        draft.country = around.country != null ? around.country : draft.country;
        draft.region = around.region != null ? around.region : draft.region;
        draft.city = around.city != null ? around.city : draft.city;
        return checked(draft);
    }

    private static ReplayLine checked(Draft draft) {
        if (draft.beacon.visitorId() == null && draft.beacon.address() == null && draft.beacon.sessionId() == null) {
            draft.refuse(FieldError.missing("visitor_id", "or ip or session_id is required: whose is it?"));
        }
        return draft.error != null ? new ReplayLine.Refused(draft.error, draft.siteId) : new ReplayLine.OfBeacon(draft);
    }

    private static ReplayLine refused(FieldError error) {
        return new ReplayLine.Refused(error, 0);
    }
}
