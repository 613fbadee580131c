/** Results for people and programs: text, JSON, and a page of charts that needs nothing but itself. */
package io.millrace.perf.report;
