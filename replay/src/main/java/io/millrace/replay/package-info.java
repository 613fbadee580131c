/**
 * The second front-end: beacons from files, in the replay format or from access logs; and the file of dead letters,
 * written in the same format.
 *
 * <pre>{@code
 *  file --(plain or gzip, to its end or followed)--> Lines --(LineDecoder)--> Beacon or Event --> Collector
 *                                                      |                                            |
 *                                                      `---- Position, committed with the rows <----'
 * }</pre>
 */
package io.millrace.replay;
