package io.millrace.perf.hostile;

import java.util.function.Supplier;

/** Beacons of the attacked site as JSON. */
final class Members {
    /** As many as an array may have. */
    static final int MOST = 500;

    private static final String URL = "\"url\":\"https://example.com/\"";

    private Members() {}

    /** An array of so many. */
    static String array(int count, Supplier<String> member) {
        StringBuilder body = new StringBuilder("[");
        for (int i = 0; i < count; i++) {
            body.append(i == 0 ? "" : ",").append(member.get());
        }
        return body.append(']').toString();
    }

    /** A page view of the front page by a visitor. */
    static String view(String visitor) {
        return with(text("visitor_id", visitor));
    }

    /** A beacon of the front page with more fields, which are written as they stand in an object. */
    static String with(String fields) {
        return "{\"site_id\":1," + URL + "," + fields + "}";
    }

    /** A beacon of another address. */
    static String at(String url, String fields) {
        return "{\"site_id\":1," + text("url", url) + (fields.isEmpty() ? "" : ",") + fields + "}";
    }

    /** A field; the value needs no escapes. */
    static String text(String name, String value) {
        return "\"" + name + "\":\"" + value + "\"";
    }
}
