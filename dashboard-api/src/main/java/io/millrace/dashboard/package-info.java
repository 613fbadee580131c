/**
 * The dashboard route: requests without a carrier become queries, reports and JSON.
 *
 * <pre>
 *  ApiRequest --> ApiRouter --> who asks (ApiKeys, sessions), may he? --> Operation
 *                                                                           |
 *     reports:   Params --> ResolvedPeriod, Filters --> ReportCache --miss--> millrace-read-0: Queries --> JSON
 *     changes:   JsonBody ------------------> millrace-admin -----> the engine's store thread
 *     live:      millrace-live, once a second, to every open stream
 * </pre>
 *
 * {@link io.millrace.dashboard.DashboardApi} is the one {@link io.millrace.dashboard.Api}. What it answers stands in the
 * OpenAPI document that it serves at {@code /api/openapi.json}.
 */
package io.millrace.dashboard;
