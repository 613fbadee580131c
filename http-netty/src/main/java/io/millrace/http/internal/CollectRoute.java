package io.millrace.http.internal;

import io.millrace.engine.Counter;
import io.millrace.engine.Site;
import io.millrace.engine.spi.AccountStore;
import io.millrace.wire.BeaconReader;
import io.millrace.wire.Body;
import io.millrace.wire.Draft;
import io.millrace.wire.FieldError;

/** {@code POST /api/collect}: one beacon or an array of them, as JSON. */
final class CollectRoute implements Route {
    private static final int MAX_KEY = 64;
    private static final Response METHOD = Answers.json(
            405,
            "{\"error\":{\"code\":\"method_not_allowed\",\"message\":\"beacons are posted\"}}",
            "allow",
            "POST, OPTIONS");
    private static final Response TYPE = Answers.collectError(
            415, new FieldError("unsupported_type", "content type must be application/json or text/plain", null));
    private static final Response ENCODING = Answers.collectError(
            415, new FieldError("unsupported_encoding", "content encoding must be gzip or none", null));

    private final Intake intake;
    private final BeaconReader reader = new BeaconReader();
    private final Bodies bodies = new Bodies();

    CollectRoute(Intake intake) {
        this.intake = intake;
    }

    @Override
    public Response refuse(Request request) {
        if (request.is("OPTIONS")) {
            return null;
        }
        if (!request.is("POST")) {
            return intake.refuse(Counter.REJECTED_TYPE, METHOD);
        }
        if (!isJson(request.header("content-type"))) {
            return intake.refuse(Counter.REJECTED_TYPE, TYPE);
        }
        if (!Bodies.readable(request)) {
            return intake.refuse(Counter.REJECTED_TYPE, ENCODING);
        }
        return intake.overRate(request);
    }

    /** {@code application/json} or {@code text/plain}, with parameters or not. */
    static boolean isJson(String contentType) {
        if (contentType == null) {
            return false;
        }
        int end = contentType.indexOf(';');
        String type = (end < 0 ? contentType : contentType.substring(0, end)).strip();
        return type.equalsIgnoreCase("application/json") || type.equalsIgnoreCase("text/plain");
    }

    @Override
    public Response failure(int status, String code, String message) {
        Response answer = status == 503
                ? Answers.notAdmitted()
                : Answers.collectError(status, new FieldError(code, message, null));
        return intake.refuse(counter(status), answer);
    }

    private static Counter counter(int status) {
        return switch (status) {
            case 413 -> Counter.REJECTED_TOO_LARGE;
            case 503 -> Counter.SHED;
            default -> Counter.REJECTED_MALFORMED;
        };
    }

    @Override
    public void handle(Request request, Reply reply) {
        if (request.is("OPTIONS")) {
            reply.send(Answers.PREFLIGHT);
            return;
        }
        FieldError unpacked = bodies.unpack(request);
        if (unpacked != null) {
            refuse(unpacked, reply);
            return;
        }
        Body body = read(request);
        if (body.error() != null) {
            refuse(body.error(), reply);
        } else if (body.array()) {
            new ArrayIntake(intake, request, reply).take(body.members());
        } else {
            intake.take(body.members().get(0), request, reply, Dialect.COLLECT);
        }
    }

    private void refuse(FieldError error, Reply reply) {
        boolean large = error.code().equals(FieldError.TOO_LARGE);
        Counter counter = large ? Counter.REJECTED_TOO_LARGE : Counter.REJECTED_MALFORMED;
        reply.send(intake.refuse(counter, Answers.collectError(Answers.status(error), error)));
    }

    /** Reads the body, with trust when the sender has a key that covers all its sites. */
    private Body read(Request request) {
        AccountStore.Key key = intake.key(request);
        Body body = reader.read(request.body(), request.length(), key != null);
        if (key != null && !covers(key, body)) {
            return reader.read(request.body(), request.length(), false);
        }
        if (key != null) {
            identify(body, request.header("idempotency-key"));
        }
        return body;
    }

    private boolean covers(AccountStore.Key key, Body body) {
        if (key.siteId() == 0) {
            return true;
        }
        for (Draft draft : body.members()) {
            Site site = draft.error() == null ? intake.site(draft) : null;
            if (site != null && site.id() != key.siteId()) {
                return false;
            }
        }
        return true;
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
