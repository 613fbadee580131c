package io.millrace.engine;

import java.time.Duration;

/**
 * Somebody who sends visitors to a site and is paid a share. Immutable.
 *
 * @param id 0 until a storage has given it one
 * @param slug what links carry; lower case
 * @param rate the share of revenue, 0 to 1
 * @param window how long after an affiliate visit a payment still counts for it
 */
public record Affiliate(int id, int siteId, String slug, String name, double rate, Duration window) {}
