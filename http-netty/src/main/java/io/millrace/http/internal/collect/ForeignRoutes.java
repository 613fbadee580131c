package io.millrace.http.internal.collect;

import io.millrace.engine.HostNames;
import io.millrace.engine.Site;
import io.millrace.engine.spi.AccountStore;
import io.millrace.http.internal.message.Request;
import io.millrace.http.internal.message.Response;
import io.millrace.http.internal.message.Route;
import io.millrace.wire.Body;
import io.millrace.wire.Draft;
import io.millrace.wire.GoatCounter;
import io.millrace.wire.PlausibleReader;
import io.millrace.wire.UmamiReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The routes of other trackers, which work unchanged when they are pointed here. */
public final class ForeignRoutes {
    private static final String UMAMI_ANSWER = "{\"cache\":\"millrace\","
            + "\"sessionId\":\"00000000-0000-0000-0000-000000000000\",\"visitId\":\"00000000-0000-0000-0000-000000000000\"}";
    private static final Dialect PLAUSIBLE = new Dialect(taken -> {
        Response answer = taken.as(202, "text/plain", "ok".getBytes(StandardCharsets.US_ASCII));
        return taken.isFiltered() ? answer.with("x-plausible-dropped", "1") : answer;
    });
    private static final Dialect UMAMI = new Dialect(taken -> {
        String body = taken.isFiltered() ? "{\"beep\":\"boop\"}" : UMAMI_ANSWER;
        return taken.as(200, "application/json", body.getBytes(StandardCharsets.US_ASCII));
    });

    private ForeignRoutes() {}

    public static void addTo(Map<String, Route> routes, Intake intake) {
        routes.put("/api/event", new Plausible(intake));
        Umami umami = new Umami(intake);
        routes.put("/api/send", umami);
        routes.put("/api/batch", umami);
        routes.put("/count", new Goat(intake));
    }

    /** Plausible's tracker: JSON as {@code text/plain} or {@code application/json}. */
    private static final class Plausible extends PostRoute {
        private final PlausibleReader reader = new PlausibleReader();

        Plausible(Intake intake) {
            super(intake, PLAUSIBLE);
        }

        @Override
        Body read(Request request) {
            return reader.read(request.body(), request.length());
        }
    }

    /** Umami's tracker; its website UUID becomes a site's number. */
    private static final class Umami extends PostRoute {
        private final UmamiReader reader = new UmamiReader();

        Umami(Intake intake) {
            super(intake, UMAMI);
        }

        @Override
        Body read(Request request) {
            AccountStore.Key key = intake.key(request);
            Body body = named(reader.read(request.body(), request.length(), key != null));
            return key == null || intake.covers(key, body)
                    ? body
                    : named(reader.read(request.body(), request.length(), false));
        }

        private Body named(Body body) {
            for (Draft draft : body.members()) {
                Site site = draft.site() == null ? null : intake.umamiSite(draft.site());
                if (site != null) {
                    draft.siteIs(site.id());
                }
            }
            return body;
        }
    }

    /** GoatCounter's tracker: everything in the query, an image back. */
    private static final class Goat extends QueryRoute {
        Goat(Intake intake) {
            super(intake);
        }

        @Override
        boolean takes(Request request) {
            return request.reads() || request.is("POST");
        }

        @Override
        Draft read(Request request, Map<String, List<String>> params) {
            Site site = params.containsKey("site") ? null : intake.goatcounterSite(host(request));
            return GoatCounter.read(params, site == null ? 0 : site.id(), site == null ? null : site.domain());
        }

        private static String host(Request request) {
            String host = HostNames.of(request.header("host"));
            return host == null ? "" : host;
        }
    }
}
