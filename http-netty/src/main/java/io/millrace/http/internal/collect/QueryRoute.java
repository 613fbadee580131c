package io.millrace.http.internal.collect;

import io.millrace.engine.Counter;
import io.millrace.engine.UrlText;
import io.millrace.http.internal.message.Answers;
import io.millrace.http.internal.message.HeadCheck;
import io.millrace.http.internal.message.Reply;
import io.millrace.http.internal.message.Request;
import io.millrace.http.internal.message.Response;
import io.millrace.http.internal.message.Route;
import io.millrace.wire.Draft;
import io.millrace.wire.json.JsonError;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** A route of beacons that stand in the query and are answered by an image. */
abstract class QueryRoute implements Route {
    /** One transparent dot. */
    private static final byte[] GIF =
            Base64.getDecoder().decode("R0lGODlhAQABAIAAAAAAAAAAACH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==");

    private static final Dialect IMAGE = new Dialect(taken -> taken.as(200, "image/gif", GIF)
            .with("cache-control", "no-store")
            .with("cross-origin-resource-policy", "cross-origin"));
    /** The answer to who asks what the image is: nothing was shown to anybody, so nothing counts. */
    private static final Response LOOKED_AT = Answers.collect(200).as(200, "image/gif", GIF);

    private static final Response METHOD = Answers.json(
            405, JsonError.of("method_not_allowed", "only GET and HEAD", null), "allow", "GET, HEAD, OPTIONS");

    final Intake intake;

    QueryRoute(Intake intake) {
        this.intake = intake;
    }

    /** Reads the beacon. */
    abstract Draft read(Request request, Map<String, List<String>> params);

    /** Whether a beacon may come by this method. */
    boolean takes(Request request) {
        return request.reads();
    }

    @Override
    public Response refuse(Request request) {
        if (request.is("OPTIONS") || request.is("HEAD")) {
            return null;
        }
        return takes(request) ? intake.overRate(request) : intake.refuse(Counter.REJECTED_TYPE, METHOD);
    }

    @Override
    public Response failure(HeadCheck.Problem problem) {
        return intake.unreadable(problem);
    }

    @Override
    public void handle(Request request, Reply reply) {
        if (request.is("OPTIONS")) {
            reply.send(Answers.preflight(request.header("access-control-request-headers")));
        } else if (request.is("HEAD")) {
            reply.send(LOOKED_AT);
        } else {
            intake.take(read(request, UrlText.params(request.query())), request, reply, IMAGE);
        }
    }
}
