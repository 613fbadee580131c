package io.millrace.dashboard.internal.answer;

/** An answer whose table ends with one row for all that is beyond its limit. */
public interface WithRest {}
