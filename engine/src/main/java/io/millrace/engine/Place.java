package io.millrace.engine;

import java.util.Locale;

/**
 * Where a visitor is: country and region by their ISO 3166 codes, {@code DE} and {@code DE-BY}, and the city's name; each is
 * null when unknown. A region without a code is called as it was sent. Immutable.
 */
public record Place(String country, String region, String city) {

    /** Nowhere in particular. */
    public static final Place UNKNOWN = new Place(null, null, null);

    /**
     * A place as headers and databases say it.
     *
     * @param country a code, null when it is unknown: then so is the region's
     * @param region the code of ISO 3166-2, the part of it behind the country, or an English name; null when unknown
     * @param city null when unknown
     */
    public static Place of(String country, String region, String city) {
        String known = text(region);
        return new Place(country, country == null || known == null ? known : Regions.code(country, known), text(city));
    }

    /** Databases write a dash for what they do not know. */
    private static String text(String sent) {
        return sent == null || sent.isBlank() || sent.equals("-") ? null : sent;
    }

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
