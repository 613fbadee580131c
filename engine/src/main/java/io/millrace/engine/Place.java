package io.millrace.engine;

/** Where a visitor is: ISO 3166 country code, region and city names; each is null when unknown. Immutable. */
public record Place(String country, String region, String city) {

    /** Nowhere in particular. */
    public static final Place UNKNOWN = new Place(null, null, null);
}
