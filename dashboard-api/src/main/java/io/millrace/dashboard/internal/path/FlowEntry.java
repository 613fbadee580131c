package io.millrace.dashboard.internal.path;

/** A page that journeys begin with; backward: end with. */
record FlowEntry(String pathname, long visitors) {}
