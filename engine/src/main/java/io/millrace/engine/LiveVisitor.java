package io.millrace.engine;

/**
 * Somebody who is on a site now. Immutable.
 *
 * @param lastActivity UTC milliseconds
 */
public record LiveVisitor(
        String visitor, String page, String source, String country, String browser, String device, long lastActivity) {}
