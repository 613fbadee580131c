package io.millrace.engine;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a user agent names, each null when unknown. Immutable.
 *
 * @param browser its name, {@code Firefox}
 * @param browserVersion its name with the version, {@code Firefox 140}: versions of several browsers are no figure
 * @param os the operating system's name
 * @param osVersion the same with the version, {@code iOS 18.1}
 * @param device its class: {@code desktop}, {@code mobile}, {@code tablet}, {@code tv}
 */
public record Agent(String browser, String browserVersion, String os, String osVersion, String device) {

    /** An agent nothing is known of. */
    public static final Agent UNKNOWN = new Agent(null, null, null, null, null);

    private static final Pattern TELEVISION = Pattern.compile(
            "\\b(?:tv|android ?tv|google ?tv|smart-?tv|appletv|hbbtv|bravia|crkey|roku|netcast|aft[a-z0-9]{1,6})\\b");

    /** The device's class as a user agent says it of itself; null when it does not, or there is none. Pure function. */
    public static String deviceOf(String userAgent) {
        String s = userAgent == null ? "" : userAgent.toLowerCase(Locale.ROOT);
        if (TELEVISION.matcher(s).find()) {
            return "tv";
        }
        if (s.contains("ipad") || s.contains("tablet") || s.contains("android") && !s.contains("mobile")) {
            return "tablet";
        }
        if (s.contains("mobi") || s.contains("iphone") || s.contains("ipod")) {
            return "mobile";
        }
        return s.contains("windows") || s.contains("macintosh") || s.contains("x11") || s.contains("cros")
                ? "desktop"
                : null;
    }
}
