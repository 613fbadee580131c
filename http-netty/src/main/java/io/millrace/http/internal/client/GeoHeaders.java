package io.millrace.http.internal.client;

import io.millrace.engine.Place;
import io.millrace.http.HttpSettings;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;

/**
 * The headers in which one vendor says where a client is; a null name: it does not say.
 *
 * <p>Cloudflare sends them with its managed transform "Add visitor location headers", CloudFront with
 * an origin request policy that names the headers, and Fastly with "geo headers" of a request setting; Fly's header is in
 * no documentation of theirs, but arrives.
 *
 * @param encoded whether what is not ASCII is percent-encoded
 */
record GeoHeaders(String country, String region, String city, boolean encoded) {
    private static final int MAX_TEXT = 128;

    /** What Fastly writes for a place that it does not know. */
    private static final String ABSENT = "?";

    static GeoHeaders of(HttpSettings.Geo vendor) {
        return switch (vendor) {
            case CLOUDFLARE -> new GeoHeaders("cf-ipcountry", "cf-region-code", "cf-ipcity", false);
            case VERCEL ->
                new GeoHeaders("x-vercel-ip-country", "x-vercel-ip-country-region", "x-vercel-ip-city", true);
            case CLOUDFRONT ->
                new GeoHeaders(
                        "cloudfront-viewer-country",
                        "cloudfront-viewer-country-region",
                        "cloudfront-viewer-city",
                        true);
            case FLY -> new GeoHeaders("fly-client-country", null, null, false);
            case FASTLY -> new GeoHeaders("fastly-geo-country", "fastly-geo-region", "fastly-geo-city", false);
            case NONE -> new GeoHeaders(null, null, null, false);
        };
    }

    Place place(HttpHeaders headers) {
        String code = country == null ? null : Place.country(headers.get(country));
        return code == null ? Place.UNKNOWN : Place.of(code, text(headers, region), text(headers, city));
    }

    private String text(HttpHeaders headers, String name) {
        String value = name == null ? null : headers.get(name);
        if (value == null || value.isBlank() || value.equals(ABSENT) || value.length() > MAX_TEXT) {
            return null;
        }
        return encoded ? decoded(value) : utf8(value);
    }

    private static String decoded(String value) {
        try {
            return QueryStringDecoder.decodeComponent(value.replace("+", "%2B"));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Headers arrive as Latin-1; vendors send UTF-8. */
    private static String utf8(String value) {
        return new String(value.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
