package io.millrace.http.internal.collect;

import io.millrace.http.internal.message.Request;
import io.millrace.wire.Draft;
import io.millrace.wire.Pixel;
import java.util.List;
import java.util.Map;

/** {@code GET /p.gif}: a page view by an image, for pages without scripts. */
public final class PixelRoute extends QueryRoute {
    public PixelRoute(Intake intake) {
        super(intake);
    }

    @Override
    Draft read(Request request, Map<String, List<String>> params) {
        return Pixel.read(params, request.header("referer"));
    }
}
