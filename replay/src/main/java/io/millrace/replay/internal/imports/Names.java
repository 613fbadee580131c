package io.millrace.replay.internal.imports;

import io.millrace.engine.Agent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of browsers, systems, devices and countries as other trackers write them, as this one calls them. Thread-safe. */
final class Names {
    private static final Map<String, String> BROWSERS = Map.ofEntries(
            Map.entry("chrome", "Chrome"),
            Map.entry("chrome mobile", "Chrome Mobile"),
            Map.entry("crios", "Chrome Mobile iOS"),
            Map.entry("chromium-webview", "Chrome Mobile WebView"),
            Map.entry("firefox", "Firefox"),
            Map.entry("fxios", "Firefox iOS"),
            Map.entry("firefox mobile", "Firefox Mobile"),
            Map.entry("safari", "Safari"),
            Map.entry("ios", "Mobile Safari"),
            Map.entry("mobile safari", "Mobile Safari"),
            Map.entry("ios-webview", "Mobile Safari UI/WKWebView"),
            Map.entry("edge", "Edge"),
            Map.entry("microsoft edge", "Edge"),
            Map.entry("edge-chromium", "Edge"),
            Map.entry("edge-ios", "Edge Mobile"),
            Map.entry("opera", "Opera"),
            Map.entry("samsung", "Samsung Internet"),
            Map.entry("samsung browser", "Samsung Internet"));

    private static final Map<String, String> SYSTEMS = Map.of(
            "mac os", "Mac OS X",
            "macos", "Mac OS X",
            "mac", "Mac OS X",
            "macintosh", "Mac OS X",
            "os x", "Mac OS X",
            "android os", "Android",
            "gnu/linux", "Linux",
            "chromeos", "Chrome OS");

    private static final Pattern VERSIONED = Pattern.compile("(.*?\\D) ?(\\d[\\d.]*)");
    private static final Map<String, String> COUNTRIES = new HashMap<>();

    static {
        for (String code : Locale.getISOCountries()) {
            COUNTRIES.put(
                    new Locale.Builder()
                            .setRegion(code)
                            .build()
                            .getDisplayCountry(Locale.ENGLISH)
                            .toLowerCase(Locale.ROOT),
                    code);
        }
    }

    private Names() {}

    /** Each null or empty where it is not known; versions may be part of the names. */
    static Agent agent(String browser, String browserVersion, String os, String osVersion, String device) {
        String[] of = named(browser, browserVersion, BROWSERS);
        String[] on = named(os, osVersion, SYSTEMS);
        return new Agent(of[0], of[1], on[0], on[1], device(device));
    }

    /** A name, and it with the version, a main number for browsers. */
    private static String[] named(String text, String version, Map<String, String> known) {
        if (text == null || text.equalsIgnoreCase("unknown")) {
            return new String[2];
        }
        String name = text;
        String number = version;
        Matcher both = VERSIONED.matcher(text);
        if (number == null && both.matches()) {
            name = both.group(1).strip();
            number = both.group(2);
        }
        name = known.getOrDefault(name.toLowerCase(Locale.ROOT), name);
        if (known == BROWSERS && number != null) {
            number = number.split("\\.")[0];
        }
        return new String[] {name, number == null || number.equalsIgnoreCase("unknown") ? null : name + " " + number};
    }

    static String device(String device) {
        if (device == null) {
            return null;
        }
        return switch (device.toLowerCase(Locale.ROOT)) {
            case "desktop", "laptop" -> "desktop";
            case "mobile", "smartphone", "phone", "phablet", "feature phone" -> "mobile";
            case "tablet" -> "tablet";
            case "tv", "smart tv", "smarttv", "television" -> "tv";
            default -> null;
        };
    }

    /** A code of two letters, whether the text is one or an English name; or null. */
    static String country(String text) {
        if (text == null) {
            return null;
        }
        String upper = text.toUpperCase(Locale.ROOT);
        return upper.length() == 2 ? upper : COUNTRIES.get(text.toLowerCase(Locale.ROOT));
    }

    /** An id of an event that is the same each time: of what tells the row from others of its kind. */
    static String id(String... parts) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(String.join("\0", parts).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, 16));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An id of a visitor or session, cut to what is taken. */
    static String token(String text) {
        return text.length() <= 64 ? text : id(text);
    }
}
