package io.millrace.replay.internal;

import io.millrace.engine.Beacon;
import io.millrace.engine.Counter;
import io.millrace.engine.EventBuilder;
import io.millrace.engine.Place;
import io.millrace.engine.Position;
import io.millrace.engine.Site;
import io.millrace.engine.Sites;
import io.millrace.wire.Draft;
import io.millrace.wire.FieldError;
import io.millrace.wire.ReplayLine;
import io.millrace.wire.ReplayReader;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/** The replay format. */
public final class ReplayDecoder implements LineDecoder {
    private final Sites sites;
    private final InstantSource clock;
    private final ReplayReader reader;

    /** @param clock the time, for beacons that say how long ago they happened */
    public ReplayDecoder(Sites sites, InstantSource clock) {
        this.sites = sites;
        this.clock = clock;
        this.reader = new ReplayReader(sites);
    }

    @Override
    public void decode(byte[] line, int length, Position position, Consumer<Line> sink) {
        if (blank(line, length)) {
            sink.accept(NOTHING);
            return;
        }
        List<ReplayLine> members = reader.read(line, length);
        Line[] lines = new Line[members.size()];
        Position last = position; // a member that is refused commits nothing, so the one before it has to
        for (int i = lines.length - 1; i >= 0; i--) {
            lines[i] = line(members.get(i), last);
            last = lines[i] instanceof Refused ? last : null;
        }
        for (Line member : lines) {
            sink.accept(member);
        }
    }

    private static boolean blank(byte[] line, int length) {
        for (int i = 0; i < length; i++) {
            if (line[i] != ' ' && line[i] != '\t') {
                return false;
            }
        }
        return true;
    }

    private Line line(ReplayLine member, Position position) {
        if (member instanceof ReplayLine.OfBeacon of) {
            return beacon(of.draft(), position);
        }
        if (member instanceof ReplayLine.OfEvent of) {
            return new OfEvent(
                    EventBuilder.builder(of.event()).position(position).build());
        }
        if (member instanceof ReplayLine.OfRecord of) {
            return new OfRecord(of.kind(), of.value(), position);
        }
        ReplayLine.Refused refused = (ReplayLine.Refused) member;
        int siteId = sites.byId(refused.siteId()) == null ? 0 : refused.siteId();
        return new Refused(counter(refused.error()), siteId, refused.error().message());
    }

    private Line beacon(Draft draft, Position position) {
        Site site = draft.siteId() != 0 ? sites.byId(draft.siteId()) : sites.byDomain(draft.site());
        if (site == null) {
            return new Refused(Counter.REJECTED_SITE, 0, "unknown site");
        }
        draft.pageHost(site.domain());
        Beacon beacon = draft.toBeacon(site.id(), clock.millis(), null, null, Place.UNKNOWN)
                .position(position)
                .build();
        return new OfBeacon(beacon, draft.cleaned());
    }

    private static Counter counter(FieldError error) {
        return switch (error.code()) {
            case FieldError.MALFORMED -> Counter.REJECTED_MALFORMED;
            case FieldError.TOO_LARGE -> Counter.REJECTED_TOO_LARGE;
            case FieldError.UNKNOWN_SITE -> Counter.REJECTED_SITE;
            default -> Counter.REJECTED_FIELD;
        };
    }
}
