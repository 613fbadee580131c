package io.millrace.engine;

/**
 * What a user agent names: browser and operating system with versions, and the device's class ({@code desktop},
 * {@code mobile}, {@code tablet}); each is null when unknown. Immutable.
 */
public record Agent(String browser, String browserVersion, String os, String osVersion, String device) {

    /** An agent nothing is known of. */
    public static final Agent UNKNOWN = new Agent(null, null, null, null, null);
}
