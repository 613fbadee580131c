package io.millrace.engine;

import java.util.Locale;

/** Where a visitor is: ISO 3166 country code, region and city names; each is null when unknown. Immutable. */
public record Place(String country, String region, String city) {

    /** Nowhere in particular. */
    public static final Place UNKNOWN = new Place(null, null, null);

    /** The code of a country in capitals; null when it is no two letters, or those by which CDNs and databases say "unknown". */
    public static String country(String code) {
        boolean two = code != null && code.length() == 2 && isLetter(code.charAt(0)) && isLetter(code.charAt(1));
        return two && !code.equalsIgnoreCase("XX") && !code.equalsIgnoreCase("ZZ")
                ? code.toUpperCase(Locale.ROOT)
                : null;
    }

    private static boolean isLetter(char c) {
        return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
    }
}
