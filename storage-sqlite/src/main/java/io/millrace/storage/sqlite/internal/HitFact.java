package io.millrace.storage.sqlite.internal;

/**
 * A page view or custom event of a batch.
 *
 * @param page whether it is a page view
 */
record HitFact(VisitFact visit, boolean page, int day, int quarter, int pathId) {}
