package io.millrace.storage.sqlite.internal;

import io.millrace.engine.spi.Batch;

/**
 * A page view or custom event of a batch.
 *
 * @param page whether it is a page view
 * @param day of the site
 */
record HitFact(Batch.Hit hit, int siteId, int visitorId, boolean page, int day, int quarter, int pathId) {}
