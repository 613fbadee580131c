package io.millrace.storage.sqlite.internal.rollup;

import io.millrace.engine.spi.Batch;

/**
 * A page view or custom event of a batch, with the numbers that its texts are kept as. Immutable.
 *
 * @param hit as the engine has it
 * @param page whether it is a page view
 * @param day of the site, when it happened
 * @param quarter of an hour of UTC, when it happened
 */
public record HitFact(Batch.Hit hit, int siteId, int visitorId, boolean page, int day, int quarter, int pathId) {}
