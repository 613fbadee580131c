package io.millrace.http.internal.collect;

import io.millrace.engine.spi.AccountStore;
import io.millrace.http.internal.message.Request;
import io.millrace.wire.BeaconReader;
import io.millrace.wire.Body;

/** {@code POST /api/collect}: one beacon or an array of them, in our own JSON. */
public final class CollectRoute extends PostRoute {
    private static final int MAX_KEY = 64;

    private final BeaconReader reader = new BeaconReader();

    public CollectRoute(Intake intake) {
        super(intake, Dialect.COLLECT);
    }

    /** Reads the body, with trust when the sender has a key that covers all its sites. */
    @Override
    Body read(Request request) {
        AccountStore.Key key = intake.key(request);
        Body body = reader.read(request.body(), request.length(), key != null);
        if (key != null && !intake.covers(key, body)) {
            return reader.read(request.body(), request.length(), false);
        }
        if (key != null) {
            identify(body, request.header("idempotency-key"));
        }
        return body;
    }

    /** Members without an id get one from the request's, so that sending it again adds nothing. */
    private static void identify(Body body, String key) {
        if (key == null || key.isEmpty() || key.length() > MAX_KEY) {
            return;
        }
        for (int i = 0; i < body.members().size(); i++) {
            body.members().get(i).identify(key + '/' + i);
        }
    }
}
