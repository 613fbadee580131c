/**
 * The engine's API: what embeds it and what plugs into it.
 *
 * <pre>{@code
 *  front-end --Beacon--> Collector --> ring --> enrich --Event--> store --Batch--> Storage
 *                                                                   |                 |
 *                                              Receipt <--settled---+     Query --> Report
 * }</pre>
 */
package io.millrace.engine;
