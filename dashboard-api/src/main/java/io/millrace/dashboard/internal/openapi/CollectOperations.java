package io.millrace.dashboard.internal.openapi;

import io.millrace.dashboard.CollectPaths;
import io.millrace.dashboard.internal.request.Form;
import io.millrace.dashboard.internal.request.Input;
import io.millrace.dashboard.internal.request.Operation;
import io.millrace.dashboard.internal.request.Permission;
import io.millrace.dashboard.internal.shape.Shape.Omittable;
import java.util.ArrayList;
import java.util.List;

/** What a front-end does with beacons, as operations that the document tells of and nobody here answers. */
final class CollectOperations {
    private static final int MAX = Integer.MAX_VALUE;
    private static final Input SITE = Input.text("site", "The domain of a site, instead of its id");
    private static final Input SITE_ID = Input.whole("site_id", 1, MAX, "This or site must be given");
    private static final Input TITLE = Input.text("title", null);
    private static final Input URL = Input.text("url", "Of the page, 4,096 bytes at most; or pathname with hostname");
    private static final Input PROPS = Input.object("props", "Properties of a custom event: up to 30 texts by name");
    private static final Input REVENUE = Input.object("revenue", "What an event brought: amount and currency");
    private static final Form BEACON = Form.ofBeacons(
            "Beacon",
            SITE_ID,
            SITE,
            Input.choice("type", List.of("pageview", "event", "heartbeat", "engagement"), null)
                    .or("pageview"),
            Input.text("id", "1 to 36 characters; sent again with the same id, it counts once"),
            Input.whole("attempt", 0, 0, 1_000_000, "How often it was sent before"),
            Input.text("visitor_id", "1 to 64 characters"),
            Input.text("session_id", "1 to 64 characters"),
            Input.text("view", "The id of the page view whose engagement this is"),
            Input.whole("age", 0, 259_200_000, "How many milliseconds ago it happened"),
            URL,
            Input.text("pathname", null),
            Input.text("hostname", null),
            Input.text("referrer", "Longer than 2,048 bytes it is cut, as other texts are"),
            TITLE,
            Input.text("language", null),
            Input.text("utm_source", null),
            Input.text("utm_medium", null),
            Input.text("utm_campaign", null),
            Input.text("utm_term", null),
            Input.text("utm_content", null),
            Input.text("ref", "The slug of an affiliate"),
            Input.whole("screen_width", 0, 100_000, null),
            Input.whole("screen_height", 0, 100_000, null),
            Input.text("name", "Of a custom event, 120 bytes at most"),
            PROPS,
            REVENUE,
            Input.whole("engaged_ms", 0, 86_400_000, "Engaged time of that view so far"),
            Input.whole("scroll", 0, 100, "How deep that view was scrolled so far, in percent"),
            Input.flag("webdriver", "Whether a program drives the browser, as that says itself"),
            Input.whole(
                    "time", 100_000_000_000L, 253_402_300_799_999L, "UTC milliseconds; with a key, as all that follow"),
            Input.text("ip", null),
            Input.text("user_agent", null),
            Input.text("country", "ISO 3166, two letters"),
            Input.text("region", null),
            Input.text("city", null));
    private static final Form PLAUSIBLE = Form.ofBeacon(
            "PlausibleEvent",
            Input.text("name", "Or n"),
            Input.text("url", "Or u"),
            Input.text("domain", "Or d; several with commas"),
            Input.text("referrer", "Or r"),
            PROPS,
            REVENUE);
    private static final Form UMAMI = Form.ofBeacons(
            "UmamiEvent",
            Input.choice("type", List.of("event", "identify", "performance"), null)
                    .must(),
            Input.object("payload", "With website, url and what else Umami's tracker sends")
                    .must());

    private CollectOperations() {}

    /** What is answered when some members of an array were refused or cleaned. */
    record Taken(int accepted, List<Rejected> rejected, List<CleanedField> cleaned) {}

    record Rejected(
            int index,
            String code,
            String message,
            @Omittable String field) {}

    record CleanedField(int index, String field, String reason) {}

    static List<Operation> of(CollectPaths paths) {
        List<Operation> all = new ArrayList<>();
        if (paths.beacons().isEmpty()) {
            return all;
        }
        for (String path : paths.beacons()) {
            all.add(post(path, "Take a beacon, or an array of up to 500", BEACON)
                    .answers(202, "Taken; with a body when members of an array were refused or cleaned", Taken.class)
                    .by(null));
        }
        all.add(image(Operation.get(paths.pixel(), Permission.NOTHING, "Take a page view by an image"))
                .with(SITE_ID, SITE, Input.text("u", "The page's URL; absent: the referrer's"))
                .with(Input.text("r", "The page's referrer"), Input.text("t", "The page's title"))
                .by(null));
        if (paths.foreign()) {
            foreign(all);
        }
        return all;
    }

    private static void foreign(List<Operation> all) {
        all.add(post("/api/event", "Take what Plausible's tracker sends", PLAUSIBLE)
                .answers(202, "text/plain")
                .by(null));
        for (String path : List.of("/api/send", "/api/batch")) {
            all.add(post(path, "Take what Umami's tracker sends", UMAMI)
                    .answers(200, "application/json")
                    .answers(202, "An array was taken, and is answered as that of beacons is", Taken.class)
                    .by(null));
        }
        String summary = "Take what GoatCounter's tracker sends";
        for (Operation.Builder count : List.of(
                Operation.get("/count", Permission.NOTHING, summary),
                Operation.post("/count", Permission.NOTHING, summary))) {
            all.add(image(count)
                    .with(
                            SITE,
                            Input.text("p", "The path, or the name of an event").must())
                    .with(Input.flag("e", "Whether it is an event"), Input.text("q", "The page's query"))
                    .with(Input.text("r", "The page's referrer"), Input.text("t", "The page's title"))
                    .with(Input.text("s", "The screen: width, height and scale"))
                    .by(null));
        }
    }

    private static Operation.Builder post(String path, String summary, Form form) {
        return Operation.post(path, Permission.NOTHING, summary).takes(form);
    }

    private static Operation.Builder image(Operation.Builder builder) {
        return builder.answers(200, "image/gif");
    }
}
