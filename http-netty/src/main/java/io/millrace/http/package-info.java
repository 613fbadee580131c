/**
 * The HTTP front-end on Netty: beacons in, dashboard route out, static files. No type of Netty leaves this module.
 *
 * <pre>{@code
 *  bytes --Connection--> Request --Router--> CollectRoute --Intake--> Collector
 *                 ^                     |--> ApiRoute     --> Api             |
 *                 |                     `--> StaticRoute                      |
 *                 `- Exchange, in order <- BatchWakeUp, once a loop and batch <' Receipt
 * }</pre>
 */
package io.millrace.http;
