package io.millrace.http.internal.collect;

import io.millrace.engine.Counter;
import io.millrace.http.internal.message.Answers;
import io.millrace.http.internal.message.HeadCheck;
import io.millrace.http.internal.message.Reply;
import io.millrace.http.internal.message.Request;
import io.millrace.http.internal.message.Response;
import io.millrace.http.internal.message.Route;
import io.millrace.wire.Body;
import io.millrace.wire.FieldError;
import io.millrace.wire.json.JsonError;
import io.netty.handler.codec.http.HttpHeaderNames;

/** A route that beacons are posted to as JSON; what is JSON of which kind is its reader's business. */
abstract class PostRoute implements Route {
    private static final Response METHOD =
            Answers.json(405, JsonError.of("method_not_allowed", "beacons are posted", null), "allow", "POST, OPTIONS");
    private static final Response TYPE = Answers.collectError(
            415, new FieldError("unsupported_type", "neither JSON nor of a content type that says so", null));
    private static final Response ENCODING = Answers.collectError(
            415, new FieldError("unsupported_encoding", "content encoding must be gzip or none", null));

    /** As many members of an array count as one request more of an address. */
    private static final int MEMBERS_OF_ONE = 10;

    /** Members of arrays are about as long, or longer. */
    private static final int BYTES_OF_MEMBER = 128;

    final Intake intake;
    private final Dialect dialect;
    private final BodyDecoder decoder = new BodyDecoder();

    /** @param dialect how this tracker is answered */
    PostRoute(Intake intake, Dialect dialect) {
        this.intake = intake;
        this.dialect = dialect;
    }

    /** Reads the plain body. */
    abstract Body read(Request request);

    @Override
    public Response refuse(Request request) {
        if (request.is("OPTIONS")) {
            return null;
        }
        if (!request.is("POST")) {
            return intake.refuse(Counter.REJECTED_TYPE, METHOD);
        }
        if (!BodyDecoder.readable(request)) {
            return intake.refuse(Counter.REJECTED_TYPE, ENCODING);
        }
        Response limited = intake.overRate(request);
        return limited != null ? limited : crowdedOut(request);
    }

    /** {@code application/json} or {@code text/plain}, with parameters or not; scripts also send a JSON body as another. */
    private static boolean saysJson(String contentType) {
        if (contentType == null) {
            return false;
        }
        int end = contentType.indexOf(';');
        String type = (end < 0 ? contentType : contentType.substring(0, end)).strip();
        return type.equalsIgnoreCase("application/json") || type.equalsIgnoreCase("text/plain");
    }

    @Override
    public Response failure(HeadCheck.Problem problem) {
        return intake.unreadable(problem);
    }

    @Override
    public void handle(Request request, Reply reply) {
        if (request.is("OPTIONS")) {
            reply.send(Answers.preflight(request.header("access-control-request-headers")));
            return;
        }
        FieldError unpacked = decoder.unpack(request);
        if (unpacked != null) {
            refuse(unpacked, reply);
            return;
        }
        Response limited = intake.overRate(request, request.length() / Intake.BYTES_OF_ONE);
        if (limited != null) {
            reply.send(limited);
            return;
        }
        limited = crowdedOut(request);
        if (limited != null) {
            reply.send(limited);
            return;
        }
        Body body = read(request);
        limited = intake.overRate(
                request, body.members().size() / MEMBERS_OF_ONE - request.length() / Intake.BYTES_OF_ONE);
        if (limited != null) {
            reply.send(limited);
        } else if (body.error() != null && isMalformed(body) && !saysJson(request.header("content-type"))) {
            reply.send(intake.refuse(Counter.REJECTED_TYPE, TYPE));
        } else if (body.error() != null) {
            refuse(body.error(), reply);
        } else if (body.array()) {
            new ArrayIntake(intake, request, reply).take(body.members());
        } else {
            intake.take(body.members().get(0), request, reply, dialect);
        }
    }

    /** The answer to what is too long for a beacon that comes alone while there is no room for many; or null. */
    private Response crowdedOut(Request request) {
        int length =
                request.body() == null ? request.headers().getInt(HttpHeaderNames.CONTENT_LENGTH, 0) : request.length();
        return length > Intake.BYTES_OF_ONE && intake.crowded(request, length / BYTES_OF_MEMBER)
                ? intake.refuse(Counter.SHED, Answers.notAdmitted())
                : null;
    }

    private static boolean isMalformed(Body body) {
        return body.error().code().equals(FieldError.MALFORMED);
    }

    private void refuse(FieldError error, Reply reply) {
        reply.send(intake.unreadable(Answers.status(error), error));
    }
}
